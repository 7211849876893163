'use client';

import { useTranslations } from 'use-intl';
import { Disclosure } from '@/components/ui/disclosure';
import type { ShownMessage } from './answers';
import { showPayload } from './payload-text';

/** What MQTT 5 said about a message besides its payload, for who asks. */
export function MessageProperties({ properties }: Pick<ShownMessage, 'properties'>) {
  const t = useTranslations('mqttClient');
  const { contentType, responseTopic, correlationData, messageExpirySeconds, userProperties } = properties;
  const facts = [
    [t('property.contentType'), contentType],
    [t('property.responseTopic'), responseTopic],
    [t('property.correlationData'), correlationData && showPayload(correlationData, 'hex')],
    [t('property.expiry'), messageExpirySeconds === undefined ? undefined : String(messageExpirySeconds)],
    ...(userProperties ?? []),
  ].flatMap(([name, value]) => (name === undefined || value === undefined ? [] : [{ name, value }]));
  if (facts.length === 0) return null;
  return (
    <Disclosure summary={t('properties')}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-xs">
        {facts.map(({ name, value }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a message does not change, and MQTT allows the same pair twice
          <div key={index} className="contents">
            <dt className="text-ink-muted">{name}</dt>
            <dd className="font-mono wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  );
}
