import type { Step } from '@/components/ui/stepper';
import type { Place } from './place';
import type { StepId, WizardDraft } from './wizard-draft';
import { type Known, stepFaults } from './wizard-faults';
import { stepsOf } from './wizard-steps';

/** The steps as the column at the left shows them. */
export function stepViews(
  draft: WizardDraft,
  { place, known, labelOf }: { place: Place; known: Known; labelOf: (step: StepId) => string },
): Step[] {
  return stepsOf(draft).map((id) => ({
    id,
    label: labelOf(id),
    state: stateOf(id, draft, { place, known }),
    isOptional: id === 'key' && draft.road === 'bring',
  }));
}

function stateOf(
  id: StepId,
  draft: WizardDraft,
  { place, known }: { place: Place; known: Known },
): Step['state'] {
  if (id === draft.step) return 'current';
  if (!draft.completed.includes(id)) return 'todo';
  return stepFaults(id, draft, place, known).length > 0 ? 'fault' : 'done';
}
