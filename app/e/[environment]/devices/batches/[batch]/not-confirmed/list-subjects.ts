import 'server-only';
import { z } from 'zod';
import { subjectFields } from '@/components/batch/reissued-table';
import type { LedgerRow } from '@/lib/ledger/ledger-row';
import { notConfirmed } from '@/lib/ledger/not-confirmed';
import { SUBJECT_ATTRIBUTES, type Subject } from '@/lib/pki/subject';
import { printCsv } from '@/lib/registry/csv';

/** Who waits for a busy database waits for some time; a person downloads in the background. */
const ATTEMPTS_MAX = 5;

/** Read between two parts of the answer. */
const ROWS_AT_ONCE = 500;

const FIELDS = SUBJECT_ATTRIBUTES.map(({ field }) => field);

/** As issuing writes it; a row of another hand has its name alone. */
const stored = z.object({ fields: subjectFields });

type Key = { environment: string; batch: string };
type Wanted = { as: 'csv' | 'json'; only?: readonly string[] | undefined };

/** The subjects of a batch's devices that are not confirmed, part by part as they are read. */
export function listSubjects(key: Key, { as, only }: Wanted, now: Date): Response {
  const parts = as === 'csv' ? asCsv(key, only, now) : asJson(key, only, now);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const part = await parts.next();
      if (part.done) controller.close();
      else controller.enqueue(encoder.encode(part.value));
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
  const headers = { 'cache-control': 'no-store' };
  if (as === 'json')
    return new Response(body, { headers: { ...headers, 'content-type': 'application/json' } });
  return new Response(body, {
    headers: {
      ...headers,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="not-confirmed-${key.batch.slice(0, 8)}.csv"`,
    },
  });
}

async function* asCsv(key: Key, only: Wanted['only'], now: Date): AsyncGenerator<string, undefined> {
  yield printCsv(FIELDS, []);
  for await (const subjects of subjectsOf(key, only, now)) {
    const [first, ...others] = subjects.map((subject) => FIELDS.map((field) => subject[field] ?? ''));
    if (first !== undefined) yield printCsv(first, others);
  }
}

/** `reissuedSubjects`; names as they are, where a table's cells are kept from being run as formulas. */
async function* asJson(key: Key, only: Wanted['only'], now: Date): AsyncGenerator<string, undefined> {
  let before = '{"subjects":[';
  for await (const subjects of subjectsOf(key, only, now)) {
    yield `${before}${subjects.map((subject) => JSON.stringify(subject)).join()}`;
    before = ',';
  }
  yield before === ',' ? ']}' : `${before}]}`;
}

async function* subjectsOf(
  key: Key,
  chosen: Wanted['only'],
  now: Date,
): AsyncGenerator<Subject[], undefined> {
  let after: string | undefined;
  for (;;) {
    const rows = await readPart(key, { after, chosen, now });
    after = rows.at(-1)?.certificateId;
    if (after === undefined) return;
    yield rows.map(({ commonName, subject }) => stored.safeParse(subject).data?.fields ?? { commonName });
  }
}

/** @throws Error when the database has no time for it: a list that is not whole must not look as if it were */
async function readPart(
  key: Key,
  { after, chosen, now }: { after: string | undefined; chosen: Wanted['only']; now: Date },
): Promise<LedgerRow[]> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const rows = await notConfirmed(key, { after, limit: ROWS_AT_ONCE, now, chosen });
    if (rows.ok) return rows.value;
  }
  throw new Error('the list of devices that are not confirmed could not be read in time');
}
