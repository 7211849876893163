import type { Log } from './entry';

/** Rows of one kind by key, in order of creation; every change goes to the log as well. Rows are never mutated. */
export class Table<Row extends object> {
  readonly #rows = new Map<string, Row>();
  readonly #indexes: TableIndex<Row>[] = [];
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
    this.version += 1;
  }

  clear(): void {
    this.#rows.clear();
    for (const index of this.#indexes) index.clear();
    this.version += 1;
  }

  /** Adds an index over a value that rows share. */
  indexBy(sharedValue: (row: Row) => string | undefined): TableIndex<Row> {
    const index = new TableIndex(sharedValue);
    for (const [key, row] of this.#rows) index.replace(key, { before: undefined, after: row });
    this.#indexes.push(index);
    return index;
  }
}

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
