/** The keys of a table by the sequence of their rows, so that a page of a long list is found without walking to it. */
export class SequenceIndex {
  /** Ascending; one place per row that was ever made, also of those that are gone. */
  #sequences: number[] = [];
  #keys: string[] = [];

  /** Places in use, those of deleted rows included. */
  get size(): number {
    return this.#keys.length;
  }

  /** A row that is younger than all before it; false: it is not, and the index must be made anew. */
  add(sequence: number, key: string): boolean {
    const last = this.#sequences.at(-1);
    if (last !== undefined && sequence <= last) return false;
    this.#sequences.push(sequence);
    this.#keys.push(key);
    return true;
  }

  /** Sequences and keys from the first above `after` on, or, descending, from the last below `before` back. */
  *walk({ after, before }: { after?: number; before?: number }): Generator<readonly [number, string]> {
    const step = before === undefined ? 1 : -1;
    let at = before === undefined ? this.#firstAbove(after ?? -Infinity) : this.#firstAbove(before - 1) - 1;
    for (;;) {
      const sequence = this.#sequences[at];
      const key = this.#keys[at];
      if (sequence === undefined || key === undefined) return;
      yield [sequence, key];
      at += step;
    }
  }

  #firstAbove(sequence: number): number {
    let low = 0;
    let high = this.#sequences.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sequences[middle] ?? 0) > sequence) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
