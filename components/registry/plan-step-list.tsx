'use client';

import { useTranslations } from 'use-intl';
import { StatusBadge } from '@/components/ui/status-badge';
import type { Tone } from '@/components/ui/tone';
import type { StepState } from './plan-step';

const TONES: Record<StepState, Tone> = {
  waiting: 'neutral',
  running: 'info',
  done: 'positive',
  failed: 'danger',
};

type PlanStepListProps = {
  /** Each also the React key. */
  labels: readonly string[];
  stateOf: (index: number) => StepState;
};

/** The steps of a plan with the state of each; a single step needs no list. */
export function PlanStepList({ labels, stateOf }: PlanStepListProps) {
  const t = useTranslations('registry.plan');
  const status = useTranslations('status.call');
  if (labels.length < 2) return null;
  const doneCount = labels.filter((_, index) => stateOf(index) === 'done').length;
  return (
    <div>
      <p className="font-medium">{t('title')}</p>
      <ol
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        className="mt-1 max-h-64 divide-y divide-line overflow-y-auto rounded-md border border-line"
      >
        {labels.map((label, index) => (
          <li key={label} className="flex items-center gap-3 px-3 py-1.5">
            <span className="text-xs text-ink-muted tabular-nums">{index + 1}</span>
            <span className="min-w-0 flex-1 wrap-anywhere">{label}</span>
            <StatusBadge tone={TONES[stateOf(index)]}>{status(stateOf(index))}</StatusBadge>
          </li>
        ))}
      </ol>
      <p role="status" className="mt-1 text-xs text-ink-muted tabular-nums">
        {doneCount === 0 ? '' : t('progress', { done: doneCount, total: labels.length })}
      </p>
    </div>
  );
}
