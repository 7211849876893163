/**
 * The devices of a batch before their first key: subjects from a table or a pattern, and what is wrong with which.
 * @module
 */
import { checkSubject, type Subject, type SubjectFault } from '@/lib/pki/subject';
import type { ColumnMapping } from './columns';
import type { NamePattern } from './pattern';
import type { TableRow } from './read-table';

/** `line` of the file; for a pattern its index from 1. */
export type BatchDevice = { line: number; subject: Subject };

export type DeviceRowFault =
  | SubjectFault
  /** A batch names its files and folders by the common name. */
  | { kind: 'common-name-missing' }
  | { kind: 'common-name-twice'; firstLine: number }
  /** More cells than the header has: a delimiter inside a value that is not quoted. */
  | { kind: 'cells-too-many'; cells: number; columns: number };

export type FaultyRow = { line: number; commonName: string; faults: DeviceRowFault[] };

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

type Row = BatchDevice & { faults: DeviceRowFault[] };

function sortOut(rows: Row[]): { devices: BatchDevice[]; faulty: FaultyRow[] } {
  const devices: BatchDevice[] = [];
  const faulty: FaultyRow[] = [];
  const lineOfName = new Map<string, number>();
  for (const { line, subject, faults: own } of rows) {
    const commonName = subject.commonName ?? '';
    const firstLine = lineOfName.get(commonName);
    if (firstLine === undefined) lineOfName.set(commonName, line);
    const faults: DeviceRowFault[] = [
      ...own,
      ...(commonName === '' ? [{ kind: 'common-name-missing' } as const] : checkSubject(subject)),
      ...(commonName !== '' && firstLine !== undefined
        ? [{ kind: 'common-name-twice', firstLine } as const]
        : []),
    ];
    if (faults.length > 0) faulty.push({ line, commonName, faults });
    else devices.push({ line, subject });
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
