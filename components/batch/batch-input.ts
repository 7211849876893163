/**
 * What a person gives as the list of devices, and what follows from it.
 * @module
 */
import { type BatchDevice, devicesOfPattern, devicesOfTable, type FaultyRow } from '@/lib/batch/batch-device';
import { type ColumnMapping, guessColumns } from '@/lib/batch/columns';
import { type BroughtRequest, devicesOfRequests, type NameSource } from '@/lib/batch/devices-of-requests';
import { type PatternFault, readPattern } from '@/lib/batch/pattern';
import type { ProfileContent } from '@/lib/batch/profile';
import { readTable, type Table, type TableFault } from '@/lib/batch/read-table';
import { decodeTable, decodeTableAs, type LegacyEncoding } from '@/lib/batch/text-encoding';
import type { Subject, SubjectField } from '@/lib/pki/subject';

export type ListedTable = { name: string; table: Table; hasHeader: boolean; mapping: ColumnMapping };

/** A file that is not in Unicode: it is read anew when the person knows better than the guess. */
export type EncodedTable = { name: string; bytes: Uint8Array; encoding: LegacyEncoding };

/** The files that were given as signing requests, read. */
export type ListedRequests = {
  brought: readonly BroughtRequest[];
  nameSource: NameSource;
  /** Files that are no requests and are not called so. */
  leftOut: number;
  /** Files with a private key in them. */
  withKey: readonly string[];
};

export const BATCH_SOURCES = ['table', 'pattern', 'requests'] as const;

export type BatchInput = {
  source: (typeof BATCH_SOURCES)[number];
  pattern: string;
  table: ListedTable | undefined;
  tableFault: TableFault | undefined;
  /** Where `table` or `tableFault` is of a file whose encoding was guessed. */
  encoded: EncodedTable | undefined;
  requests: ListedRequests | undefined;
  /** Of every device that has no value of its own. */
  common: Partial<Record<SubjectField, string>>;
};

export type ListedDevices = {
  devices: BatchDevice[];
  faulty: FaultyRow[];
  fault: PatternFault | undefined;
  /** Devices whose requests have attributes that are left out. */
  shortened: number;
};

export function newBatchInput(caCountry: string | undefined): BatchInput {
  return {
    source: 'table',
    pattern: '',
    table: undefined,
    tableFault: undefined,
    encoded: undefined,
    requests: undefined,
    common: caCountry === undefined ? {} : { country: caCountry },
  };
}

/**
 * @param bytes of a file or of pasted text
 * @param language of the page, by which an encoding is guessed where it has to be
 */
export function withTable(input: BatchInput, name: string, bytes: Uint8Array, language: string): BatchInput {
  const { text, encoding } = decodeTable(bytes, language);
  return { ...withText(input, name, text), encoded: encoding && { name, bytes, encoding } };
}

/** The same file, read as the person says. */
export function withEncoding(input: BatchInput, encoded: EncodedTable): BatchInput {
  const { name, bytes, encoding } = encoded;
  return { ...withText(input, name, decodeTableAs(bytes, encoding)), encoded };
}

function withText(input: BatchInput, name: string, text: string): BatchInput {
  const read = readTable(text);
  if (!read.ok) return { ...input, table: undefined, tableFault: read.failure };
  const guessed = guessColumns(read.value.rows);
  return { ...input, table: { name, table: read.value, ...guessed }, tableFault: undefined };
}

/** A list that is there already stays; without one the profile's pattern is offered. */
export function withProfile(input: BatchInput, { pattern, subject }: ProfileContent): BatchInput {
  const isListed = input.table !== undefined || input.requests !== undefined;
  return {
    ...input,
    common: { ...input.common, ...subject },
    ...(pattern !== '' && !isListed && { source: 'pattern' as const, pattern }),
  };
}

/** @param lines from 1 */
export function withoutRequests(input: BatchInput, lines: ReadonlySet<number>): BatchInput {
  if (input.requests === undefined) return input;
  const brought = input.requests.brought.filter((_, index) => !lines.has(index + 1));
  return { ...input, requests: { ...input.requests, brought } };
}

const NOTHING: ListedDevices = { devices: [], faulty: [], fault: undefined, shortened: 0 };

export function listDevices({ source, pattern, table, requests, common }: BatchInput): ListedDevices {
  const shared: Subject = Object.fromEntries(
    Object.entries(common).flatMap(([field, value]) => (value.trim() === '' ? [] : [[field, value.trim()]])),
  );
  if (source === 'table') {
    if (table === undefined) return NOTHING;
    const { rows } = table.table;
    return {
      ...NOTHING,
      ...devicesOfTable(table.hasHeader ? rows.slice(1) : rows, table.mapping, shared),
    };
  }
  if (source === 'requests') {
    if (requests === undefined) return NOTHING;
    return { ...NOTHING, ...devicesOfRequests(requests.brought, requests.nameSource, shared) };
  }
  const read = readPattern(pattern.trim());
  return read.ok
    ? { ...NOTHING, ...devicesOfPattern(read.value, shared) }
    : { ...NOTHING, fault: read.failure };
}
