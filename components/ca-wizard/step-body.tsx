'use client';

import { assertNever } from '@/lib/result';
import { AuthorityStep } from './authority-step';
import { KeyStep } from './key-step';
import { ModeStep } from './mode-step';
import { ReviewStep } from './review-step';
import { RoleStep } from './role-step';
import { RunStep } from './run-step';
import { TemplateStep } from './template-step';
import { useWizard } from './wizard-context';

/** `startsRun`: the run was asked for by the button of the review, not found after a reload. */
export function StepBody({ startsRun }: { startsRun: boolean }) {
  const { draft } = useWizard();
  switch (draft.step) {
    case 'authority':
      return <AuthorityStep />;
    case 'key':
      return <KeyStep />;
    case 'mode':
      return <ModeStep />;
    case 'template':
      return <TemplateStep />;
    case 'role':
      return <RoleStep />;
    case 'review':
      return <ReviewStep />;
    case 'run':
      return <RunStep startsAtOnce={startsRun} />;
    default:
      return assertNever(draft.step);
  }
}
