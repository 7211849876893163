/** The rows of a table by their sequence, so that a page of a long list is found without walking to it. */
export class SequenceIndex<Row extends object> {
  /** Ascending; one place per row that was ever made, also of those that are gone. */
  readonly #sequences: number[] = [];
  readonly #rows: (Row | undefined)[] = [];

  /** Places in use, those of deleted rows included. */
  get size(): number {
    return this.#rows.length;
  }

  /**
   * Puts a row, or nothing, in the place of its sequence.
   *
   * @returns false for a new row that is older than the last: the index must be made anew
   */
  put(sequence: number, row: Row | undefined): boolean {
    const last = this.#sequences.at(-1) ?? -Infinity;
    if (sequence > last) {
      this.#sequences.push(sequence);
      this.#rows.push(row);
      return true;
    }
    const at = this.#firstAbove(sequence) - 1;
    if (this.#sequences[at] !== sequence) return false;
    this.#rows[at] = row;
    return true;
  }

  /** Ascending, from the first above `after` on; or descending, from the last below `before` back. */
  *walk({ after = -Infinity, before }: { after?: number; before?: number }): Generator<Row> {
    const step = before === undefined ? 1 : -1;
    let at = before === undefined ? this.#firstAbove(after) : this.#firstAbove(before - 1) - 1;
    for (; at >= 0 && at < this.#rows.length; at += step) {
      const row = this.#rows[at];
      if (row !== undefined) yield row;
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
