/**
 * Files of certificates to be imported: PEM with one or many, or a table. Reads text alone; what a certificate says is read where it
 * is checked against its CA.
 * @module
 */
import { toBase64 } from '@/lib/pki/bytes';
import { readCertificateStructure } from '@/lib/pki/certificate-structure';
import { parsePem } from '@/lib/pki/pem';
import { fail, ok, type Result } from '@/lib/result';
import {
  COMMON_NAME_CHARACTERS_MAX,
  IMPORT_BYTES_MAX,
  IMPORTED_CERTIFICATE_CHARACTERS_MAX,
  IMPORTED_YEAR_MIN,
  SERIAL_DIGITS_MAX,
} from './import-bounds';
import { readTable, type Table, type TableFault } from './read-table';
import { decodeTable, decodeTableAs, type LegacyEncoding } from './text-encoding';

/** What is sent of a row: the certificate (DER in base64), or what a table says of one. Times are ISO 8601. */
export type ImportedRow =
  | { certificate: string }
  | { certificateId: string; commonName: string; serial: string; notBefore: string; notAfter: string };

/** What an import would do with a row. */
export const IMPORT_OUTCOMES = ['new', 'known', 'not-signed-by-ca'] as const;
export type ImportOutcome = (typeof IMPORT_OUTCOMES)[number];

export const IMPORT_COLUMNS = [
  'certificatePem',
  'certificateId',
  'commonName',
  'serial',
  'notBefore',
  'notAfter',
] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

/** Undefined: the column is left out. */
export type ImportMapping = readonly (ImportColumn | undefined)[];

export type ImportFile = { kind: 'pem'; name: string; rows: readonly PlacedRow[] } | ImportTable;

/** `encoded`: a file that is not in Unicode, which is read anew when the person knows its encoding better than the guess. */
export type ImportTable = {
  kind: 'table';
  name: string;
  table: Table;
  hasHeader: boolean;
  mapping: ImportMapping;
  encoded?: { bytes: Uint8Array; encoding: LegacyEncoding };
};

export type ImportFileFault =
  /** Nothing of the file was looked at any further. */
  | { kind: 'private-key' }
  | { kind: 'nothing' }
  | { kind: 'pem'; line: number }
  | { kind: 'table'; fault: TableFault };

/** `line` counts from 1. */
export type PlacedRow = { line: number; row: Result<ImportedRow, RowFault> };

export type RowFault =
  | 'not-a-certificate'
  | 'twice'
  | 'id-invalid'
  | 'name-missing'
  | 'serial-invalid'
  | 'date-invalid';

/** PKCS#8, PKCS#1, SEC 1 and OpenSSH, encrypted or not, wherever in the file; in a cell of a table line breaks may be written as `\n`. */
const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/i;
const PEM_AT_LINE_START = /^[ \t]*-----BEGIN /m;

/** @param language - of the page, by which an encoding is guessed where it has to be */
export function readImportBytes(
  name: string,
  bytes: Uint8Array,
  language: string,
): Result<ImportFile, ImportFileFault> {
  const { text, encoding } = decodeTable(bytes, language);
  const read = readImportFile(name, text);
  return read.ok && read.value.kind === 'table' && encoding !== undefined
    ? ok({ ...read.value, encoded: { bytes, encoding } })
    : read;
}

/** The same file, read as the person says. */
export function readImportAs(
  name: string,
  bytes: Uint8Array,
  encoding: LegacyEncoding,
): Result<ImportFile, ImportFileFault> {
  const read = readImportFile(name, decodeTableAs(bytes, encoding));
  return read.ok && read.value.kind === 'table' ? ok({ ...read.value, encoded: { bytes, encoding } }) : read;
}

/** @param text - as the file has it */
export function readImportFile(name: string, text: string): Result<ImportFile, ImportFileFault> {
  if (PRIVATE_KEY.test(text)) return fail({ kind: 'private-key' });
  if (PEM_AT_LINE_START.test(text)) return readPemFile(name, text);
  const table = readTable(text);
  if (!table.ok) {
    return fail(
      table.failure.kind === 'table-empty' || table.failure.kind === 'table-binary'
        ? { kind: 'nothing' }
        : { kind: 'table', fault: table.failure },
    );
  }
  const header = table.value.rows[0]?.cells ?? [];
  const guessed = header.map((cell) => COLUMN_OF_NAME.get(cell.toLowerCase().replaceAll(/[^a-z0-9]/g, '')));
  // The first column of a name has it.
  const mapping = guessed.map((column, index) => (guessed.indexOf(column) === index ? column : undefined));
  const hasHeader = mapping.some((column) => column !== undefined);
  return ok({ kind: 'table', name, table: table.value, hasHeader, mapping });
}

function readPemFile(name: string, text: string): Result<ImportFile, ImportFileFault> {
  const parsed = parsePem(text, IMPORT_BYTES_MAX);
  if (!parsed.ok) {
    return fail('line' in parsed.failure ? { kind: 'pem', line: parsed.failure.line } : { kind: 'nothing' });
  }
  const begins = [...text.matchAll(/^[ \t]*-----BEGIN /gm)].map(({ index }) => index);
  const lines = lineNumbers(text, begins);
  const rows = parsed.value.flatMap(({ label, der }, index): PlacedRow[] =>
    label === 'CERTIFICATE' || label === 'X509 CERTIFICATE' || label === 'TRUSTED CERTIFICATE'
      ? [{ line: lines[index] ?? 1, row: toRow(der) }]
      : [],
  );
  return rows.length === 0 ? fail({ kind: 'nothing' }) : ok({ kind: 'pem', name, rows });
}

