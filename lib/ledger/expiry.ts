/**
 * How many certificates end when.
 * @module
 */
import 'server-only';
import { and, count, eq, gte, lt, sql } from 'drizzle-orm';
import { readBounded } from '@/lib/db/bounded-read';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import type { Failure } from '@/lib/failure';
import { EXPIRY_KEYS, type ExpiryKey, expiryPeriod } from '@/lib/registry/expiry-periods';
import { ok, type Result } from '@/lib/result';
import { counts } from './counts';

/** Counted one by one up to here, in some tens of milliseconds. Our choice. */
const COUNTED_MAX = 100_000;

export type ExpiryBucket = {
  key: ExpiryKey;
  count: number;
  /** There are more than `count`. */
  isAtLeast: boolean;
};

/**
 * Every row of the ledger in one period. Of a period with very many rows the number follows from all the others; of several such ones
 * only the least is known.
 */
export async function expiryBuckets(
  environment: string,
  now: Date,
  countedMax = COUNTED_MAX,
): Promise<Result<ExpiryBucket[], Failure>> {
  const buckets: ExpiryBucket[] = [];
  for (const key of EXPIRY_KEYS) {
    // A read of its own for each, so that others have their turns between them.
    const counted = await countPeriod(environment, expiryPeriod(key, now), countedMax + 1);
    if (!counted.ok) return counted;
    buckets.push({
      key,
      count: Math.min(counted.value, countedMax),
      isAtLeast: counted.value > countedMax,
    });
  }
  const [large, ...others] = buckets.filter(({ isAtLeast }) => isAtLeast);
  if (large === undefined || others.length > 0) return ok(buckets);
  const { issued } = await counts(environment);
  const rest = buckets.reduce((sum, bucket) => (bucket === large ? sum : sum + bucket.count), 0);
  return ok(
    buckets.map((bucket) =>
      bucket === large ? { ...bucket, count: issued - rest, isAtLeast: false } : bucket,
    ),
  );
}

function countPeriod(
  environment: string,
  { expiresFrom, expiresBefore }: { expiresFrom: Date | undefined; expiresBefore: Date | undefined },
  limit: number,
): Promise<Result<number, Failure>> {
  const { environment: place, notAfter } = issuedCertificates;
  return readBounded(async (transaction) => {
    const some = transaction
      .select({ one: sql`1`.as('one') })
      .from(issuedCertificates)
      .where(
        and(
          eq(place, environment),
          expiresFrom && gte(notAfter, expiresFrom),
          expiresBefore && lt(notAfter, expiresBefore),
        ),
      )
      .limit(limit)
      .as('some');
    const [row] = await transaction.select({ rows: count() }).from(some);
    return row?.rows ?? 0;
  });
}
