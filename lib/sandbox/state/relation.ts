import type { Log } from './entry';

/** A many-to-many relation that is read from both ends; every change goes to the log as well. */
export class Relation<Data extends object> {
  readonly #byLeft = new Map<string, Map<string, Data>>();
  readonly #byRight = new Map<string, Map<string, Data>>();
  readonly name: string;
  readonly #log: Log;
  /** How many links there are. */
  size = 0;
  /** Grows with every change. */
  version = 0;

  constructor(name: string, log: Log) {
    this.name = name;
    this.#log = log;
  }

  get(left: string, right: string): Data | undefined {
    return this.#byLeft.get(left)?.get(right);
  }

  has(left: string, right: string): boolean {
    return this.get(left, right) !== undefined;
  }

  /** What `left` is linked to, oldest link first. */
  rightsOf(left: string): ReadonlyMap<string, Data> {
    return this.#byLeft.get(left) ?? new Map();
  }

  /** What is linked to `right`, oldest link first. */
  leftsOf(right: string): ReadonlyMap<string, Data> {
    return this.#byRight.get(right) ?? new Map();
  }

  link(left: string, right: string, data: Data): void {
    this.replay(left, right, data);
    this.#log(['link', this.name, left, right, data]);
  }

  unlink(left: string, right: string): boolean {
    if (!this.has(left, right)) return false;
    this.replay(left, right, undefined);
    this.#log(['unlink', this.name, left, right]);
    return true;
  }

  /** Applies a logged change without logging it again. */
  replay(left: string, right: string, data: Data | undefined): void {
    this.size += Number(data !== undefined) - Number(this.has(left, right));
    change(this.#byLeft, [left, right], data);
    change(this.#byRight, [right, left], data);
    this.version += 1;
  }

  *entries(): Generator<[left: string, right: string, data: Data]> {
    for (const [left, rights] of this.#byLeft) {
      for (const [right, data] of rights) yield [left, right, data];
    }
  }

  clear(): void {
    this.#byLeft.clear();
    this.#byRight.clear();
    this.size = 0;
    this.version += 1;
  }
}

function change<Data>(
  map: Map<string, Map<string, Data>>,
  [outer, inner]: [string, string],
  data: Data | undefined,
): void {
  const entries = map.get(outer);
  if (data !== undefined) {
    map.set(outer, (entries ?? new Map<string, Data>()).set(inner, data));
    return;
  }
  entries?.delete(inner);
  if (entries?.size === 0) map.delete(outer);
}
