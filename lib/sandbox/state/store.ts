import type { Entry, Log } from './entry';
import { Relation } from './relation';
import { Table } from './table';

/** All tables and relations by name: what the journal replays into and what a snapshot is made of. */
export class Store {
  readonly #tables = new Map<string, Table<object>>();
  readonly #relations = new Map<string, Relation<object>>();
  readonly #log: Log;
  #sequence = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  /**
   * The table of that name. A name is used with one row type only, by the state classes that hold it, and the journal's
   * header names the format its rows were written in; that is what makes the row type a fact here.
   */
  table<Row extends object>(name: string): Table<Row> {
    const table = this.#tables.get(name) ?? new Table<object>(name, this.#log);
    this.#tables.set(name, table);
    return table as unknown as Table<Row>;
  }

  /** The relation of that name; see {@link table} for its type. */
  relation<Data extends object>(name: string): Relation<Data> {
    const relation = this.#relations.get(name) ?? new Relation<object>(name, this.#log);
    this.#relations.set(name, relation);
    return relation as unknown as Relation<Data>;
  }

  tableNames(): IterableIterator<string> {
    return this.#tables.keys();
  }

  /** Forgets the tables and relations whose names begin so, unless one of them holds something. */
  forgetEmpty(prefix: string): boolean {
    const kinds = [this.#tables, this.#relations];
    const held = kinds.some((kind) =>
      [...kind].some(([name, { size }]) => name.startsWith(prefix) && size > 0),
    );
    if (held) return false;
    for (const kind of kinds) {
      for (const name of kind.keys()) if (name.startsWith(prefix)) kind.delete(name);
    }
    return true;
  }

  /** A number above every `sequence` that a row has ever been given. */
  nextSequence(): number {
    return ++this.#sequence;
  }

  /** The highest sequence that was given. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Sequences up to this one were given before, to rows that may be gone. */
  skipSequencesTo(sequence: number): void {
    this.#sequence = Math.max(this.#sequence, sequence);
  }

  /** How many entries a snapshot has. */
  get size(): number {
    let size = 0;
    for (const table of this.#tables.values()) size += table.size;
    for (const relation of this.#relations.values()) size += relation.size;
    return size;
  }

  /** Applies one entry of the journal. */
  replay(entry: Entry): void {
    switch (entry[0]) {
      case 'put':
        this.table(entry[1]).replay(entry[2], entry[3]);
        this.#sawSequenceOf(entry[3]);
        return;
      case 'delete':
        this.table(entry[1]).replay(entry[2], undefined);
        return;
      case 'link':
        this.relation(entry[1]).replay(entry[2], entry[3], entry[4]);
        return;
      case 'unlink':
        this.relation(entry[1]).replay(entry[2], entry[3], undefined);
        return;
      case 'reset':
        this.clear();
    }
  }

  clear(): void {
    for (const table of this.#tables.values()) table.clear();
    for (const relation of this.#relations.values()) relation.clear();
  }

  /** The entries that make this state out of nothing. May be walked while the state changes. */
  *snapshot(): Generator<Entry> {
    for (const table of this.#tables.values()) {
      for (const [key, row] of table.entries()) yield ['put', table.name, key, row];
    }
    for (const relation of this.#relations.values()) {
      for (const [left, right, data] of relation.entries()) yield ['link', relation.name, left, right, data];
    }
  }

  #sawSequenceOf(row: object): void {
    if ('sequence' in row && typeof row.sequence === 'number' && row.sequence > this.#sequence) {
      this.#sequence = row.sequence;
    }
  }
}
