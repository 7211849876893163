import type { Bytes } from '@/lib/pki/bytes';

/** Some hundred certificates. */
const SPACE_BYTES = 256 * 1024;

/**
 * Places for certificates side by side in large buffers. With a buffer for each, a browser is busy for a tenth of the time with getting
 * and giving back memory.
 */
export class LeafSpace {
  #bytes = new Uint8Array(SPACE_BYTES);
  #used = 0;

  /** @returns a place that is nobody else's; its buffer is there as long as one of its places is */
  take(bytes: number): Bytes {
    if (this.#used + bytes > this.#bytes.length) {
      this.#bytes = new Uint8Array(Math.max(SPACE_BYTES, bytes));
      this.#used = 0;
    }
    this.#used += bytes;
    return this.#bytes.subarray(this.#used - bytes, this.#used);
  }
}
