'use client';

import { type ReactNode, useState } from 'react';
import { CliDisclosure } from '@/components/ui/cli-disclosure';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useRefresh } from '@/components/ui/use-refresh';
import type { CliTarget } from '@/lib/registry/aws-command';
import { cliFor } from '@/lib/registry/cli';
import { type PlanStep, runPlan, type StepState } from './plan-step';
import { PlanStepList } from './plan-step-list';

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
  /** While something that the steps take is missing. */
  isBlocked?: boolean;
  cliTarget: CliTarget;
  /** Said when the plan cannot hold everything that is attached. */
  warning?: string | undefined;
  /** What the person should see before the steps. */
  children?: ReactNode;
};

/** Shows what will be done, then does it step by step with each result. Pressed again after a failure, it goes on there. */
export function PlanDialog({
  steps,
  onDone,
  nameToType,
  cliTarget,
  warning,
  onClose,
  children,
  ...dialog
}: PlanDialogProps) {
  const { refresh } = useRefresh();
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
    // Left half-way: what is done already has changed what the page shows.
    if (doneCount > 0) void refresh();
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
      {children}
      <PlanStepList labels={steps.map(({ label }) => label)} stateOf={stateOf} />
      {warning === undefined ? null : <p className="text-sm text-warning">{warning}</p>}
      <CliDisclosure commands={steps.map(({ change }) => cliFor(change, cliTarget))} />
    </ConfirmDialog>
  );
}
