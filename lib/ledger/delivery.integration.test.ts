/** When a bundle counts as not confirmed, by the row and by the question to the database alike. */
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { type Delivery, deliveryOf, hasDelivery, RESERVATION_TIMEOUT_MS } from './delivery';

let running: AsyncDisposable;
beforeAll(async () => {
  running = await startEmbeddedDatabase();
});
afterAll(() => running[Symbol.asyncDispose]());

const NOW = new Date('2026-11-22T12:00:00Z');
const ALL: Delivery[] = ['reserved', 'delivered', 'not-confirmed', 'replaced', 'given-up'];
const DAY_MS = 86_400_000;

const CASES: { stored: Delivery; batch: string | null; ageMs: number; is: Delivery; reason: string }[] = [
  { stored: 'reserved', batch: null, ageMs: 0, is: 'reserved', reason: 'a download under way' },
  {
    stored: 'reserved',
    batch: null,
    ageMs: RESERVATION_TIMEOUT_MS,
    is: 'reserved',
    reason: 'the last moment',
  },
  {
    stored: 'reserved',
    batch: null,
    ageMs: RESERVATION_TIMEOUT_MS + 1,
    is: 'not-confirmed',
    reason: 'too late',
  },
  {
    stored: 'reserved',
    batch: 'b',
    ageMs: RESERVATION_TIMEOUT_MS + 1,
    is: 'reserved',
    reason: 'a batch at work',
  },
  { stored: 'reserved', batch: 'b', ageMs: 90 * DAY_MS, is: 'reserved', reason: 'a batch that nobody ended' },
  { stored: 'not-confirmed', batch: 'b', ageMs: 0, is: 'not-confirmed', reason: 'a batch that was given up' },
  { stored: 'delivered', batch: null, ageMs: DAY_MS, is: 'delivered', reason: 'somebody has it' },
  { stored: 'replaced', batch: 'b', ageMs: DAY_MS, is: 'replaced', reason: 'issued again' },
  { stored: 'given-up', batch: 'b', ageMs: DAY_MS, is: 'given-up', reason: 'nobody will use it' },
];

describe('a bundle', () => {
  it.each(CASES)('of $reason is $is', async ({ stored, batch, ageMs, is }) => {
    const row = { delivery: stored, batch, reservedAt: new Date(NOW.getTime() - ageMs) };
    expect(deliveryOf(row, NOW)).toBe(is);
    await database().delete(issuedCertificates);
    await database()
      .insert(issuedCertificates)
      .values({
        ...row,
        environment: 'lab',
        certificateId: 'a'.repeat(64),
        caId: 'b'.repeat(64),
        serial: '1',
        subject: {},
        commonName: 'pump-1',
        notBefore: NOW,
        notAfter: NOW,
        operatorId: 'o1',
        operatorName: 'Ada',
      });
    const found: Delivery[] = [];
    for (const each of ALL) {
      const rows = await database()
        .select()
        .from(issuedCertificates)
        .where(and(eq(issuedCertificates.environment, 'lab'), hasDelivery(each, NOW)));
      if (rows.length > 0) found.push(each);
    }
    expect(found).toEqual([is]);
  });
});
