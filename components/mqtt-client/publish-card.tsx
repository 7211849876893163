'use client';

import { Send } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Disclosure } from '@/components/ui/disclosure';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Notice } from '@/components/ui/notice';
import { Select } from '@/components/ui/select';
import { TextArea } from '@/components/ui/text-area';
import { TextField } from '@/components/ui/text-field';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import type { PublishForm } from './kept-work';
import { PAYLOAD_FORMS } from './payload-text';
import { PublishProperties } from './publish-properties';
import { type Message, type PublishFaults, readPublishForm } from './publish-request';
import { useQosOptions } from './use-qos-options';

type PublishCardProps = {
  form: PublishForm;
  onChange: (form: PublishForm) => void;
  publish: (message: Message) => Promise<Result<undefined, Failure>>;
};

type Sent = { kind: 'sent'; topic: string; qos: 0 | 1; at: Date } | { kind: 'failed'; fault: Failure };

/** A message to whoever subscribes to its topic. */
export function PublishCard({ form, onChange, publish }: PublishCardProps) {
  const t = useTranslations('mqttClient');
  const qosOptions = useQosOptions();
  const [faults, setFaults] = useState<PublishFaults>({});
  const [isPending, setPending] = useState(false);
  const [sent, setSent] = useState<Sent | undefined>(undefined);
  const set = (change: Partial<PublishForm>) => onChange({ ...form, ...change });

  async function submit(event: FormEvent) {
    event.preventDefault();
    const read = readPublishForm(form);
    setFaults(read.ok ? {} : read.failure);
    if (!read.ok || isPending) return;
    setPending(true);
    setSent(undefined);
    const { topic, qos } = read.value;
    const answer = await publish(read.value);
    setPending(false);
    setSent(
      answer.ok ? { kind: 'sent', topic, qos, at: new Date() } : { kind: 'failed', fault: answer.failure },
    );
  }

  return (
    <Card title={t('publish')}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <TextField
          label={t('topic')}
          isMonospace
          autoComplete="off"
          value={form.topic}
          onChange={(topic) => set({ topic })}
          errors={faults.topic === undefined ? [] : [t(`topicFault.${faults.topic}`)]}
        />
        <TextArea
          label={t('payload')}
          isCode
          rows={5}
          value={form.payload}
          onChange={(payload) => set({ payload })}
          errors={faults.payload === undefined ? [] : [t(`payloadFault.${faults.payload}`)]}
        />
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          <Select
            label={t('payloadForm')}
            options={PAYLOAD_FORMS.map((value) => ({ value, label: t(`form.${value}`) }))}
            value={form.form}
            onChange={(chosen) => set({ form: chosen })}
          />
          <Select
            label={t('qos')}
            options={qosOptions}
            value={form.qos === 0 ? '0' : '1'}
            onChange={(value) => set({ qos: value === '0' ? 0 : 1 })}
          />
        </div>
        <Checkbox
          isSelected={form.retain}
          onChange={(retain) => set({ retain })}
          description={t('retainHelp')}
        >
          {t('retain')}
        </Checkbox>
        <Disclosure summary={t('properties')} isInitiallyOpen={hasPropertyFault(faults)}>
          <PublishProperties form={form} set={set} faults={faults} />
        </Disclosure>
        <div>
          <Button type="submit" variant="primary" icon={<Send aria-hidden />} isPending={isPending}>
            {t('publishNow')}
          </Button>
        </div>
      </form>
      <div className="mt-3 empty:hidden">
        {sent === undefined ? null : sent.kind === 'sent' ? (
          <p role="status" className="text-sm text-positive">
            {t(sent.qos === 0 ? 'sent' : 'acknowledged', { topic: sent.topic, at: sent.at })}
          </p>
        ) : sent.fault.kind === 'no-answer' ? (
          <Notice tone="danger" role="alert" title={t('noAnswer')}>
            <p>{t('noAnswerNext')}</p>
          </Notice>
        ) : (
          <FailureNotice failure={sent.fault} />
        )}
      </div>
    </Card>
  );
}

const hasPropertyFault = ({ topic: _topic, payload: _payload, ...rest }: PublishFaults) =>
  Object.keys(rest).length > 0;
