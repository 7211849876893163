/**
 * What is finished of a batch, in a file of the browser's own (OPFS): appended and flushed chunk by chunk, so that a closed tab or a
 * crash loses at most the chunk that was being written. Encrypted under a key that cannot leave the browser; without it the file is noise.
 * @module
 */

/** The part of a FileSystemSyncAccessHandle that is used here; a test has a file on its disk instead. */
export type CheckpointFile = {
  read(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  write(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  truncate(bytes: number): void;
  flush(): void;
  getSize(): number;
  close(): void;
};

/** A record is its length, the vector, and AES-GCM's ciphertext with tag (NIST SP 800-38D). */
const LENGTH_BYTES = 4;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Far above a chunk, and above the plan of most batches; a length beyond it was never written here. */
const RECORD_BYTES_MAX = 64 * 1024 * 1024;
/** Of a tail that is looked at at once. */
const SLICE_BYTES = 64 * 1024;

/** The content is more than one record holds; nothing was written. */
export class RecordTooBig extends Error {}

/** A record in the middle does not open. The file is as it was found: what stands behind may be good. */
export class CheckpointDamaged extends Error {}

export class Checkpoint {
  readonly #file: CheckpointFile;
  readonly #key: CryptoKey;
  readonly #batch: string;
  readonly #crypto: Crypto;
  /** Where each record begins; the last is where the next one will. */
  readonly #offsets: number[] = [0];

  /**
   * @param key AES-GCM, `encrypt` and `decrypt`
   * @param batch its id, sealed into each record: one of another batch is not taken for one's own
   */
  private constructor(file: CheckpointFile, key: CryptoKey, batch: string, crypto: Crypto) {
    this.#file = file;
    this.#key = key;
    this.#batch = batch;
    this.#crypto = crypto;
  }

  /**
   * Reads what is there. A last record that was not finished when the page went away is cut off.
   * Throws `CheckpointDamaged` where another record does not open, and changes nothing.
   */
  static async open(
    file: CheckpointFile,
    key: CryptoKey,
    batch: string,
    crypto: Crypto,
  ): Promise<Checkpoint> {
    const checkpoint = new Checkpoint(file, key, batch, crypto);
    await checkpoint.#findRecords();
    return checkpoint;
  }

  get records(): number {
    return this.#offsets.length - 1;
  }

  /**
   * Durable when it returns. Appends must not overlap. Throws `RecordTooBig` before anything is written, and a `QuotaExceededError`
   * where there is no room.
   * @returns the number of the record
   */
  async append(content: Uint8Array<ArrayBuffer>): Promise<number> {
    if (content.length + TAG_BYTES > RECORD_BYTES_MAX) throw new RecordTooBig('a record above its bound');
    const number = this.records;
    const at = this.#end();
    const iv = this.#crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const sealed = new Uint8Array(
      await this.#crypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData: this.#label(number) },
        this.#key,
        content,
      ),
    );
    const record = new Uint8Array(LENGTH_BYTES + IV_BYTES + sealed.length);
    new DataView(record.buffer).setUint32(0, sealed.length);
    record.set(iv, LENGTH_BYTES);
    record.set(sealed, LENGTH_BYTES + IV_BYTES);
    // What an append that failed has left: behind a shorter record it would look like damage.
    if (this.#file.getSize() > at) this.#file.truncate(at);
    if (this.#file.write(record, { at }) < record.length)
      throw new DOMException('the browser gave the checkpoint too little room', 'QuotaExceededError');
    this.#file.flush();
    this.#offsets.push(at + record.length);
    return number;
  }

  /** The content of a record; throws where the file was changed by somebody else. */
  async read(number: number): Promise<Uint8Array<ArrayBuffer>> {
    const content = await this.#open(number, this.#offsets[number] ?? 0);
    if (content === undefined) throw new Error('a checkpoint that was changed by somebody else');
    return content.bytes;
  }

  close(): void {
    this.#file.close();
  }

  #end(): number {
    return this.#offsets.at(-1) ?? 0;
  }

  async #findRecords(): Promise<void> {
    for (;;) {
      const found = await this.#open(this.records, this.#end());
      if (found === undefined) break;
      this.#offsets.push(found.end);
    }
    const end = this.#end();
    if (this.#file.getSize() === end) return;
    if (!this.#isTorn(end)) throw new CheckpointDamaged(`record ${this.records} does not open`);
    this.#file.truncate(end);
    this.#file.flush();
  }

  async #open(
    number: number,
    at: number,
  ): Promise<{ bytes: Uint8Array<ArrayBuffer>; end: number } | undefined> {
    const header = this.#headerAt(at);
    if (header === undefined) return undefined;
    const sealed = this.#readWhole(header.sealedAt, header.bytes);
    if (sealed === undefined) return undefined;
    try {
      const algorithm = { name: 'AES-GCM', iv: header.iv, additionalData: this.#label(number) };
      const bytes = new Uint8Array(await this.#crypto.subtle.decrypt(algorithm, this.#key, sealed));
      return { bytes, end: header.sealedAt + header.bytes };
    } catch {
      return undefined;
    }
  }

  /** @returns undefined for what is no header that was written here */
  #headerAt(at: number): { iv: Uint8Array<ArrayBuffer>; sealedAt: number; bytes: number } | undefined {
    const header = this.#readWhole(at, LENGTH_BYTES + IV_BYTES);
    if (header === undefined) return undefined;
    const bytes = new DataView(header.buffer).getUint32(0);
    if (bytes < TAG_BYTES || bytes > RECORD_BYTES_MAX) return undefined;
    return { iv: header.slice(LENGTH_BYTES), sealedAt: at + header.length, bytes };
  }

  /** Whether what does not open here is the last append, cut short: each is flushed before the next begins. */
  #isTorn(at: number): boolean {
    const size = this.#file.getSize();
    if (size - at < LENGTH_BYTES + IV_BYTES) return true;
    const header = this.#headerAt(at);
    // A crash may leave a file that has grown already and whose bytes have not arrived.
    return header === undefined ? this.#isZeroFrom(at, size) : header.sealedAt + header.bytes >= size;
  }

  #isZeroFrom(start: number, size: number): boolean {
    for (let at = start; at < size; at += SLICE_BYTES) {
      const slice = this.#readWhole(at, Math.min(SLICE_BYTES, size - at));
      if (slice === undefined || slice.some((octet) => octet !== 0)) return false;
    }
    return true;
  }

  #readWhole(at: number, bytes: number): Uint8Array<ArrayBuffer> | undefined {
    const buffer = new Uint8Array(bytes);
    return this.#file.read(buffer, { at }) === bytes ? buffer : undefined;
  }

  /** A record moved to another place, or from another batch, does not open. */
  #label(number: number): Uint8Array<ArrayBuffer> {
    return new TextEncoder().encode(`${this.#batch}/${number}`);
  }
}
