/** Remembers the answers to questions whose answer never changes; the oldest gives way, so memory stays bounded. */
export class BoundedCache<Value> {
  readonly #values = new Map<string, Value>();
  readonly #entriesMax: number;

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
  }

  /** The remembered answer, else that of `find`. */
  get(key: string, find: () => Value): Value {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const value = find();
    this.#values.set(key, value);
    if (this.#values.size > this.#entriesMax) {
      const oldest = this.#values.keys().next();
      if (!oldest.done) this.#values.delete(oldest.value);
    }
    return value;
  }
}
