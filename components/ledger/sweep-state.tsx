'use client';

import { useTranslations } from 'use-intl';
import { StatusBadge } from '@/components/ui/status-badge';
import { TimeAgo } from '@/components/ui/time-ago';
import type { SweepFacts } from './sweep-facts';

const TONES = {
  running: 'info',
  done: 'positive',
  partial: 'warning',
  cancelled: 'neutral',
  failed: 'danger',
} as const;

/** How it stands, since when, and who began it. */
export function SweepState({ sweep }: { sweep: SweepFacts }) {
  const t = useTranslations('ledger-work.sweep');
  const { scope, state, startedAt, endedAt, startedByName } = sweep;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 text-sm">
      <StatusBadge tone={TONES[state]}>{t(`state.${state}`)}</StatusBadge>
      <span className="text-ink-muted">
        {t(`scope.${scope}`)} · <TimeAgo at={endedAt ?? startedAt} /> ·{' '}
        {startedByName === undefined ? t('bySchedule') : t('byPerson', { name: startedByName })}
      </span>
    </span>
  );
}
