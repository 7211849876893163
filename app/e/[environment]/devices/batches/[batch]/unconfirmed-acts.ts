import 'server-only';
import { z } from 'zod';
import type { ActionSpec } from '@/lib/actions/run-action';
import { environmentId } from '@/lib/config/environment-list';
import type { Failure } from '@/lib/failure';
import { findBatch } from '@/lib/ledger/batches';
import { replaceFormer } from '@/lib/ledger/issued-again';
import { confirmDevices, giveUpDevices } from '@/lib/ledger/not-confirmed';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { fail, ok, type Result } from '@/lib/result';

/** More than the page lists; without ids it is the whole batch. */
const IDS_MAX = 100;

const input = z.strictObject({
  environment: environmentId,
  batch: z.uuid(),
  certificateIds: z
    .array(z.string().refine(isCertificateId, 'certificate-id'))
    .min(1)
    .max(IDS_MAX)
    .optional(),
});

/** A person says that bundles did arrive, where the page could not. Whom they issued again is replaced by them. */
export const confirmUnconfirmed: ActionSpec<'device:issue', typeof input, { devices: number }> = {
  name: 'batch.confirm-devices',
  permission: 'device:issue',
  input,
  resource: ({ batch }) => batch,
  async run({ batch, certificateIds }, { environment, now, audit }) {
    const key = { environment: environment.id, batch };
    const ended = await requireEnded(key);
    if (!ended.ok) return ended;
    const devices = await confirmDevices(key, certificateIds, now);
    const replaced = await replaceFormer(key, now);
    audit.after({ devices, ...(certificateIds && { certificateIds }), ...(replaced > 0 && { replaced }) });
    return ok({ devices });
  },
};

/** A person says that nobody will use bundles of which nobody knows whether anyone has them. */
export const giveUpUnconfirmed: ActionSpec<'device:issue', typeof input, { devices: number }> = {
  name: 'batch.give-up-devices',
  permission: 'device:issue',
  input,
  resource: ({ batch }) => batch,
  async run({ batch, certificateIds }, { environment, now, audit }) {
    const key = { environment: environment.id, batch };
    const ended = await requireEnded(key);
    if (!ended.ok) return ended;
    const devices = await giveUpDevices(key, certificateIds, now);
    audit.after({ devices, ...(certificateIds && { certificateIds }) });
    return ok({ devices });
  },
};

/** What is still open may yet give out the bundles of its devices: nobody can say what became of them. */
async function requireEnded({
  environment,
  batch,
}: {
  environment: string;
  batch: string;
}): Promise<Result<undefined, Failure>> {
  const row = await findBatch(environment, batch);
  return row?.state === 'open' ? fail({ kind: 'conflict', reason: 'batch-open' }) : ok(undefined);
}
