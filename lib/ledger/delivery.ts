/**
 * Whether a bundle is known to have reached a person. What the table keeps does not say it all: nobody writes down that a page was left.
 * For rows and for conditions alike it is decided here.
 * @module
 */
import 'server-only';
import { and, eq, gte, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { issuedCertificates } from '@/lib/db/schema/ledger';

/**
 * `reserved`: the row is durable, the bundle may be on its way; `delivered`: the page confirmed the download;
 * `not-confirmed`: the page was left before it could; `replaced`: that was so, and a later batch gave the device another bundle;
 * `given-up`: that was so, and a person said that nobody will use it.
 */
export type Delivery = (typeof issuedCertificates.$inferSelect)['delivery'];

/**
 * After this long the reserved bundle of a device that was issued by itself counts as not confirmed: no download of one takes longer.
 * A batch takes hours, and may be paused or stopped and gone on with days later. Its devices stay reserved until it ends, which writes
 * into each row what became of it (`end-batch.ts`).
 */
export const RESERVATION_TIMEOUT_MS = 10 * 60_000;

type Stored = Pick<typeof issuedCertificates.$inferSelect, 'delivery' | 'batch' | 'reservedAt'>;

const abandonedBefore = (now: Date) => new Date(now.getTime() - RESERVATION_TIMEOUT_MS);

/** What a row's delivery is by now. */
export function deliveryOf({ delivery, batch, reservedAt }: Stored, now: Date): Delivery {
  const isAbandoned = delivery === 'reserved' && batch === null && reservedAt < abandonedBefore(now);
  return isAbandoned ? 'not-confirmed' : delivery;
}

/** Rows whose {@link deliveryOf} is this one. */
export function hasDelivery(wanted: Delivery, now: Date): SQL | undefined {
  const { delivery, batch, reservedAt } = issuedCertificates;
  switch (wanted) {
    case 'reserved':
      return and(eq(delivery, 'reserved'), or(isNotNull(batch), gte(reservedAt, abandonedBefore(now))));
    case 'not-confirmed':
      return or(eq(delivery, 'not-confirmed'), isAbandoned(now));
    default:
      return eq(delivery, wanted);
  }
}

/** Rows that nobody wrote the end of: {@link deliveryOf} tells it by the time. */
export function isAbandoned(now: Date): SQL | undefined {
  const { delivery, batch, reservedAt } = issuedCertificates;
  // Literal, as in the partial index of such rows: without it, all devices of open batches were read through.
  return and(sql`${delivery} = 'reserved'`, isNull(batch), lt(reservedAt, abandonedBefore(now)));
}
