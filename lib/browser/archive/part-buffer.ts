/** A piece of an archive on its way out. A Blob is not in the page's memory, and goes on without coming back into it. */
export type ArchivePart = Uint8Array<ArrayBuffer> | Blob;

/** Big enough that a part costs nothing, small enough to be held twice. */
const PART_BYTES = 2 * 1024 * 1024;

/** Gathers small pieces into parts of 2 MB: a hundred thousand devices as objects of their own would fill the page's memory. */
export class PartBuffer {
  readonly #emit: (part: ArchivePart) => void;
  #part = new Uint8Array(PART_BYTES);
  #spare: Uint8Array<ArrayBuffer> | undefined;
  #used = 0;
  #emittedBytes = 0;

  /** @param emit gets the parts in their order; a part is the taker's */
  constructor(emit: (part: ArchivePart) => void) {
    this.#emit = emit;
  }

  /** Bytes so far, those not emitted included. */
  get bytes(): number {
    return this.#emittedBytes + this.#used;
  }

  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + PART_BYTES - this.#used);
      this.#part.set(piece, this.#used);
      this.#used += piece.length;
      at += piece.length;
      if (this.#used === PART_BYTES) this.flush();
    }
  }

  /** What is a part already goes on as it is. */
  pass(part: Blob): void {
    this.flush();
    this.#emittedBytes += part.size;
    this.#emit(part);
  }

  /**
   * A part that was emitted and is no longer needed is filled again: browsers collect large buffers late, and an archive would lie in
   * memory beside the disk.
   */
  recycle(part: ArchivePart): void {
    if (part instanceof Uint8Array && part.length === PART_BYTES) this.#spare = part;
  }

  /** Emits what is left. */
  flush(): void {
    if (this.#used === 0) return;
    const part = this.#used === PART_BYTES ? this.#part : this.#part.slice(0, this.#used);
    this.#emittedBytes += this.#used;
    if (this.#used === PART_BYTES) {
      this.#part = this.#spare ?? new Uint8Array(PART_BYTES);
      this.#spare = undefined;
    }
    this.#used = 0;
    this.#emit(part);
  }
}
