import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportedRow } from '@/lib/batch/import-file';
import { CertificateMint, type MintedDevice } from '@/lib/sandbox/testing/certificate-mint';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { knownIds, readImport, writeImport } from './import';
import { find } from './read';

let running: AsyncDisposable;
beforeAll(async () => {
  running = await startEmbeddedDatabase();
});
afterAll(() => running[Symbol.asyncDispose]());

const mint = new CertificateMint(1);
const [ca, other] = [mint.ca('import TESTING ONLY', 'ec'), mint.ca('other TESTING ONLY', 'ec')];
const target = { environment: 'lab', caId: 'a'.repeat(64), operator: { id: 'o1', name: 'Ada' } };
const rowOf = ({ pem }: MintedDevice): ImportedRow => ({
  certificate: pem.replaceAll(/-----[^\n]+|\n/g, ''),
});
const facts = {
  certificateId: 'f'.repeat(64),
  commonName: 'by hand',
  serial: '0a',
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2027-01-01T00:00:00.000Z',
};

describe('certificates that were made elsewhere', () => {
  it('are read as what they say, those of another CA and CAs not at all', async () => {
    const device = mint.device(ca, 'pump-1');
    const stranger = mint.device(other, 'pump-1');
    const self = { ...device, pem: ca.pem };
    const rows = [rowOf(device), rowOf(stranger), rowOf(self), { certificate: 'AAAA' }, facts];
    const [own, ...rest] = await readImport(rows, ca.pem);
    expect(own).toMatchObject({
      certificateId: device.certificateId,
      commonName: 'pump-1',
      subject: { keyOrigin: 'device' },
      origin: 'pem',
    });
    expect(rest.slice(0, 3)).toEqual([undefined, undefined, undefined]);
    expect(rest[3]).toMatchObject({
      commonName: 'by hand',
      origin: 'csv',
      notAfter: new Date(facts.notAfter),
    });
  });

  it('are added once, all or none, and change no row that is there', async () => {
    const devices = Array.from({ length: 1203 }, (_, index) => mint.device(ca, `many-${index}`));
    const read = await readImport([...devices.map(rowOf), facts], ca.pem);
    const rows = read.filter((row) => row !== undefined);
    const [first, ...others] = rows;
    if (first === undefined) throw new Error('nothing was read');
    expect(await writeImport(target, [first])).toBe(1);
    const before = await find('lab', first.certificateId);

    const broken = {
      ...facts,
      origin: 'csv' as const,
      subject: first.subject,
      notBefore: new Date(),
      notAfter: new Date(Number.NaN),
    };
    await expect(writeImport(target, [...others, broken])).rejects.toThrow();
    expect(
      await knownIds(
        'lab',
        rows.map(({ certificateId }) => certificateId),
      ),
    ).toEqual(new Set([first.certificateId]));

    const again = { ...target, operator: { id: 'o2', name: 'Grace' } };
    expect(await writeImport(again, rows)).toBe(rows.length - 1);
    expect(await find('lab', first.certificateId)).toEqual(before);
    expect(await find('lab', facts.certificateId)).toMatchObject({
      delivery: 'delivered',
      origin: 'csv',
      operatorName: 'Grace',
      lastSeenState: undefined,
    });
    expect(await writeImport(again, rows)).toBe(0);
  });
});
