import type { Failure } from '@/lib/failure';
import type { ActStep, StepReport } from '@/lib/registry/act';
import type { Result } from '@/lib/result';

/** What became of one act on one device. */
export type ActReport<Step = ActStep> = {
  /** Every step that was begun, in order; the last one may have failed. */
  steps: StepReport<Step>[];
  /** A failure leaves what `steps` says, and the act may be repeated: what is done is not done twice. */
  result: Result<undefined, Failure>;
  /** For the audit log: what was there, as far as it was read, and AWS's id of the last change. */
  before: unknown;
  requestId: string | undefined;
};
