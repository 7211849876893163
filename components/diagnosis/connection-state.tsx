'use client';

import { useTranslations } from 'use-intl';
import { StatusBadge } from '@/components/ui/status-badge';
import { TimeAgo } from '@/components/ui/time-ago';
import type { Tone } from '@/components/ui/tone';
import type { Connection } from '@/lib/diagnosis/ladder';

const TONES: Record<Connection['state'], Tone> = {
  connected: 'positive',
  disconnected: 'warning',
  never: 'neutral',
  'not-yet': 'neutral',
  unread: 'neutral',
};

/** Whether the device is online now, by the fleet index: another question than whether it is active. */
export function ConnectionState({ connection }: { connection: Connection }) {
  const t = useTranslations('diagnosis');
  const { state, at, disconnectReason } = connection;
  return (
    <div className="flex flex-col gap-1 text-sm">
      <h3 className="font-semibold">{t('what.connection')}</h3>
      <p className="flex flex-wrap items-center gap-x-2">
        <StatusBadge tone={TONES[state]}>{t(`connection.${state}`)}</StatusBadge>
        {at === undefined ? null : (
          <span className="text-xs text-ink-muted">
            <TimeAgo at={at.toISOString()} />
          </span>
        )}
        {disconnectReason === undefined ? null : (
          <span className="font-mono text-xs text-ink-muted">{disconnectReason}</span>
        )}
      </p>
      <p className="text-xs text-ink-muted">{t(`connectionText.${state}`)}</p>
    </div>
  );
}
