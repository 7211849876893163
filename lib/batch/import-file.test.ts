import { describe, expect, it } from 'vitest';
import { issueCaCertificate } from '@/lib/pki/ca-certificate';
import { generateKeyPair } from '@/lib/pki/key-algorithm';
import { printPem } from '@/lib/pki/pem';
import { expectOk } from '@/lib/testing/expect-ok';
import { isMapped, readImportAs, readImportBytes, readImportFile, rowsOf } from './import-file';

const context = { crypto, now: new Date('2026-11-22T10:00:00Z') };
const keys = await generateKeyPair('P-256', crypto);
const make = async (commonName: string) =>
  expectOk(await issueCaCertificate({ subject: { commonName }, validityDays: 30, keys }, context)).pem;
const [one, two] = [await make('one'), await make('two')];
const keyPem = printPem(
  'PRIVATE KEY',
  new Uint8Array(await crypto.subtle.exportKey('pkcs8', keys.privateKey)),
);
const id = `${'AB:'.repeat(31)}AB`;
const read = (text: string) => rowsOf([expectOk(readImportFile('f', text))]);
const quoted = (text: string) => `"${text}"`;

describe('a file of certificates', () => {
  it('gives each with its line, the second of two equal ones as a fault', () => {
    const rows = read(`subject=CN = one, O = x\n${one}${two}\n${one}`);
    expect(rows.map(({ line, row }) => ({ line, row: row.ok || row.failure }))).toEqual([
      { line: 2, row: true },
      { line: 2 + one.trim().split('\n').length, row: true },
      { line: 2 + `${one}${two}\n`.split('\n').length - 1, row: 'twice' },
    ]);
  });

  it.each([
    { text: `${one}${keyPem}`, why: 'behind the certificate' },
    { text: `name,certificate,key\na,${quoted(one)},${quoted(keyPem)}`, why: 'in a cell' },
    { text: keyPem.replaceAll('PRIVATE', 'ENCRYPTED PRIVATE'), why: 'an encrypted one' },
    { text: '-----BEGIN EC PRIVATE KEY-----\nbroken off', why: 'half of one' },
    { text: `pem\n${keyPem.replaceAll('\n', String.raw`\n`)}`, why: 'with its line breaks spelled out' },
  ])('with a private key is not read at all: $why', ({ text }) => {
    expect(readImportFile('f', text)).toEqual({ ok: false, failure: { kind: 'private-key' } });
  });

  it('takes no key for a certificate, whatever is written above it', () => {
    const [row] = read(keyPem.replaceAll('PRIVATE KEY', 'CERTIFICATE'));
    expect(row?.row).toEqual({ ok: false, failure: 'not-a-certificate' });
  });

  it.each([
    { text: '', failure: { kind: 'nothing' } },
    { text: '\0\u0001', failure: { kind: 'nothing' } },
    {
      text: '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----',
      failure: { kind: 'nothing' },
    },
    { text: `${one}-----BEGIN CERTIFICATE-----\nMIIB`, failure: { kind: 'pem' } },
    { text: 'a,"b', failure: { kind: 'table', fault: { kind: 'table-quote-open', line: 1 } } },
  ])('that has none says so: $failure.kind', ({ text, failure }) => {
    expect(readImportFile('f', text)).toMatchObject({ ok: false, failure });
  });
});

describe('a table of certificates', () => {
  it('is read by its column of PEM, found by its name', () => {
    const rows = read(`Name;Certificate\na;${quoted(one)}\nb;nonsense\n`);
    expect(rows.map(({ row }) => row.ok || row.failure)).toEqual([true, 'not-a-certificate']);
  });

  it('is read by id, name, serial number and validity, each fault by its row', () => {
    const good = [id, 'pump', '0x0A:1b', '2026-01-01', '2027-01-01 12:30:00'];
    const rows = [
      good,
      [id.slice(1), ...good.slice(1)],
      [good[0], '', ...good.slice(2)],
      [good[0], 'pump', 'x', '2026-01-01', '2027-01-01'],
      [good[0], 'pump', '1', '2027-01-01', '2026-01-01'],
      [good[0], 'pump', '1', '1/2/2026', '2027-01-01'],
      [good[0], 'pump', '1', '2026-13-01', '2027-01-01'],
      [good[0], 'pump', '1', '0000-01-01', '2027-01-01'],
      good,
    ];
    const header = 'certificate_id,common_name,serial,not_before,not_after';
    const found = read([header, ...rows.map((cells) => cells.join(','))].join('\n'));
    expect(found[0]).toEqual({
      file: 'f',
      line: 2,
      row: {
        ok: true,
        value: {
          certificateId: 'ab'.repeat(32),
          commonName: 'pump',
          serial: '0a1b',
          notBefore: '2026-01-01T00:00:00.000Z',
          notAfter: '2027-01-01T12:30:00.000Z',
        },
      },
    });
    expect(found.slice(1).map(({ row }) => row.ok || row.failure)).toEqual([
      'id-invalid',
      'name-missing',
      'serial-invalid',
      'date-invalid',
      'date-invalid',
      'date-invalid',
      'date-invalid',
      'twice',
    ]);
  });

  it('waits for columns that say enough', () => {
    const file = expectOk(readImportFile('f', 'id,cn\na,b'));
    expect(file.kind === 'table' && isMapped(file.mapping)).toBe(false);
    expect(rowsOf([file])).toEqual([]);
  });
});

describe('a table that is not in Unicode', () => {
  /** `id,cn,serial,from,to` with a common name in Japanese (Shift_JIS), as Python's codec encodes it. */
  const JAPANESE = Uint8Array.from([
    ...new TextEncoder().encode(`id,cn,serial,notBefore,notAfter\n${'a'.repeat(64)},`),
    ...[0x83, 0x7c, 0x83, 0x93, 0x83, 0x76],
    ...new TextEncoder().encode(',1a,2026-01-01,2027-01-01'),
  ]);
  const namesOf = (file: ReturnType<typeof readImportBytes>) =>
    rowsOf([expectOk(file)]).map(({ row }) => row.ok && 'commonName' in row.value && row.value.commonName);

  it('is read by the language of the page, and anew as the person says', () => {
    expect(namesOf(readImportBytes('f', JAPANESE, 'ja'))).toEqual(['ポンプ']);
    const wrong = readImportBytes('f', JAPANESE, 'zh-CN');
    expect(expectOk(wrong)).toMatchObject({ encoded: { encoding: 'gb18030' } });
    expect(namesOf(wrong)).not.toEqual(['ポンプ']);
    expect(namesOf(readImportAs('f', JAPANESE, 'shift_jis'))).toEqual(['ポンプ']);
  });

  it('with a private key in UTF-16 is recognized as such', () => {
    const text = '\uFEFFid,key\n1,-----BEGIN PRIVATE KEY-----';
    const units = new Uint8Array(Uint16Array.from(text, (unit) => unit.charCodeAt(0)).buffer);
    expect(readImportBytes('f', units, 'en')).toEqual({ ok: false, failure: { kind: 'private-key' } });
  });
});
