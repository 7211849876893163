'use client';

import { memo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { formatByteSize } from '@/components/ui/byte-size';
import { Disclosure } from '@/components/ui/disclosure';
import type { LoggedMessage } from './message-log';
import { MessageProperties } from './message-properties';
import { type PayloadForm, showPayload } from './payload-text';

/** More than a screen is for who asks. */
const PREVIEW_CHARACTERS = 1000;

type MessageRowProps = { message: LoggedMessage; form: PayloadForm };

/** One message. The same message is drawn once, however many come after it. */
export const MessageRow = memo(function MessageRow({ message, form }: MessageRowProps) {
  const t = useTranslations('mqttClient');
  const locale = useLocale();
  const { topic, payload, qos, retain, receivedAt } = message;
  const text = showPayload(payload, form);
  const isLong = text.length > PREVIEW_CHARACTERS;
  return (
    <li className="flex flex-col gap-1 px-4 py-2">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-xs text-ink-muted">
        <time dateTime={receivedAt} className="font-mono">
          {clockTime(receivedAt, locale)}
        </time>
        <span className="font-mono text-sm font-medium wrap-anywhere text-ink">{topic}</span>
        <span className="ml-auto flex flex-wrap items-center gap-2">
          {retain ? <Badge tone="info">{t('retained')}</Badge> : null}
          <Badge>{t('qosShort', { qos })}</Badge>
          <span className="whitespace-nowrap">{formatByteSize(byteLengthOf(payload), locale)}</span>
        </span>
      </p>
      {text === '' ? (
        <p className="text-xs text-ink-muted">{t('emptyPayload')}</p>
      ) : (
        <Payload text={isLong ? `${text.slice(0, PREVIEW_CHARACTERS)}…` : text} />
      )}
      {isLong ? (
        <Disclosure summary={t('whole')}>
          <Payload text={text} />
        </Disclosure>
      ) : null}
      <MessageProperties properties={message.properties} />
    </li>
  );
});

function Payload({ text }: { text: string }) {
  return <pre className="font-mono text-xs wrap-anywhere whitespace-pre-wrap">{text}</pre>;
}

/** To the millisecond, to be held against a device's own log. */
const clockTime = (at: string, locale: string) =>
  new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  }).format(new Date(at));

const byteLengthOf = (base64: string) =>
  (base64.length / 4) * 3 - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0);
