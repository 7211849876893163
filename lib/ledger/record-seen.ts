/**
 * What AWS says of certificates, kept with its time and source.
 * @module
 */
import 'server-only';
import { sql } from 'drizzle-orm';
import { type Database, database, type Transaction } from '@/lib/db/database';

/** AWS does not list it any more. No status of AWS's own. */
export const DELETED_STATE = 'DELETED';

export type SeenSource = 'sweep' | 'look-up' | 'act' | 'event';

export type SeenCertificate = {
  certificateId: string;
  /** AWS's status, such as `ACTIVE`, or {@link DELETED_STATE}. */
  state: string;
  /** AWS's creation date: in just-in-time registration the first contact. */
  registeredAt: Date | undefined;
  /** What it is attached to, where that was asked. */
  thingName?: string | undefined;
};

/** `at` is when AWS said so. */
export type Sighting = SeenCertificate & { at: Date };

/** {@link recordSightings} of what was all said at one time. */
export function recordAllSeen(
  environment: string,
  seen: readonly SeenCertificate[],
  { at, source }: { at: Date; source: SeenSource },
  transaction?: Database | Transaction,
): Promise<void> {
  const sightings = seen.map((each) => ({ ...each, at }));
  return recordSightings(environment, sightings, source, transaction);
}

/**
 * Keeps what AWS last said of some certificates, each named once; ids without a row are left out, and an older sighting does
 * not replace a newer one.
 *
 * The day of activation is AWS's registration where the certificate was active the first time anybody looked (in just-in-time
 * provisioning seconds lie between them), else the moment it was first seen active: AWS keeps no such date.
 */
export async function recordSightings(
  environment: string,
  sightings: readonly Sighting[],
  source: SeenSource,
  transaction: Database | Transaction = database(),
): Promise<void> {
  if (sightings.length === 0) return;
  await transaction.execute(sql`
    update issued_certificates as row set
      last_seen_state = seen.state,
      last_seen_at = seen.seen_at,
      last_seen_source = ${source},
      registered_at = coalesce(row.registered_at, seen.registered_at),
      thing_name = coalesce(seen.thing_name, row.thing_name),
      activated_at = case
        when row.activated_at is not null or seen.state <> 'ACTIVE' then row.activated_at
        when coalesce(row.last_seen_state, 'ACTIVE') = 'ACTIVE' then coalesce(seen.registered_at, seen.seen_at)
        else seen.seen_at end
    from jsonb_to_recordset(${JSON.stringify(sightings.map(toColumns))}::jsonb)
      as seen(id text, state text, seen_at timestamptz, registered_at timestamptz, thing_name text)
    where row.environment = ${environment} and row.certificate_id = seen.id
      and (row.last_seen_at is null or row.last_seen_at < seen.seen_at)`);
}

const toColumns = ({ certificateId: id, state, at, registeredAt, thingName }: Sighting) => ({
  id,
  state,
  seen_at: at.toISOString(),
  thing_name: thingName ?? null,
  registered_at: registeredAt?.toISOString() ?? null,
});
