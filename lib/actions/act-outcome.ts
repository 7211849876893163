import 'server-only';
import type { ActReport } from '@/lib/aws/acts/act-report';
import type { StepReport } from '@/lib/registry/act';
import type { ActionAudit, EachOutcome } from './run-action';

/** Leaves what was there, every step and AWS's request id in the audit log; the steps go to the page as well. */
export function outcomeOf<Step extends object>(
  { steps, result, before, requestId }: ActReport<Step>,
  audit: ActionAudit,
): EachOutcome<StepReport<Step>[]> {
  audit.before(before);
  audit.after({ steps: steps.map(({ step, state }) => ({ ...step, state })) });
  audit.requestId(requestId);
  return { detail: steps, result };
}
