import 'server-only';
import { z } from 'zod';
import { environmentId } from '@/lib/config/environment-list';
import type { Failure } from '@/lib/failure';
import { findBatch } from '@/lib/ledger/batches';
import type { BatchKey } from '@/lib/ledger/change-batch-rows';
import { replaceFormer } from '@/lib/ledger/issued-again';
import { confirmDevices, giveUpDevices } from '@/lib/ledger/not-confirmed';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { fail, ok, type Result } from '@/lib/result';

/** More than the page lists; without ids it is the whole batch. */
const IDS_MAX = 100;

export const unconfirmedInput = z.strictObject({
  environment: environmentId,
  batch: z.uuid(),
  certificateIds: z
    .array(z.string().refine(isCertificateId, 'certificate-id'))
    .min(1)
    .max(IDS_MAX)
    .optional(),
});

type Input = Pick<z.output<typeof unconfirmedInput>, 'batch' | 'certificateIds'>;
type Context = {
  environment: { id: string };
  now: Date;
  audit: { after(facts: Record<string, unknown>): void };
};
type Answer = Promise<Result<{ devices: number }, Failure>>;

/** @returns how many were not confirmed until now */
export async function confirmUnconfirmed(
  { batch, certificateIds }: Input,
  { environment, now, audit }: Context,
): Answer {
  const key = { environment: environment.id, batch };
  if (await isOpen(key)) return fail({ kind: 'conflict', reason: 'batch-open' });
  const devices = await confirmDevices(key, certificateIds, now);
  const replaced = await replaceFormer(key, now);
  audit.after({ devices, ...(certificateIds && { certificateIds }), ...(replaced > 0 && { replaced }) });
  return ok({ devices });
}

/** @returns how many were not confirmed until now */
export async function giveUpUnconfirmed(
  { batch, certificateIds }: Input,
  { environment, now, audit }: Context,
): Answer {
  const key = { environment: environment.id, batch };
  if (await isOpen(key)) return fail({ kind: 'conflict', reason: 'batch-open' });
  const devices = await giveUpDevices(key, certificateIds, now);
  audit.after({ devices, ...(certificateIds && { certificateIds }) });
  return ok({ devices });
}

/** It may yet give out the bundles of its devices: nobody can say what became of them. */
async function isOpen({ environment, batch }: BatchKey): Promise<boolean> {
  return (await findBatch(environment, batch))?.state === 'open';
}
