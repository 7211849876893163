/**
 * Batches that issue devices of an earlier one again. The later one names the earlier in its settings; devices are told apart by their
 * common names, which are unique within a batch.
 * @module
 */
import 'server-only';
import { and, desc, eq, exists, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { database } from '@/lib/db/database';
import { issuanceBatches } from '@/lib/db/schema/batches';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { type BatchKey, changeBatchRows } from './change-batch-rows';
import { hasDelivery } from './delivery';

/** Nobody issues the same devices again so often; it ends a circle that no page makes. */
const FORMER_MAX = 32;

const settingsInRow = z.object({ reissueOf: z.string() });

/** The batch whose devices this one issues again, by the settings in its row. */
export function reissueOf(settings: unknown): string | undefined {
  return settingsInRow.safeParse(settings).data?.reissueOf;
}

/** A batch, the one whose devices it issues again, the one before that: the nearest first. */
export async function withFormer(environment: string, id: string): Promise<string[]> {
  const found = new Set<string>();
  for (let next: string | undefined = id; next !== undefined && found.size < FORMER_MAX; ) {
    if (found.has(next)) break;
    found.add(next);
    const [row]: { settings: unknown }[] = await database()
      .select({ settings: issuanceBatches.settings })
      .from(issuanceBatches)
      .where(and(eq(issuanceBatches.environment, environment), eq(issuanceBatches.id, next)));
    next = reissueOf(row?.settings);
  }
  return [...found];
}

/**
 * Marks as replaced whom this batch issued again and delivered, as far as nobody knew what had become of their former bundles.
 * Repeating it does the rest.
 *
 * @returns how many former devices were not confirmed until now
 */
export async function replaceFormer({ environment, batch }: BatchKey, now: Date): Promise<number> {
  const again = alias(issuedCertificates, 'issued_again');
  const isIssuedAgain = exists(
    database()
      .select({ one: sql`1` })
      .from(again)
      .where(
        and(
          eq(again.environment, environment),
          eq(again.commonName, issuedCertificates.commonName),
          eq(again.batch, batch),
          eq(again.delivery, 'delivered'),
        ),
      ),
  );
  const [, ...former] = await withFormer(environment, batch);
  let replaced = 0;
  for (const each of former) {
    const isOpen = and(
      hasDelivery('not-confirmed', now),
      isNull(issuedCertificates.deliveredAt),
      isIssuedAgain,
    );
    replaced += await changeBatchRows({ environment, batch: each }, isOpen, { delivery: 'replaced' });
  }
  return replaced;
}

/** More links than these help nobody. */
const REISSUES_SHOWN_MAX = 10;

/** The batches that issue devices of this one again, newest first. */
export async function reissuesOf({ environment, batch }: BatchKey) {
  const { id, state, createdAt, settings } = issuanceBatches;
  return database()
    .select({ id, state })
    .from(issuanceBatches)
    .where(and(eq(issuanceBatches.environment, environment), sql`${settings}->>'reissueOf' = ${batch}`))
    .orderBy(desc(createdAt))
    .limit(REISSUES_SHOWN_MAX);
}
