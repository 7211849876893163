/**
 * A ledger as a factory leaves it behind: names go with their age, a batch is of one moment, most devices are active, batches of one
 * device in twenty are not finished.
 * @module
 */
import type { Client } from 'pg';

/** Rows of one statement: more than a batch, less than what a transaction log grows by without need. */
const ROWS_A_STATEMENT = 50_000;
export const ENVIRONMENT = 'bench';

/** The database makes the rows itself. */
const INSERT = `
  insert into issued_certificates (environment, certificate_id, ca_id, serial, subject, common_name, not_before, not_after, batch,
    operator_id, operator_name, delivery, reserved_at, delivered_at, last_seen_state, last_seen_at, thing_name)
  select '${ENVIRONMENT}', encode(sha256(convert_to(line::text, 'UTF8')), 'hex'),
    encode(sha256(convert_to((line % 3)::text, 'UTF8')), 'hex'), '00' || left(md5(line::text), 30),
    jsonb_build_object('text', 'CN=' || name, 'fields', jsonb_build_object('commonName', name, 'country', 'IN'), 'keyOrigin', 'console'),
    name, issued, issued + interval '2 years', 'batch-' || line / 1000, 'o1', 'Ada',
    case when line > $3 * 0.95 then 'reserved' when line % 50 = 0 then 'not-confirmed' else 'delivered' end, issued,
    case when line > $3 * 0.95 or line % 50 = 0 then null else issued end,
    case when line % 20 = 0 then null when line % 100 = 1 then 'INACTIVE' when line > $3 * 0.99 then 'PENDING_ACTIVATION'
      else 'ACTIVE' end,
    case when line % 20 = 0 then null else issued end,
    case when line % 2 = 0 then 'site' || line % 7 || '-' || name end
  from (
    select line, kinds[1 + line * 4 / ($3 + 1)] || '-' || lpad(line::text, 7, '0') as name,
      timestamptz '2024-01-01' + (line / 500) * interval '8 hours' as issued
    from generate_series($1::int, $2::int) as line, (select array['pump', 'valve', 'sensor', 'meter'] as kinds) as known
  ) as made`;

/** Fills an empty ledger. Its indexes are made anew behind the rows, which takes a third of the time of keeping them. */
export async function fill(
  client: Client,
  rows: number,
  onProgress: (filled: number) => void,
): Promise<void> {
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where tablename = 'issued_certificates' and indexname not like '%_pk'`,
  );
  for (const { name } of indexes) await client.query(`drop index "${name}"`);
  for (let first = 1; first <= rows; first += ROWS_A_STATEMENT) {
    const last = Math.min(rows, first + ROWS_A_STATEMENT - 1);
    await client.query(INSERT, [first, last, rows]);
    onProgress(last);
  }
  for (const { definition } of indexes) await client.query(definition);
  // What the launcher has the database do after a minute, and every hour.
  await client.query('VACUUM ANALYZE');
}
