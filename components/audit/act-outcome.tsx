'use client';

import { useTranslations } from 'use-intl';
import { StatusBadge } from '@/components/ui/status-badge';

type ActOutcomeProps = {
  outcome: 'ok' | 'failed' | 'unfinished';
  /** The failure's kind, and AWS's error name or our reason. */
  failure: { kind: string; detail: string | undefined } | undefined;
};

const TONES = { ok: 'positive', failed: 'danger', unfinished: 'warning' } as const;

/** What came of an act. */
export function ActOutcome({ outcome, failure }: ActOutcomeProps) {
  const t = useTranslations('audit.outcomeOf');
  return (
    <StatusBadge tone={TONES[outcome]} code={failure?.detail ?? failure?.kind}>
      {t(outcome)}
    </StatusBadge>
  );
}
