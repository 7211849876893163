/**
 * `npm run bench -- ledger`: first page, every kind of search, and a sign-in's questions while others search, on the embedded database
 * with a million rows, beside the cheapest question there is. `--rows N` (1 000 000), `--rounds N` (15), `--quick` (few: shows that it
 * runs). With `DATABASE_URL` it asks that PostgreSQL, which should be empty.
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { countSignInAttempt } from '@/lib/auth/sign-in-limit';
import { connectionOptions, database } from '@/lib/db/database';
import { migrateDatabase } from '@/lib/db/migrate';
import { counts } from '@/lib/ledger/counts';
import type { LedgerFilter } from '@/lib/ledger/search-filter';
import { searchLedger } from '@/lib/ledger/search-pages';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { ENVIRONMENT, fill } from './fill';

const MEDIAN_MS_MAX = 100;
const PAGE_SIZE = 25;

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    rows: { type: 'string' },
    rounds: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
const rows = Number(values.rows ?? (values.quick ? 30_000 : 1_000_000));
const rounds = Number(values.rounds ?? (values.quick ? 3 : 15));

type Measured = {
  question: string;
  medianMs: number;
  p95Ms: number;
  longestMs: number;
  found: number;
  order: string;
};

const isEmbedded = process.env['DATABASE_URL'] === undefined;
await using _running = isEmbedded ? await startEmbeddedDatabase() : await startServer();

const client = new Client(connectionOptions());
await client.connect();
const began = performance.now();
await fill(client, rows, (filled) => {
  if (filled % 100_000 === 0) console.log(`${filled.toLocaleString('en')} rows`);
});
await client.end();
console.log(`Filled in ${((performance.now() - began) / 1000).toFixed(0)} s.`);

const now = new Date();
const middle = await rowOf(Math.floor(rows / 2));
const name = (line: number) =>
  `${['pump', 'valve', 'sensor', 'meter'][Math.floor((line * 4) / (rows + 1))]}-${String(line).padStart(7, '0')}`;
const third = Math.floor(rows / 3);

const questions: [string, LedgerFilter][] = [
  ['first page', {}],
  ['certificate id', { text: middle.certificateId }],
  ['fingerprint with colons', { text: (middle.certificateId.match(/../g) ?? []).join(':').toUpperCase() }],
  ['beginning of an id', { text: middle.certificateId.slice(0, 8) }],
  ['serial number', { text: middle.serial }],
  ['common name, whole', { text: name(third) }],
  ['common name, beginning, few', { text: name(third).slice(0, -2) }],
  ['common name, beginning, the oldest tenth', { text: 'pump-00' }],
  ['common name, two letters', { text: 'va' }],
  ['thing name, whole', { text: `site${(third - (third % 2)) % 7}-${name(third - (third % 2))}` }],
  ['three digits, few', { text: '517' }],
  ['five digits inside', { text: name(third).slice(-5) }],
  ['three letters, a quarter of all', { text: 'nso' }],
  ['three letters, none', { text: 'zzz' }],
  ['batch', { batch: `batch-${Math.floor(rows / 2000)}` }],
  ['state, nearly all', { state: 'ACTIVE' }],
  ['state, one in a hundred', { state: 'INACTIVE' }],
  ['never seen', { state: 'never' }],
  ['not confirmed', { delivery: 'not-confirmed' }],
  ['being issued', { delivery: 'reserved' }],
  ['ends within a month', { expiresFrom: now, expiresBefore: new Date(now.getTime() + 30 * 86_400_000) }],
  ['name, state and delivery', { text: 'valve', state: 'INACTIVE', delivery: 'delivered' }],
  ['oldest names not confirmed', { text: 'pump-000', delivery: 'not-confirmed' }],
];

const measured: Measured[] = [];
measured.push(
  await measure('the cheapest question', async () => {
    await database().execute(sql`select 1`);
    return { found: 1, order: '' };
  }),
);
measured.push(
  await measure('how many there are', async () => ({ found: (await counts(ENVIRONMENT)).issued, order: '' })),
);
for (const [question, filter] of questions) {
  measured.push(await measure(question, () => search(filter)));
}
const deep = await pageAfter({}, 40);
measured.push(await measure('40 pages on', () => search({}, deep)));
const deepInText = await pageAfter({ text: 'nso' }, 10);
measured.push(await measure('10 pages on in a search', () => search({ text: 'nso' }, deepInText)));
measured.push(await meanwhile());
report();

async function search(filter: LedgerFilter, cursor?: string) {
  const page = await searchLedger(ENVIRONMENT, { filter, cursor, pageSize: PAGE_SIZE, now });
  if (!page.ok) return { found: 0, order: page.failure.kind };
  return { found: page.value.rows.length, order: page.value.order };
}

async function pageAfter(filter: LedgerFilter, pages: number): Promise<string | undefined> {
  let cursor: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const read = await searchLedger(ENVIRONMENT, { filter, cursor, pageSize: PAGE_SIZE, now });
    if (read.ok) cursor = read.value.next;
  }
  return cursor;
}

/** A sign-in's questions to the database while four people search without a pause. */
async function meanwhile(): Promise<Measured> {
  const over = new AbortController();
  const people = ['nso', 'pump-00', '517', 'zzz'].map(async (text) => {
    while (!over.signal.aborted) await search({ text });
  });
  const row = await measure('sign-in while four search', async () => {
    await countSignInAttempt({
      email: `${Math.random()}@example.com`,
      clientAddress: undefined,
      now: new Date(),
    });
    return { found: 1, order: '' };
  });
  over.abort();
  await Promise.all(people);
  return row;
}

