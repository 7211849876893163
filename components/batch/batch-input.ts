/**
 * What a person gives as the list of devices, and what follows from it.
 * @module
 */
import { type BatchDevice, devicesOfPattern, devicesOfTable, type FaultyRow } from '@/lib/batch/batch-device';
import { type ColumnMapping, guessColumns } from '@/lib/batch/columns';
import { type PatternFault, readPattern } from '@/lib/batch/pattern';
import { readTable, type Table, type TableFault } from '@/lib/batch/read-table';
import type { Subject, SubjectField } from '@/lib/pki/subject';

export type ListedTable = { name: string; table: Table; hasHeader: boolean; mapping: ColumnMapping };

export type BatchInput = {
  source: 'table' | 'pattern';
  pattern: string;
  table: ListedTable | undefined;
  tableFault: TableFault | undefined;
  /** Of every device that has no value of its own. */
  common: Partial<Record<SubjectField, string>>;
};

export type ListedDevices = { devices: BatchDevice[]; faulty: FaultyRow[]; fault: PatternFault | undefined };

export function newBatchInput(caCountry: string | undefined): BatchInput {
  return {
    source: 'table',
    pattern: '',
    table: undefined,
    tableFault: undefined,
    common: caCountry === undefined ? {} : { country: caCountry },
  };
}

/** @param bytes of a file or of pasted text; UTF-8, or UTF-16 as Excel saves "Unicode text" */
export function withTable(input: BatchInput, name: string, bytes: Uint8Array): BatchInput {
  const read = readTable(decode(bytes));
  if (!read.ok) return { ...input, table: undefined, tableFault: read.failure };
  const guessed = guessColumns(read.value.rows);
  return { ...input, table: { name, table: read.value, ...guessed }, tableFault: undefined };
}

function decode(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

const NOTHING: ListedDevices = { devices: [], faulty: [], fault: undefined };

export function listDevices({ source, pattern, table, common }: BatchInput): ListedDevices {
  const shared: Subject = Object.fromEntries(
    Object.entries(common).flatMap(([field, value]) => (value.trim() === '' ? [] : [[field, value.trim()]])),
  );
  if (source === 'table') {
    if (table === undefined) return NOTHING;
    const { rows } = table.table;
    return {
      ...devicesOfTable(table.hasHeader ? rows.slice(1) : rows, table.mapping, shared),
      fault: undefined,
    };
  }
  const read = readPattern(pattern.trim());
  return read.ok
    ? { ...devicesOfPattern(read.value, shared), fault: undefined }
    : { ...NOTHING, fault: read.failure };
}
