/** Memory that many connections share, so that the bound is on all of them together and not on their number. */
export class ByteBudget {
  readonly bytesMax: number;
  #bytes = 0;

  constructor(bytesMax: number) {
    this.bytesMax = bytesMax;
  }

  get exhausted(): boolean {
    return this.#bytes > this.bytesMax;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @param bytes - negative when memory is given back */
  add(bytes: number): void {
    this.#bytes += bytes;
  }
}
