import 'server-only';
import { recordSeen } from '@/lib/ledger/record';
import type { StepReport } from '@/lib/registry/act';

/** Lets the ledger know of every status that was set. */
export async function recordStatuses(
  environmentId: string,
  steps: readonly StepReport[],
  now: Date,
): Promise<void> {
  for (const { step, state } of steps) {
    if (step.kind !== 'update-certificate' || state !== 'done') continue;
    await recordSeen(environmentId, step.certificateId, step.status, now);
  }
}
