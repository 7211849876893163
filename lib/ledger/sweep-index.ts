/**
 * What the fleet index says of devices.
 * @module
 */
import 'server-only';
import { sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/database';
import { DELETED_STATE } from './record-seen';

/** A thing as the index has it. */
type IndexedThing = { name: string; isConnected: boolean | undefined; connectivityAt: Date | undefined };

/**
 * Keeps thing and connectivity. The index knows no certificates, so a thing is taken for the device whose common name it bears, where
 * AWS knows exactly one such certificate. That is a guess: where a device's own page has found it attached to another thing, that stays,
 * and the thing of its name is another's.
 *
 * @returns how many devices were found
 */
export async function writeIndexed(
  transaction: Transaction,
  environment: string,
  things: readonly IndexedThing[],
  at: Date,
): Promise<{ indexed: number }> {
  if (things.length === 0) return { indexed: 0 };
  const seen = things.map(({ name, isConnected, connectivityAt }) => ({
    name,
    is_connected: isConnected ?? null,
    connectivity_at: connectivityAt?.toISOString() ?? null,
  }));
  const { rowCount } = await transaction.execute(sql`
    update issued_certificates as row set
      thing_name = seen.name,
      is_connected = seen.is_connected,
      connectivity_at = coalesce(seen.connectivity_at, case when seen.is_connected is null then null else ${at.toISOString()}::timestamptz end)
    from jsonb_to_recordset(${JSON.stringify(seen)}::jsonb)
      as seen(name text, is_connected boolean, connectivity_at timestamptz)
    where row.environment = ${environment} and row.common_name = seen.name
      and (row.thing_name is null or row.thing_name = seen.name)
      and row.last_seen_state <> ${DELETED_STATE}
      and not exists (
        select 1 from issued_certificates as other
        where other.environment = row.environment and other.common_name = row.common_name
          and other.certificate_id <> row.certificate_id and other.last_seen_state <> ${DELETED_STATE})`);
  return { indexed: rowCount ?? 0 };
}
