'use client';

import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { CliDisclosure } from '@/components/ui/cli-disclosure';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { StatusBadge } from '@/components/ui/status-badge';
import type { Tone } from '@/components/ui/tone';
import type { CliTarget } from '@/lib/registry/aws-command';
import { cliFor } from '@/lib/registry/cli';
import { type PlanStep, runPlan, type StepState } from './plan-step';

type PlanDialogProps = {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  onDone: () => void;
  steps: readonly PlanStep[];
  consequences: readonly ReactNode[];
  milder?: ReactNode;
  /** Has to be typed; undefined for what can be taken back. */
  nameToType?: string | undefined;
  confirmLabel: string;
  isDangerous?: boolean;
  cliTarget: CliTarget;
  /** Said when the plan cannot hold everything that is attached. */
  warning?: string | undefined;
};

const TONES: Record<StepState, Tone> = {
  waiting: 'neutral',
  running: 'info',
  done: 'positive',
  failed: 'danger',
};

/** Shows what will be done, then does it step by step with each result. Pressed again after a failure, it goes on there. */
export function PlanDialog({
  steps,
  onDone,
  nameToType,
  cliTarget,
  warning,
  onClose,
  ...dialog
}: PlanDialogProps) {
  const t = useTranslations('registry.plan');
  const status = useTranslations('status.call');
  const [states, setStates] = useState<Readonly<Record<number, StepState>>>({});
  const stateOf = (index: number): StepState => states[index] ?? 'waiting';

  const doneCount = steps.filter((_, index) => stateOf(index) === 'done').length;

  async function run() {
    const failure = await runPlan(steps, doneCount, (index, state) =>
      setStates((now) => ({ ...now, [index]: state })),
    );
    if (failure === undefined) onDone();
    return failure;
  }

  function close() {
    setStates({});
    onClose();
  }

  return (
    <ConfirmDialog
      {...dialog}
      onClose={close}
      onConfirm={run}
      {...(nameToType === undefined ? {} : { nameToType })}
    >
      {steps.length < 2 ? null : (
        <div>
          <p className="font-medium">{t('title')}</p>
          <ol
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
            tabIndex={0}
            className="mt-1 max-h-64 divide-y divide-line overflow-y-auto rounded-md border border-line"
          >
            {steps.map(({ label }, index) => (
              <li key={label} className="flex items-center gap-3 px-3 py-1.5">
                <span className="text-xs text-ink-muted tabular-nums">{index + 1}</span>
                <span className="min-w-0 flex-1 wrap-anywhere">{label}</span>
                <StatusBadge tone={TONES[stateOf(index)]}>{status(stateOf(index))}</StatusBadge>
              </li>
            ))}
          </ol>
          <p role="status" className="mt-1 text-xs text-ink-muted tabular-nums">
            {doneCount === 0 ? '' : t('progress', { done: doneCount, total: steps.length })}
          </p>
        </div>
      )}
      {warning === undefined ? null : <p className="text-sm text-warning">{warning}</p>}
      <CliDisclosure commands={steps.map(({ change }) => cliFor(change, cliTarget))} />
    </ConfirmDialog>
  );
}
