import 'server-only';
import { z } from 'zod';
import type { ActionSpec } from '@/lib/actions/run-action';
import { environmentId } from '@/lib/config/environment-list';
import { findBatch } from '@/lib/ledger/batches';
import { deliverBatch } from '@/lib/ledger/end-batch';
import { countMade } from '@/lib/ledger/made-anew';
import { fail, ok } from '@/lib/result';
import { replacedFacts } from './replaced-facts';

const input = z.strictObject({
  environment: environmentId,
  batch: z.uuid(),
  manifestSha256: z.string().regex(/^[0-9a-f]{64}$/),
});

type ConfirmDelivery = Omit<
  ActionSpec<'device:issue', typeof input, { madeAnew: number }>,
  'name' | 'permission'
>;

/** The page gave out the whole batch. Only who began it can know. Answers how many rows are of devices that were made twice. */
export const confirmDelivery: ConfirmDelivery = {
  input,
  resource: ({ batch }) => batch,
  async run({ batch: id, manifestSha256 }, { environment, operator, now, audit }) {
    const batch = await findBatch(environment.id, id);
    if (batch === undefined || batch.operatorId !== operator.id || batch.state === 'given-up') {
      return fail({ kind: 'conflict', reason: 'batch-ended' });
    }
    const { devices, madeAnew } = await countMade({ environment: environment.id, batch: id });
    // Rows beyond the devices are of those that the page had to make twice; it has told the ledger of each device that it wrote out.
    if (devices !== batch.devices) return fail({ kind: 'conflict', reason: 'batch-incomplete' });
    // The page forgets its keys upon ok, so it must not be told so when somebody gave the batch up meanwhile.
    const delivered = await deliverBatch(batch, manifestSha256, now);
    if (delivered === undefined) return fail({ kind: 'conflict', reason: 'batch-ended' });
    audit.after({
      devices,
      manifestSha256,
      ...(madeAnew > 0 && { madeAnew }),
      ...replacedFacts(batch.settings, delivered.replaced),
    });
    return ok({ madeAnew });
  },
};
