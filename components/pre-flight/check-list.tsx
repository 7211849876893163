'use client';

import { useTranslations } from 'use-intl';
import { StatusBadge } from '@/components/ui/status-badge';
import type { Tone } from '@/components/ui/tone';
import type { CheckState, PreFlightCheck } from '@/lib/diagnosis/pre-flight/check';
import { useCheckWords } from './use-check-words';

const TONES: Record<CheckState, Tone> = {
  pass: 'positive',
  note: 'info',
  fail: 'danger',
  unseen: 'warning',
};

/** The checks in their order: the state, one sentence, and what to do where something is to be done. */
export function CheckList({ checks }: { checks: readonly PreFlightCheck[] }) {
  const t = useTranslations('preflight');
  return (
    <ol aria-label={t('result')} className="flex flex-col divide-y divide-line">
      {checks.map((each) => (
        <CheckRow key={each.id} check={each} />
      ))}
    </ol>
  );
}

function CheckRow({ check }: { check: PreFlightCheck }) {
  const { wordsOf } = useCheckWords();
  const { title, state, sentence, causes, remedy } = wordsOf(check);
  return (
    <li className="grid gap-x-4 gap-y-1 py-2.5 text-sm first:pt-0 last:pb-0 sm:grid-cols-[14rem_minmax(0,1fr)]">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 sm:flex-col sm:justify-start">
        <span className="font-medium">{title}</span>
        <StatusBadge tone={TONES[check.state]}>{state}</StatusBadge>
      </div>
      <div className="flex min-w-0 flex-col gap-1">
        <p className="wrap-anywhere">{sentence}</p>
        {causes.map((cause) => (
          <div key={cause.sentence}>
            <p className="font-medium wrap-anywhere">{cause.sentence}</p>
            <ul className="list-disc pl-5 text-ink-muted">
              {cause.steps.map((step) => (
                <li key={step} className="wrap-anywhere">
                  {step}
                </li>
              ))}
            </ul>
          </div>
        ))}
        {remedy === undefined ? null : <p className="text-ink-muted wrap-anywhere">{remedy}</p>}
      </div>
    </li>
  );
}
