/**
 * The devices of a batch before their first key: subjects from a table or a pattern, and what is wrong with which.
 * @module
 */
import type { RequestFault } from '@/lib/pki/read-requests';
import { checkSubject, type Subject, type SubjectFault } from '@/lib/pki/subject';
import type { ColumnMapping } from './columns';
import type { NamePattern } from './pattern';
import type { TableRow } from './read-table';

/** What a device that keeps its own key asks with: DER in base64. `name` is undefined where the subject is made here. */
export type DeviceRequest = { publicKey: string; name: string | undefined };

/** `line` of the file; for a pattern and for requests its index from 1. `place` says it for people where it is no line. */
export type BatchDevice = {
  line: number;
  subject: Subject;
  place?: string | undefined;
  request?: DeviceRequest | undefined;
};

export type DeviceRowFault =
  | SubjectFault
  | RequestFault
  /** A file that is called a request and has none in it. */
  | { kind: 'request-missing' }
  /** Two devices with one key cannot be told apart, and have one secret. */
  | { kind: 'public-key-twice'; firstPlace: string }
  /** A batch names its files and folders by the common name. */
  | { kind: 'common-name-missing' }
  | { kind: 'common-name-twice'; firstLine: number; firstPlace: string | undefined }
  /** More cells than the header has: a delimiter inside a value that is not quoted. */
  | { kind: 'cells-too-many'; cells: number; columns: number };

export type FaultyRow = {
  line: number;
  place: string | undefined;
  commonName: string;
  faults: DeviceRowFault[];
};

/** @param common of every device unless the row has a value of its own */
export function devicesOfTable(
  rows: readonly TableRow[],
  mapping: ColumnMapping,
  common: Subject,
): { devices: BatchDevice[]; faulty: FaultyRow[] } {
  return sortOut(
    rows.map(({ line, cells }) => {
      const subject: Subject = { ...common };
      mapping.forEach((field, column) => {
        const value = cells[column] ?? '';
        if (field !== undefined && value !== '') subject[field] = value;
      });
      const hasMore = cells.slice(mapping.length).some((cell) => cell !== '');
      const surplus = { kind: 'cells-too-many', cells: cells.length, columns: mapping.length } as const;
      return { line, subject, faults: hasMore ? [surplus] : [] };
    }),
  );
}

export function devicesOfPattern(
  pattern: NamePattern,
  common: Subject,
): { devices: BatchDevice[]; faulty: FaultyRow[] } {
  return sortOut(
    Array.from({ length: pattern.count }, (_, index) => ({
      line: index + 1,
      subject: { ...common, commonName: pattern.at(index) },
      faults: [],
    })),
  );
}

/** `isUnread`: nothing but its faults is known. */
type Row = BatchDevice & { faults: DeviceRowFault[]; isUnread?: boolean };

/** Those that can be issued, and those that cannot with everything that is wrong with them. */
export function sortOut(rows: readonly Row[]): { devices: BatchDevice[]; faulty: FaultyRow[] } {
  const devices: BatchDevice[] = [];
  const faulty: FaultyRow[] = [];
  const firstOfName = new Map<string, Row>();
  for (const row of rows) {
    const { line, place, subject, request, faults: own, isUnread = false } = row;
    const commonName = subject.commonName ?? '';
    const first = firstOfName.get(commonName);
    if (first === undefined && !isUnread) firstOfName.set(commonName, row);
    const faults: DeviceRowFault[] = [
      ...own,
      ...(isUnread
        ? []
        : commonName === ''
          ? [{ kind: 'common-name-missing' } as const]
          : checkSubject(subject)),
      ...(commonName !== '' && first !== undefined
        ? [{ kind: 'common-name-twice', firstLine: first.line, firstPlace: first.place } as const]
        : []),
    ];
    if (faults.length > 0) faulty.push({ line, place, commonName, faults });
    else devices.push({ line, subject, ...(place !== undefined && { place }), ...(request && { request }) });
  }
  return { devices, faulty };
}

/**
 * One device of each distinct shape, the first and the last besides: what a dry run has to look at. Shapes differ in which fields are
 * filled in, since a template falls over a missing field and not over another name.
 */
export function devicesToRehearse(devices: readonly BatchDevice[]): BatchDevice[] {
  const chosen = new Map<string, BatchDevice>();
  for (const device of devices) {
    const shape = Object.entries(device.subject)
      .flatMap(([field, value]) => (value ? [field] : []))
      .toSorted()
      .join();
    if (!chosen.has(shape)) chosen.set(shape, device);
  }
  const last = devices.at(-1);
  return [...new Set([...chosen.values(), ...(last ? [last] : [])])];
}
