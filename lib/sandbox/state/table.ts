import type { Log } from './entry';
import { SequenceIndex } from './sequence-index';

/** Rows of one kind by key, in order of creation; every change goes to the log as well. Rows are never mutated. */
export class Table<Row extends object> {
  readonly #rows = new Map<string, Row>();
  readonly #indexes: TableIndex<Row>[] = [];
  /** Made when it is first asked for. */
  #bySequence: SequenceIndex<Row> | undefined;
  /** Grows with every change, so that what was derived from the rows can tell whether it is stale. */
  version = 0;

  readonly name: string;
  readonly #log: Log;

  constructor(name: string, log: Log) {
    this.name = name;
    this.#log = log;
  }

  get size(): number {
    return this.#rows.size;
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  has(key: string): boolean {
    return this.#rows.has(key);
  }

  values(): IterableIterator<Row> {
    return this.#rows.values();
  }

  entries(): IterableIterator<[string, Row]> {
    return this.#rows.entries();
  }

  /** Rows by their sequence: ascending, those above `after`; or descending, those below `before`. */
  inSequence(range: { after?: number; before?: number }): Generator<Row> {
    this.#bySequence ??= this.#indexSequences();
    return this.#bySequence.walk(range);
  }

  set(key: string, row: Row): Row {
    this.replay(key, row);
    this.#log(['put', this.name, key, row]);
    return row;
  }

  delete(key: string): boolean {
    if (!this.#rows.has(key)) return false;
    this.replay(key, undefined);
    this.#log(['delete', this.name, key]);
    return true;
  }

  /** Applies a logged change without logging it again. */
  replay(key: string, row: Row | undefined): void {
    const before = this.#rows.get(key);
    for (const index of this.#indexes) index.replace(key, { before, after: row });
    if (row) this.#rows.set(key, row);
    else this.#rows.delete(key);
    this.#keepSequence({ before, after: row });
    this.version += 1;
  }

  clear(): void {
    this.#rows.clear();
    for (const index of this.#indexes) index.clear();
    this.#bySequence = undefined;
    this.version += 1;
  }

  /** Adds an index over a value that rows share. */
  indexBy(sharedValue: (row: Row) => string | undefined): TableIndex<Row> {
    const index = new TableIndex(sharedValue);
    for (const [key, row] of this.#rows) index.replace(key, { before: undefined, after: row });
    this.#indexes.push(index);
    return index;
  }

  #keepSequence({ before, after }: { before: Row | undefined; after: Row | undefined }): void {
    const index = this.#bySequence;
    if (!index) return;
    const from = before && sequenceOf(before);
    const to = after && sequenceOf(after);
    if (from !== undefined && from !== to) index.put(from, undefined);
    const inPlace = to === undefined || index.put(to, after);
    if (!inPlace || index.size > 2 * this.#rows.size + SPARE_PLACES) this.#bySequence = undefined;
  }

  #indexSequences(): SequenceIndex<Row> {
    const index = new SequenceIndex<Row>();
    const rows = [...this.#rows.values()].map((row) => ({ row, sequence: sequenceOf(row) ?? 0 }));
    for (const { row, sequence } of rows.sort((a, b) => a.sequence - b.sequence)) index.put(sequence, row);
    return index;
  }
}

/** How many places of deleted rows the index may hold beyond as many as there are rows. */
const SPARE_PLACES = 1000;

const sequenceOf = (row: object): number | undefined =>
  'sequence' in row && typeof row.sequence === 'number' ? row.sequence : undefined;

/** Rows of a table by a value that several may share. */
export class TableIndex<Row extends object> {
  readonly #rows = new Map<string, Map<string, Row>>();

  readonly #sharedValue: (row: Row) => string | undefined;

  constructor(sharedValue: (row: Row) => string | undefined) {
    this.#sharedValue = sharedValue;
  }

  get(value: string): readonly Row[] {
    return [...(this.#rows.get(value)?.values() ?? [])];
  }

  replace(key: string, { before, after }: { before: Row | undefined; after: Row | undefined }): void {
    const from = before && this.#sharedValue(before);
    const to = after && this.#sharedValue(after);
    if (from !== undefined && from !== to) {
      const rows = this.#rows.get(from);
      rows?.delete(key);
      if (rows?.size === 0) this.#rows.delete(from);
    }
    if (to !== undefined && after) {
      const rows = this.#rows.get(to) ?? new Map<string, Row>();
      this.#rows.set(to, rows.set(key, after));
    }
  }

  clear(): void {
    this.#rows.clear();
  }
}