async function measure(
  question: string,
  ask: () => Promise<{ found: number; order: string }>,
): Promise<Measured> {
  const tookMs: number[] = [];
  // The first one warms up and is not counted.
  let answer = await ask();
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    answer = await ask();
    tookMs.push(performance.now() - start);
  }
  const sorted = tookMs.toSorted((left, right) => left - right);
  const at = (share: number) => sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0;
  return { question, medianMs: at(0.5), p95Ms: at(0.95), longestMs: at(1), ...answer };
}

async function rowOf(line: number) {
  const { rows: found } = await database().execute<{ certificate_id: string; serial: string }>(sql`
    select certificate_id, serial from issued_certificates
    where environment = ${ENVIRONMENT} and certificate_id = encode(sha256(convert_to(${String(line)}, 'UTF8')), 'hex')`);
  const [row] = found;
  if (row === undefined) throw new Error('the ledger is not filled');
  return { certificateId: row.certificate_id, serial: row.serial };
}

async function startServer(): Promise<AsyncDisposable> {
  await migrateDatabase(connectionOptions(), path.resolve('drizzle'));
  return { [Symbol.asyncDispose]: () => database().$client.end() };
}

function report(): void {
  const kind = isEmbedded ? 'the embedded database' : 'the PostgreSQL of DATABASE_URL';
  console.log(`${rows.toLocaleString('en')} rows in ${kind}; pages of ${PAGE_SIZE}; ${rounds} rounds.`);
  console.table(
    Object.fromEntries(
      measured.map(({ question, medianMs, p95Ms, longestMs, found, order }) => [
        question,
        {
          'median ms': medianMs.toFixed(1),
          'p95 ms': p95Ms.toFixed(1),
          'longest ms': longestMs.toFixed(1),
          found,
          order,
          [`median under ${MEDIAN_MS_MAX} ms`]: medianMs < MEDIAN_MS_MAX ? 'yes' : 'NO',
        },
      ]),
    ),
  );
  const file = path.resolve('.data/bench/ledger.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ rows, rounds, isEmbedded, measured }, null, 2)}\n`);
  console.log(`The numbers are in ${file}.`);
}
