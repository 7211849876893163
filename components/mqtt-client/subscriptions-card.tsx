'use client';

import { Plus, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Menu } from '@/components/ui/menu';
import { Select } from '@/components/ui/select';
import { Spinner } from '@/components/ui/spinner';
import { TextField } from '@/components/ui/text-field';
import { useFailureSentences } from '@/components/ui/use-failure-sentence';
import { type MqttQos, topicFilterFault } from '@/lib/registry/mqtt-topic';
import { filterOf, THING_SHORTCUTS, TOPIC_SHORTCUTS } from './topic-shortcuts';
import type { Wanted } from './use-mqtt-client';
import { useQosOptions } from './use-qos-options';

type SubscriptionsCardProps = {
  wanted: readonly Wanted[];
  /** Whose topics are offered as well. */
  thing: string | undefined;
  onSubscribe: (filter: string, qos: MqttQos) => void;
  onUnsubscribe: (filter: string) => void;
};

/** What is listened to, and the form that adds to it. */
export function SubscriptionsCard({ wanted, thing, onSubscribe, onUnsubscribe }: SubscriptionsCardProps) {
  const t = useTranslations('mqttClient');
  const qosOptions = useQosOptions();
  const [filter, setFilter] = useState('');
  const [qos, setQos] = useState<MqttQos>(0);
  const [isTried, setTried] = useState(false);
  const fault = topicFilterFault(filter);
  const shortcuts = thing === undefined ? TOPIC_SHORTCUTS : [...THING_SHORTCUTS, ...TOPIC_SHORTCUTS];

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(fault !== undefined);
    if (fault !== undefined) return;
    onSubscribe(filter, qos);
    setFilter('');
  }

  return (
    <Card
      title={t('subscriptions')}
      actions={
        <Menu
          label={t('shortcuts')}
          entries={shortcuts.map((id) => ({
            id,
            label: t(`shortcut.${id}`, { thing: thing ?? '' }),
            description: filterOf(id, thing ?? ''),
          }))}
          onAction={(id) => {
            const chosen = shortcuts.find((shortcut) => shortcut === id);
            if (chosen !== undefined) onSubscribe(filterOf(chosen, thing ?? ''), qos);
          }}
        />
      }
    >
      <form onSubmit={submit} className="flex flex-col gap-3">
        <TextField
          label={t('filter')}
          help={t('filterHelp')}
          isMonospace
          autoComplete="off"
          value={filter}
          onChange={setFilter}
          errors={isTried && fault !== undefined ? [t(`topicFault.${fault}`)] : []}
        />
        <div className="flex flex-wrap items-end gap-3">
          <div className="min-w-40 flex-1">
            <Select
              label={t('qos')}
              options={qosOptions}
              value={qos === 0 ? '0' : '1'}
              onChange={(value) => setQos(value === '0' ? 0 : 1)}
            />
          </div>
          <Button type="submit" variant="primary" icon={<Plus aria-hidden />}>
            {t('subscribe')}
          </Button>
        </div>
      </form>
      {wanted.length === 0 ? (
        <p className="mt-4 text-sm text-ink-muted">{t('noSubscriptions')}</p>
      ) : (
        <ul aria-label={t('subscriptions')} className="mt-4 divide-y divide-line border-t border-line">
          {wanted.map((one) => (
            <Subscription key={one.filter} {...one} onUnsubscribe={onUnsubscribe} />
          ))}
        </ul>
      )}
    </Card>
  );
}

type SubscriptionProps = Wanted & Pick<SubscriptionsCardProps, 'onUnsubscribe'>;

function Subscription({ filter, qos, isHeld, failure, onUnsubscribe }: SubscriptionProps) {
  const t = useTranslations('mqttClient');
  const sentencesOf = useFailureSentences();
  const said = failure === undefined ? undefined : sentencesOf(failure);
  return (
    <li className="flex items-start gap-2 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-mono text-sm wrap-anywhere">{filter}</span>
          <Badge>{t('qosShort', { qos })}</Badge>
          {isHeld || failure !== undefined ? null : (
            <span className="inline-flex items-center gap-1.5 text-xs text-ink-muted">
              <Spinner />
              {t('asking')}
            </span>
          )}
        </p>
        {said === undefined ? null : (
          <p role="alert" className="mt-1 text-sm text-danger">
            {said.sentence} {said.nextStep}
          </p>
        )}
      </div>
      <Button
        variant="quiet"
        icon={<X aria-hidden />}
        aria-label={t('unsubscribeOf', { filter })}
        onPress={() => onUnsubscribe(filter)}
      >
        {t('unsubscribe')}
      </Button>
    </li>
  );
}
