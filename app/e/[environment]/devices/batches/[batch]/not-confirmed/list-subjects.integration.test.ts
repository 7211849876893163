import { afterAll, beforeAll, expect, it } from 'vitest';
import { reissuedSubjects } from '@/components/batch/reissued-table';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { listSubjects } from './list-subjects';

/** More than are read at once, with a time of issue that many share. */
const DEVICES = 1203;
const KEY = { environment: 'lab', batch: 'b1' };
const issued = new Date('2026-11-22T10:00:00Z');
const now = new Date('2026-11-22T11:00:00Z');

const idOf = (index: number) => index.toString(16).padStart(16, '0').padEnd(64, 'f');
const subjectOf = (index: number) => ({ organization: '=1+1, "Fab"', commonName: `pump-${index}` });

let running: AsyncDisposable;
beforeAll(async () => {
  running = await startEmbeddedDatabase();
  const row = (index: number, subject: unknown) => ({
    environment: 'lab',
    certificateId: idOf(index),
    caId: 'a'.repeat(64),
    serial: `${index}`,
    subject,
    commonName: `pump-${index}`,
    notBefore: issued,
    notAfter: now,
    batch: 'b1',
    operatorId: 'o1',
    operatorName: 'Ada',
    delivery: 'not-confirmed' as const,
    reservedAt: issued,
  });
  const rows = Array.from({ length: DEVICES }, (_, index) =>
    row(index, { fields: subjectOf(index), keyOrigin: 'console' }),
  );
  await database().insert(issuedCertificates).values(rows);
  await database()
    .insert(issuedCertificates)
    .values([
      { ...row(DEVICES, { fields: subjectOf(DEVICES) }), delivery: 'delivered', deliveredAt: now },
      { ...row(DEVICES + 1, { fields: subjectOf(DEVICES + 1) }), batch: 'b2' },
    ]);
});
afterAll(() => running[Symbol.asyncDispose]());

const readJson = async (only?: string[]) =>
  reissuedSubjects.parse(await listSubjects(KEY, { as: 'json', only }, now).json()).subjects;

it('every device that is not confirmed is in the list once, its whole subject as it was', async () => {
  const subjects = await readJson();
  expect(subjects).toHaveLength(DEVICES);
  const byName = (left: { commonName?: string | undefined }, right: { commonName?: string | undefined }) =>
    Number(left.commonName?.slice(5)) - Number(right.commonName?.slice(5));
  expect(subjects.toSorted(byName)).toEqual(Array.from({ length: DEVICES }, (_, index) => subjectOf(index)));
});

it('a picked few are the only ones; none leaves a list that can be read', async () => {
  const digits = (index: number) => idOf(index).slice(0, 16);
  expect(await readJson([digits(7), digits(DEVICES), digits(DEVICES + 1)])).toEqual([subjectOf(7)]);
  expect(await readJson([digits(DEVICES)])).toEqual([]);
});

it('people save it as a table, in which nothing runs as a formula', async () => {
  const response = listSubjects(KEY, { as: 'csv', only: [idOf(3).slice(0, 16)] }, now);
  expect(response.headers.get('content-disposition')).toContain('attachment');
  const [header, row, ...rest] = (await response.text()).split('\r\n');
  expect(header).toContain('organization,organizationalUnit,commonName');
  expect(row).toBe(`,,,"'=1+1, ""Fab""",,pump-3,,`);
  expect(rest).toEqual(['']);
});
