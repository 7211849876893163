import { partsOf } from './manifest-lines';

/** Compares a long file with what it should be, piece by piece: cheaper than a digest of either, and neither is ever in memory. */
export class TableCheck {
  readonly #parts: AsyncGenerator<Uint8Array<ArrayBuffer>, void>;
  #part = new Uint8Array();
  #at = 0;
  #isEqual: boolean;

  constructor(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.#parts = partsOf(stream);
    this.#isEqual = true;
  }

  /** What comes next. */
  async expect(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length && this.#isEqual; ) {
      if (this.#at === this.#part.length && !(await this.#hasNext())) return;
      const length = Math.min(bytes.length - at, this.#part.length - this.#at);
      for (let index = 0; index < length; index += 1) {
        if (bytes[at + index] !== this.#part[this.#at + index]) this.#isEqual = false;
      }
      at += length;
      this.#at += length;
    }
  }

  /** Whether all of it was as expected, and nothing is left. */
  async end(): Promise<boolean> {
    const isEqual = this.#isEqual && this.#at === this.#part.length && !(await this.#hasMore());
    await this.close();
    return isEqual;
  }

  async close(): Promise<void> {
    await this.#parts.return();
  }

  /** Whoever expects more than there is has found a difference. */
  async #hasNext(): Promise<boolean> {
    this.#isEqual = await this.#hasMore();
    return this.#isEqual;
  }

  async #hasMore(): Promise<boolean> {
    do {
      const { done, value } = await this.#parts.next();
      if (done) return false;
      this.#part = value;
    } while (this.#part.length === 0);
    this.#at = 0;
    return true;
  }
}
