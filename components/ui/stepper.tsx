'use client';

import { Check, TriangleAlert } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { useTranslations } from 'use-intl';
import { classNames } from './class-names';

export type StepState = 'done' | 'current' | 'todo' | 'fault';

export type Step = { id: string; label: string; state: StepState; isOptional?: boolean };

type StepperProps = {
  steps: readonly Step[];
  /** Lets done and faulty steps be gone back to. */
  onSelect?: (id: string) => void;
};

/** The steps of a wizard with their states: a column at the left, one line of progress on a phone. */
export function Stepper({ steps, onSelect }: StepperProps) {
  const t = useTranslations('ui.step');
  const current = steps.findIndex(({ state }) => state === 'current');
  return (
    <nav aria-label={t('label')} className="min-w-0">
      <p className="text-sm font-medium lg:hidden">
        {t('progress', { current: current + 1, count: steps.length })}
        <span className="font-normal text-ink-muted"> · {steps[current]?.label}</span>
      </p>
      <ol className="flex gap-1 max-lg:mt-2 lg:flex-col lg:gap-0">
        {steps.map((step, index) => (
          <li
            key={step.id}
            aria-current={step.state === 'current' ? 'step' : undefined}
            className="group flex min-w-0 flex-1 gap-2.5 lg:pb-4"
          >
            <Mark step={step} number={index + 1} />
            <div className="min-w-0 text-sm max-lg:sr-only">
              <StepLabel step={step} onSelect={onSelect} />
              <p className={classNames('text-xs', step.state === 'fault' ? 'text-danger' : 'text-ink-muted')}>
                {step.isOptional && step.state === 'todo' ? t('optional') : t(step.state)}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepLabel({ step, onSelect }: { step: Step; onSelect: StepperProps['onSelect'] }) {
  if (onSelect && (step.state === 'done' || step.state === 'fault')) {
    return (
      <Button onPress={() => onSelect(step.id)} className="link min-h-6 text-left">
        {step.label}
      </Button>
    );
  }
  return (
    <p className={classNames('min-h-6', step.state === 'current' ? 'font-semibold' : 'text-ink-muted')}>
      {step.label}
    </p>
  );
}

const MARKS: Record<StepState, string> = {
  done: 'border-accent bg-accent-soft text-accent',
  current: 'border-accent bg-accent text-on-accent',
  todo: 'border-line-strong text-ink-muted',
  fault: 'border-danger bg-danger-soft text-danger',
};

/** A numbered dot; on a phone a bar of the same colour. */
function Mark({ step, number }: { step: Step; number: number }) {
  return (
    <span
      aria-hidden
      className={classNames(
        'grid place-items-center rounded-full border text-xs font-medium max-lg:h-1.5 max-lg:w-full lg:size-6 lg:shrink-0 [&>*]:max-lg:hidden',
        MARKS[step.state],
      )}
    >
      {step.state === 'done' ? <Check className="size-3.5" /> : null}
      {step.state === 'fault' ? <TriangleAlert className="size-3.5" /> : null}
      {step.state === 'current' || step.state === 'todo' ? <span>{number}</span> : null}
    </span>
  );
}
