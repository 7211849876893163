import 'server-only';
import { announceStatus } from '@/lib/devices/live/feeds';
import { recordSeen } from '@/lib/ledger/record';
import { DELETED_STATE } from '@/lib/ledger/record-seen';
import type { AnyStepReport } from '@/lib/registry/act';

/** Lets the ledger and open pages know of every status that was set. */
export async function recordStatuses(
  environmentId: string,
  steps: readonly AnyStepReport[],
  now: Date,
): Promise<void> {
  for (const { step, state } of steps) {
    if (state !== 'done') continue;
    if (step.kind === 'delete-certificate') {
      await recordSeen(environmentId, step.certificateId, DELETED_STATE, now, { source: 'act' });
    }
    if (step.kind !== 'update-certificate') continue;
    await recordSeen(environmentId, step.certificateId, step.status, now, { source: 'act' });
    announceStatus(environmentId, step.certificateId, step.status, now);
  }
}
