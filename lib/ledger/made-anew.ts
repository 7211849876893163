/**
 * Devices of a batch that were made twice. A browser that loses the end of its checkpoint, as the machine's power fails, makes those
 * devices anew when the batch is resumed; the ledger has their first rows by then. Devices are told apart by their common names, which are
 * unique within a batch.
 * @module
 */
import 'server-only';
import { and, count, countDistinct, eq, exists, isNull, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { type BatchKey, changeBatchRows } from './change-batch-rows';

/** Of two rows the later one is in the output: what a checkpoint has lost does not come back. */
function isMadeAnew({ environment, batch }: BatchKey) {
  const later = alias(issuedCertificates, 'made_anew');
  const { commonName, reservedAt, certificateId } = issuedCertificates;
  return exists(
    database()
      .select({ one: sql`1` })
      .from(later)
      .where(
        and(
          eq(later.environment, environment),
          eq(later.commonName, commonName),
          eq(later.batch, batch),
          sql`(${later.reservedAt}, ${later.certificateId}) > (${reservedAt}, ${certificateId})`,
        ),
      ),
  );
}

/** How many devices of the batch the ledger has, and how many rows beside those: reads all of them. */
export async function countMade(key: BatchKey): Promise<{ devices: number; madeAnew: number }> {
  const { environment, batch, commonName } = issuedCertificates;
  const [row] = await database()
    .select({ rows: count(), devices: countDistinct(commonName) })
    .from(issuedCertificates)
    .where(and(eq(environment, key.environment), eq(batch, key.batch)));
  const { rows = 0, devices = 0 } = row ?? {};
  return { devices, madeAnew: rows - devices };
}

/** Marks rows of devices that have a later one in the batch as replaced. Repeating it does the rest. @returns how many it changed */
export async function replaceMadeAnew(key: BatchKey): Promise<number> {
  const { delivery, deliveredAt } = issuedCertificates;
  return changeBatchRows(key, and(isNull(deliveredAt), ne(delivery, 'replaced'), isMadeAnew(key)), {
    delivery: 'replaced',
  });
}
