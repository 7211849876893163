'use client';

import { Download, Pause, Play, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { CONTROL } from '@/components/ui/field-style';
import { Notice } from '@/components/ui/notice';
import { download } from '@/lib/browser/download';
import { MESSAGES_KEPT_MAX, type MessageLog } from './message-log';
import { MessageRow } from './message-row';
import { PAYLOAD_FORMS, type PayloadForm, textOf } from './payload-text';

/** Rows that are drawn at once; the log behind them is larger. */
const SHOWN_STEP = 100;

type MessagesCardProps = {
  log: MessageLog;
  /** Changes with the log, which is one object. */
  version: number;
  environment: string;
  onClear: () => void;
};

/** What came, newest first. */
export function MessagesCard({ log, version, environment, onClear }: MessagesCardProps) {
  const t = useTranslations('mqttClient');
  const [find, setFind] = useState('');
  const [form, setForm] = useState<PayloadForm>('text');
  const [limit, setLimit] = useState(SHOWN_STEP);
  /** Number of the newest message when one has paused. */
  const [pausedAt, setPausedAt] = useState<number | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for what is in the log
  const { shown, isCut } = useMemo(
    () => log.newest({ find, limit, upTo: pausedAt ?? Number.POSITIVE_INFINITY }),
    [log, find, limit, pausedAt, version],
  );
  const kept = log.all().length;
  const held = pausedAt === undefined ? 0 : log.lastNumber - pausedAt;

  return (
    <Card
      title={t('messages')}
      aside={<span aria-live="off">{t('kept', { count: kept })}</span>}
      isFlush
      actions={
        <>
          <Button
            icon={pausedAt === undefined ? <Pause aria-hidden /> : <Play aria-hidden />}
            onPress={() => setPausedAt(pausedAt === undefined ? log.lastNumber : undefined)}
          >
            {pausedAt === undefined ? t('pause') : t('resume', { count: held })}
          </Button>
          <Button
            variant="quiet"
            icon={<Download aria-hidden />}
            isDisabled={kept === 0}
            onPress={() => download(`mqtt-${environment}.jsonl`, linesOf(log), 'application/jsonl')}
          >
            {t('save')}
          </Button>
          <Button variant="quiet" icon={<Trash2 aria-hidden />} isDisabled={kept === 0} onPress={onClear}>
            {t('clear')}
          </Button>
        </>
      }
    >
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2">
        <input
          type="search"
          value={find}
          onChange={({ target }) => setFind(target.value)}
          aria-label={t('find')}
          placeholder={t('find')}
          className={`${CONTROL} min-w-40 flex-1 sm:max-w-80`}
        />
        <select
          value={form}
          aria-label={t('payloadForm')}
          onChange={({ target }) => setForm(PAYLOAD_FORMS.find((known) => known === target.value) ?? 'text')}
          className={`${CONTROL} w-auto!`}
        >
          {PAYLOAD_FORMS.map((known) => (
            <option key={known} value={known}>
              {t(`form.${known}`)}
            </option>
          ))}
        </select>
      </div>
      {log.dropped === 0 ? null : (
        <div className="px-4 pt-3">
          <Notice tone="warning" role="status" title={t('dropped', { count: log.dropped })}>
            <p>{t('droppedText')}</p>
          </Notice>
        </div>
      )}
      {shown.length === 0 ? (
        <EmptyState title={t(kept === 0 ? 'emptyTitle' : 'nothingTitle')}>
          {t(kept === 0 ? 'emptyText' : 'nothingText')}
        </EmptyState>
      ) : (
        <ol aria-label={t('messages')} className="divide-y divide-line">
          {shown.map((message) => (
            <MessageRow key={message.number} message={message} form={form} />
          ))}
        </ol>
      )}
      {isCut ? (
        <div className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-2">
          <Button onPress={() => setLimit(limit + SHOWN_STEP)}>{t('older', { count: SHOWN_STEP })}</Button>
          <p className="text-xs text-ink-muted">{t('bound', { max: MESSAGES_KEPT_MAX })}</p>
        </div>
      ) : null}
    </Card>
  );
}

/** JSON Lines: one message a line, its payload as text where it is some, else in base64. */
function linesOf(log: MessageLog): string {
  return log
    .all()
    .map(({ number: _number, words: _words, payload, ...rest }) => {
      const text = textOf(payload);
      return `${JSON.stringify({ ...rest, ...(text === undefined ? { payloadBase64: payload } : { payload: text }) })}\n`;
    })
    .join('');
}
