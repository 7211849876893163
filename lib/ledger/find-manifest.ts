/**
 * Which batch a manifest is of.
 * @module
 */
import 'server-only';
import { and, desc, eq, inArray, isNotNull } from 'drizzle-orm';
import { database } from '@/lib/db/database';
import { issuanceBatches } from '@/lib/db/schema/batches';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { type Batch, findBatch } from './batches';

/** The newest that was delivered with this manifest. */
export async function batchOfManifest(environment: string, sha256: string): Promise<Batch | undefined> {
  const [row] = await database()
    .select()
    .from(issuanceBatches)
    .where(and(eq(issuanceBatches.environment, environment), eq(issuanceBatches.manifestSha256, sha256)))
    .orderBy(desc(issuanceBatches.endedAt))
    .limit(1);
  return row;
}

/** The batch that some of these certificates were issued in. */
export async function batchOfCertificates(
  environment: string,
  certificateIds: readonly string[],
): Promise<Batch | undefined> {
  if (certificateIds.length === 0) return undefined;
  const [row] = await database()
    .select({ batch: issuedCertificates.batch })
    .from(issuedCertificates)
    .where(
      and(
        eq(issuedCertificates.environment, environment),
        inArray(issuedCertificates.certificateId, [...certificateIds]),
        isNotNull(issuedCertificates.batch),
      ),
    )
    .limit(1);
  return row?.batch ? findBatch(environment, row.batch) : undefined;
}
