/**
 * What is complete only after the last device, kept out of the page's memory until then: as Blobs, which the browser holds elsewhere, and
 * on disk past a limit.
 * @module
 */
import { crc32 } from './crc32';
import { PartBuffer } from './part-buffer';

/** `crc` is the CRC-32 of the whole, which a ZIP has in front of the content. */
export type SetAside = { bytes: number; crc: number; parts: readonly Blob[] };

export class AsideBuffer {
  readonly #parts: Blob[] = [];
  readonly #buffer: PartBuffer;
  #crc = 0;

  constructor() {
    this.#buffer = new PartBuffer((part) => {
      // A Blob has a copy of its own.
      this.#parts.push(new Blob([part]));
      this.#buffer.recycle(part);
    });
  }

  write(bytes: Uint8Array): void {
    this.#crc = crc32(bytes, this.#crc);
    this.#buffer.write(bytes);
  }

  /** Nothing can be added after it. */
  end(): SetAside {
    this.#buffer.flush();
    return { bytes: this.#buffer.bytes, crc: this.#crc, parts: this.#parts };
  }
}
