import { needsRole } from './template-choice';
import { caOf, STEP_IDS, type StepId, type WizardDraft } from './wizard-draft';

/** The steps that apply to what was chosen so far, in their order. */
export function stepsOf(draft: WizardDraft): StepId[] {
  return STEP_IDS.filter((step) => {
    if (step === 'key') return needsKeyStep(draft);
    return step !== 'role' || needsRole(draft);
  });
}

/** A created key has to be saved; a brought one may be, when its file can be read by anybody. */
function needsKeyStep(draft: WizardDraft): boolean {
  if (draft.road === 'create') return true;
  const custody = caOf(draft)?.custody;
  return custody === 'plain-file' || custody === 'downloaded' || custody === 'proved';
}

/** The step that "Next" leads to; the last one leads to itself. */
export function stepAfter(draft: WizardDraft): StepId {
  const steps = stepsOf(draft);
  return steps[steps.indexOf(draft.step) + 1] ?? draft.step;
}

/** The step that "Back" leads to; the first one leads to itself. */
export function stepBefore(draft: WizardDraft): StepId {
  const steps = stepsOf(draft);
  return steps[steps.indexOf(draft.step) - 1] ?? draft.step;
}

/** Whether everything before the review has been gone through. */
export function isReviewable(draft: WizardDraft): boolean {
  const steps = stepsOf(draft);
  return steps.slice(0, steps.indexOf('review')).every((step) => draft.completed.includes(step));
}

/** Whether the run has reached what it was for. */
export const isFinished = ({ completed }: WizardDraft): boolean => completed.includes('run');
