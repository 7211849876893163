/**
 * How many certificates end when.
 * @module
 */
import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';

const DAY_MS = 86_400_000;

/** From the moment asked about; the last ones before `days` have passed, beginning where the bucket before ends. */
const BUCKETS = [
  { key: 'expired', days: 0 },
  { key: 'week', days: 7 },
  { key: 'month', days: 30 },
  { key: 'quarter', days: 90 },
  { key: 'year', days: 365 },
  { key: 'later', days: undefined },
] as const;

export type ExpiryBucket = {
  key: (typeof BUCKETS)[number]['key'];
  /** Undefined: however long ago. */
  from: Date | undefined;
  /** The first moment that is too late; undefined: never. */
  before: Date | undefined;
  count: number;
};

/** Every row of the ledger in one bucket, by one pass over the index of ends. */
export async function expiryBuckets(environment: string, now: Date): Promise<ExpiryBucket[]> {
  const limits = BUCKETS.flatMap(({ days }) =>
    days === undefined ? [] : [new Date(now.getTime() + days * DAY_MS)],
  );
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
  return BUCKETS.map(({ key }, index) => ({
    key,
    from: limits[index - 1],
    before: limits[index],
    count: counted.find((row) => row.bucket === index)?.count ?? 0,
  }));
}
