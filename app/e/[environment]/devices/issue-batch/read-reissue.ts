import 'server-only';
import { z } from 'zod';
import { formerSettings, type ReissueFacts } from '@/components/batch/reissue-facts';
import { pickedParameter, printPicked } from '@/components/device/picked-devices';
import { batchHref } from '@/components/ledger/ledger-href';
import { printQuery, type SearchParams } from '@/components/registry/list-query';
import type { Failure } from '@/lib/failure';
import { findBatch } from '@/lib/ledger/batches';
import { countNotConfirmed } from '@/lib/ledger/not-confirmed';
import { ok, type Result } from '@/lib/result';

/** As the address has them; what is no batch's id, or no list, is left out. */
const parameters = z.object({
  again: z.uuid().optional().catch(undefined),
  only: pickedParameter.optional().catch(undefined),
});

/** What the address says about it, to be handed on to other addresses of the form. */
export function reissueQuery(query: SearchParams): { again: string | undefined; only: string | undefined } {
  const { again, only } = parameters.parse(query);
  return { again, only: again && only && printPicked(only) };
}

/** @returns `statement-timeout` when they could not be counted in time; undefined where the address names no batch, one that is not known here, or one that is still open */
export async function readReissue(
  environment: string,
  query: SearchParams,
  now: Date,
): Promise<Result<ReissueFacts | undefined, Failure>> {
  const { again: batch, only } = parameters.parse(query);
  const row = batch === undefined ? undefined : await findBatch(environment, batch);
  if (batch === undefined || row === undefined || row.state === 'open') return ok(undefined);
  const counted = await countNotConfirmed({ environment, batch }, now, only);
  if (!counted.ok) return counted;
  return ok({
    batch,
    ...counted.value,
    isPicked: only !== undefined,
    settings: formerSettings(row.settings),
    href: batchHref(environment, batch),
    subjectsUrl: printQuery(`${batchHref(environment, batch)}/not-confirmed`, {
      as: 'json',
      only: only && printPicked(only),
    }),
    namesUrl: printQuery(`/e/${environment}/devices/batches/names`, { again: batch }),
  });
}
