import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listActs } from '@/lib/audit/list-acts';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { EXPORT_PAGE_ROWS } from '@/lib/ledger/export';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { expectOk } from '@/lib/testing/expect-ok';
import { openExport } from './open-export';

const ROWS = 2 * EXPORT_PAGE_ROWS + 7;
const issuedAt = new Date('2026-11-22T12:00:00Z');
/** What a spreadsheet would run, what a CSV has to quote, and what is neither. */
const NAMES = ['=cmd|calc', '+1', '-2', '@SUM(A1)', '\tTab', 'pump "7", left', 'pump\nline', 'pump-7'];

const rows = Array.from({ length: ROWS }, (_, index) => ({
  environment: 'lab',
  certificateId: createHash('sha256').update(String(index)).digest('hex'),
  caId: 'ca',
  serial: index.toString(16).padStart(4, '0'),
  subject: { text: `CN=${index}` },
  commonName: NAMES[index] ?? `valve-${index}`,
  notBefore: issuedAt,
  notAfter: issuedAt,
  operatorId: 'o1',
  operatorName: 'Ada',
  delivery: 'delivered' as const,
  reservedAt: issuedAt,
}));

let running: AsyncDisposable;
beforeAll(async () => {
  running = await startEmbeddedDatabase();
  await database().insert(issuedCertificates).values(rows);
});
afterAll(async () => {
  await running[Symbol.asyncDispose]();
});

const operator = { id: 'o1', name: 'Ada', email: 'ada@example.com', role: 'support' as const };
const open = async (format: 'csv' | 'jsonl', filter = {}) =>
  expectOk(
    await openExport('lab', filter, { format, operator, clientAddress: '192.0.2.1', now: new Date() }),
  );
const lastAct = async () =>
  (await listActs({ action: 'ledger.export' }, { before: undefined, pageSize: 1 })).acts[0];

describe('the ledger as a file', () => {
  it('has every row once, and the audit log says who took how many', async () => {
    const text = await new Response(await open('jsonl')).text();
    const lines = text.trimEnd().split('\n');
    const ids = lines.map((line) => String(JSON.parse(line).certificate_id));
    expect(ids).toHaveLength(rows.length);
    expect(new Set(ids)).toEqual(new Set(rows.map(({ certificateId }) => certificateId)));
    expect(await lastAct()).toMatchObject({
      actor: { name: 'Ada' },
      environment: 'lab',
      resource: 'jsonl',
      outcome: 'ok',
      after: { rows: ROWS },
    });
  });

  it('has only what the filter selects', async () => {
    const text = await new Response(await open('jsonl', { text: 'valve-100' })).text();
    const names = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).common_name);
    expect(names.toSorted()).toEqual(
      rows.flatMap(({ commonName }) => (commonName.includes('valve-100') ? [commonName] : [])).sort(),
    );
  });

  it.each([
    { name: '=cmd|calc', cell: "'=cmd|calc" },
    { name: '+1', cell: "'+1" },
    { name: '-2', cell: "'-2" },
    { name: '@SUM(A1)', cell: "'@SUM(A1)" },
    { name: '\tTab', cell: "'\tTab" },
    { name: 'pump "7", left', cell: '"pump ""7"", left"' },
    { name: 'pump\nline', cell: '"pump\nline"' },
    { name: 'pump-7', cell: 'pump-7' },
  ])('as CSV is safe to open in a spreadsheet: $name', async ({ name, cell }) => {
    const text = await new Response(await open('csv', {})).text();
    const [head, ...body] = text.split('\r\n');
    expect(head).toMatch(/^common_name,thing_name,certificate_id,/);
    const id = rows.find(({ commonName }) => commonName === name)?.certificateId;
    expect(body.filter((line) => line.startsWith(`${cell},,${id},`))).toHaveLength(1);
  });

  it('is read no further than its reader takes it, and ends when the reader goes away', async () => {
    const reader = (await open('csv')).getReader();
    await reader.read();
    await reader.cancel();
    expect(await lastAct()).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'cancelled' },
      after: { rows: EXPORT_PAGE_ROWS },
    });
  });
});
