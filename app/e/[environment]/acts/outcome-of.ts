import 'server-only';
import type { ActionAudit, EachOutcome } from '@/lib/actions/run-action';
import type { ActReport } from '@/lib/aws/acts/act-report';
import type { StepReport } from '@/lib/registry/act';

/** Leaves what was there, every step and AWS's request id in the audit log; the steps go to the page as well. */
export function outcomeOf(
  { steps, result, before, requestId }: ActReport,
  audit: ActionAudit,
): EachOutcome<StepReport[]> {
  audit.before(before);
  audit.after({ steps: steps.map(({ step, state }) => ({ ...step, state })) });
  audit.requestId(requestId);
  return { detail: steps, result };
}
