/**
 * How many certificates end when.
 * @module
 */
import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { EXPIRY_KEYS, type ExpiryKey, expiryPeriod } from '@/lib/registry/expiry-periods';

export type ExpiryBucket = { key: ExpiryKey; count: number };

/** Every row of the ledger in one period, by one pass over the index of ends. */
export async function expiryBuckets(environment: string, now: Date): Promise<ExpiryBucket[]> {
  const limits = EXPIRY_KEYS.flatMap((key) => expiryPeriod(key, now).expiresBefore ?? []);
  const { notAfter, environment: place } = issuedCertificates;
  const bounds = sql.join(
    limits.map((limit) => sql`${limit.toISOString()}::timestamptz`),
    sql`, `,
  );
  // Zero for what ends before the first limit.
  const bucket = sql<number>`width_bucket(${notAfter}, array[${bounds}])`.mapWith(Number);
  const counted = await database()
    .select({ bucket, count: sql<number>`count(*)`.mapWith(Number) })
    .from(issuedCertificates)
    .where(sql`${place} = ${environment}`)
    .groupBy(sql`1`);
  return EXPIRY_KEYS.map((key, index) => ({
    key,
    count: counted.find((row) => row.bucket === index)?.count ?? 0,
  }));
}
