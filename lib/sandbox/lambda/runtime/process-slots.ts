/** Lets at most so many functions' processes be at a time, of all functions together: first come, first served. */
export class ProcessSlots {
  readonly #max: number;
  readonly #waiting: (() => void)[] = [];
  readonly #idlers = new Set<() => boolean>();
  #taken = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Resolves when another process may be started; {@link free} gives the place back. */
  async take(): Promise<void> {
    if (this.#taken < this.#max) {
      this.#taken += 1;
      return;
    }
    const turn = new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#endOneIdle();
    await turn;
  }

  free(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#taken -= 1;
  }

  /** Whether somebody waits: then nobody should keep a process that does nothing. */
  get isWanted(): boolean {
    return this.#waiting.length > 0;
  }

  /**
   * @param endOne - ends a process that does nothing; answers whether there was one
   * @returns ends the offer
   */
  offer(endOne: () => boolean): () => void {
    this.#idlers.add(endOne);
    return () => this.#idlers.delete(endOne);
  }

  #endOneIdle(): void {
    for (const endOne of this.#idlers) if (endOne()) return;
  }
}
