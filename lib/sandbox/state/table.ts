import type { Log } from './entry';
import { SequenceIndex } from './sequence-index';

/** Rows of one kind by key, in order of creation; every change goes to the log as well. Rows are never mutated. */
export class Table<Row extends object> {
  readonly #rows = new Map<string, Row>();
  readonly #indexes: TableIndex<Row>[] = [];
  /** Made when it is first asked for. */
  #bySequence: SequenceIndex | undefined;
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
  *inSequence(range: { after?: number; before?: number }): Generator<Row> {
    this.#bySequence ??= this.#indexSequences();
    for (const [sequence, key] of this.#bySequence.walk(range)) {
      const row = this.#rows.get(key);
      // Deleted since, or deleted and made again.
      if (row && sequenceOf(row) === sequence) yield row;
    }
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
    this.#keepSequence(key, { before, after: row });
    this.version += 1;
  }

  clear(): void {
    this.#rows.clear();
    for (const index of this.#indexes) index.clear();
    this.#bySequence = undefined;
    this.version += 1;
  }

  #keepSequence(key: string, { before, after }: { before: Row | undefined; after: Row | undefined }): void {
    const index = this.#bySequence;
    if (!index) return;
    const sequence = after && sequenceOf(after);
    if (sequence !== undefined && sequence !== (before && sequenceOf(before)) && !index.add(sequence, key)) {
      this.#bySequence = undefined;
    } else if (index.size > 2 * this.#rows.size + SPARE_PLACES) {
      this.#bySequence = undefined;
    }
  }

  #indexSequences(): SequenceIndex {
    const rows = [...this.#rows].map(([key, row]) => ({ key, sequence: sequenceOf(row) ?? 0 }));
    const index = new SequenceIndex();
    for (const { key, sequence } of rows.sort((a, b) => a.sequence - b.sequence)) index.add(sequence, key);
    return index;
  }

  /** Adds an index over a value that rows share. */
  indexBy(sharedValue: (row: Row) => string | undefined): TableIndex<Row> {
    const index = new TableIndex(sharedValue);
    for (const [key, row] of this.#rows) index.replace(key, { before: undefined, after: row });
    this.#indexes.push(index);
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