/** Of each offset, in one pass. */
function lineNumbers(text: string, offsets: readonly number[]): number[] {
  let line = 1;
  let from = 0;
  return offsets.map((offset) => {
    line += text.slice(from, offset).split('\n').length - 1;
    from = offset;
    return line;
  });
}

/** Looked at before it is sent: under the label of a certificate there may be anything, a key among it. */
function toRow(der: Uint8Array): Result<ImportedRow, RowFault> {
  const certificate = readCertificateStructure(der) && toBase64(der);
  return certificate === undefined || certificate.length > IMPORTED_CERTIFICATE_CHARACTERS_MAX
    ? fail('not-a-certificate')
    : ok({ certificate });
}

const NAMES: Record<ImportColumn, readonly string[]> = {
  certificatePem: ['certificate', 'certificatepem', 'pem', 'cert', 'certpem', 'devicecertificate'],
  certificateId: ['certificateid', 'id', 'certid', 'sha256', 'fingerprint', 'sha256fingerprint'],
  commonName: ['commonname', 'cn', 'name', 'thing', 'thingname', 'device', 'devicename'],
  serial: ['serial', 'serialnumber', 'certificateserial', 'serialhex'],
  notBefore: ['notbefore', 'validfrom', 'issuedat'],
  notAfter: ['notafter', 'validto', 'validuntil', 'expires', 'expiry', 'expiresat'],
};
const COLUMN_OF_NAME: ReadonlyMap<string, ImportColumn> = new Map(
  IMPORT_COLUMNS.flatMap((column) => NAMES[column].map((name) => [name, column] as const)),
);

/** Whether the chosen columns say enough of a certificate. */
export const isMapped = (mapping: ImportMapping): boolean =>
  mapping.includes('certificatePem') ||
  IMPORT_COLUMNS.every((column) => column === 'certificatePem' || mapping.includes(column));

/** The rows of all files; a certificate that stands there twice is at fault the second time. */
export function rowsOf(files: readonly ImportFile[]): (PlacedRow & { file: string })[] {
  const seen = new Set<string>();
  return files.flatMap((file) =>
    (file.kind === 'pem' ? file.rows : tableRows(file)).map(({ line, row }) => {
      const key = row.ok ? keyOf(row.value) : undefined;
      const isTwice = key !== undefined && seen.has(key);
      if (key !== undefined) seen.add(key);
      return { file: file.name, line, row: isTwice ? fail('twice') : row };
    }),
  );
}

const keyOf = (row: ImportedRow) => ('certificate' in row ? row.certificate : row.certificateId);

function tableRows({ table, hasHeader, mapping }: ImportFile & { kind: 'table' }): PlacedRow[] {
  if (!isMapped(mapping)) return [];
  return (hasHeader ? table.rows.slice(1) : table.rows).map(({ line, cells }) => {
    const cellOf = (column: ImportColumn) => cells[mapping.indexOf(column)] ?? '';
    const row = mapping.includes('certificatePem') ? pemRow(cellOf('certificatePem')) : factsRow(cellOf);
    return { line, row };
  });
}

function pemRow(cell: string): Result<ImportedRow, RowFault> {
  const parsed = parsePem(cell.replaceAll('\\n', '\n'));
  const block = parsed.ok ? parsed.value[0] : undefined;
  return block?.label === 'CERTIFICATE' ? toRow(block.der) : fail('not-a-certificate');
}

function factsRow(cellOf: (column: ImportColumn) => string): Result<ImportedRow, RowFault> {
  const certificateId = cellOf('certificateId').replaceAll(/[: ]/g, '').toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(certificateId)) return fail('id-invalid');
  const commonName = cellOf('commonName');
  if (commonName === '' || commonName.length > COMMON_NAME_CHARACTERS_MAX) return fail('name-missing');
  const serial = cellOf('serial').replace(/^0x/i, '').replaceAll(/[: ]/g, '').toLowerCase();
  if (!/^[0-9a-f]+$/.test(serial) || serial.length > SERIAL_DIGITS_MAX) return fail('serial-invalid');
  const [notBefore, notAfter] = [dateOf(cellOf('notBefore')), dateOf(cellOf('notAfter'))];
  if (notBefore === undefined || notAfter === undefined || notBefore > notAfter) return fail('date-invalid');
  return ok({ certificateId, commonName, serial, notBefore, notAfter });
}

/** ISO 8601, a date alone as the beginning of its day in UTC. */
const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

function dateOf(text: string): string | undefined {
  if (!DATE.test(text) || text < IMPORTED_YEAR_MIN) return undefined;
  const moment = new Date(text.length === 10 ? text : withZone(text));
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

/** A time without a zone is in UTC, whatever the zone of the browser. */
const withZone = (text: string) => {
  const time = text.replace(' ', 'T');
  return /(?:Z|[+-]\d{2}:?\d{2})$/.test(time.slice(11)) ? time : `${time}Z`;
};
