/**
 * What is finished of a batch, in a file of the browser's own (OPFS): appended and flushed chunk by chunk, so that a closed tab or a
 * crash loses at most the chunk that was being written. Encrypted under a key that cannot leave the browser; without it the file is noise.
 * @module
 */
import { crc32 } from '@/lib/browser/archive/crc32';

/** The part of a FileSystemSyncAccessHandle that is used here; a test has a file on its disk instead. */
export type CheckpointFile = {
  read(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  write(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  truncate(bytes: number): void;
  flush(): void;
  getSize(): number;
  close(): void;
};

/**
 * A record is a header, and AES-GCM's ciphertext with tag (NIST SP 800-38D). The header is the ciphertext's length, the vector, and a
 * CRC-32 of both and of the batch: without it a length that was damaged would pass for that of a last record which was cut
 * short, and everything behind it for its rest.
 */
const LENGTH_BYTES = 4;
const IV_BYTES = 12;
const CHECK_BYTES = 4;
export const HEADER_BYTES = LENGTH_BYTES + IV_BYTES + CHECK_BYTES;
const TAG_BYTES = 16;
/** Far above a chunk, and above the plan of most batches; a length beyond it was never written here. */
const RECORD_BYTES_MAX = 64 * 1024 * 1024;
/** What a disk writes whole or not at all. */
const SECTOR_BYTES = 512;
/** Of a tail that is looked at at once. */
const SLICE_BYTES = 64 * 1024;

/** The content is more than one record holds; nothing was written. */
export class RecordTooBig extends Error {}

/** A record in the middle does not open. The file is as it was found: what stands behind may be good. */
export class CheckpointDamaged extends Error {}

type Header = { iv: Uint8Array<ArrayBuffer>; sealedAt: number; bytes: number };

export class Checkpoint {
  readonly #file: CheckpointFile;
  readonly #key: CryptoKey;
  readonly #batch: string;
  readonly #crypto: Crypto;
  readonly #batchCheck: number;
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
    this.#batchCheck = crc32(new TextEncoder().encode(batch));
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
    const record = new Uint8Array(HEADER_BYTES + sealed.length);
    const view = viewOf(record);
    view.setUint32(0, sealed.length);
    record.set(iv, LENGTH_BYTES);
    view.setUint32(LENGTH_BYTES + IV_BYTES, this.#headerCheck(record));
    record.set(sealed, HEADER_BYTES);
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
  #headerAt(at: number): Header | undefined {
    const bytes = this.#readWhole(at, HEADER_BYTES);
    if (bytes === undefined || !this.#isHeader(bytes, 0)) return undefined;
    const iv = bytes.slice(LENGTH_BYTES, LENGTH_BYTES + IV_BYTES);
    return { iv, sealedAt: at + HEADER_BYTES, bytes: viewOf(bytes).getUint32(0) };
  }

  #isHeader(bytes: Uint8Array, at: number): boolean {
    const view = viewOf(bytes);
    const length = view.getUint32(at);
    if (length < TAG_BYTES || length > RECORD_BYTES_MAX) return false;
    const header = bytes.subarray(at, at + HEADER_BYTES);
    return view.getUint32(at + LENGTH_BYTES + IV_BYTES) === this.#headerCheck(header);
  }

  #headerCheck(header: Uint8Array): number {
    return crc32(header.subarray(0, LENGTH_BYTES + IV_BYTES), this.#batchCheck);
  }

  /** Whether what does not open at `at` is the last append, cut short: each is flushed before the next begins, so none is behind it. */
  #isTorn(at: number): boolean {
    const size = this.#file.getSize();
    const header = this.#headerAt(at);
    if (header !== undefined) return header.sealedAt + header.bytes >= size;
    // A crash may leave a file that has grown already and whose bytes have not arrived; what arrived is no other than what was written.
    return !this.#hasForeignHeader(at) && !this.#hasHeader(at + 1, size);
  }

  /** Whether the bytes of a header are there, and are none. */
  #hasForeignHeader(at: number): boolean {
    const isInOneSector = (at % SECTOR_BYTES) + HEADER_BYTES <= SECTOR_BYTES;
    return isInOneSector && (this.#readWhole(at, HEADER_BYTES)?.some((octet) => octet !== 0) ?? false);
  }

  /** Whether a record begins anywhere from `start` on: by chance one does in four thousand million places, and then nothing is cut off. */
  #hasHeader(start: number, size: number): boolean {
    for (let at = start; at + HEADER_BYTES <= size; at += SLICE_BYTES) {
      const slice = this.#readWhole(at, Math.min(SLICE_BYTES + HEADER_BYTES - 1, size - at));
      if (slice === undefined) return true;
      for (let place = 0; place + HEADER_BYTES <= slice.length; place += 1) {
        if (this.#isHeader(slice, place)) return true;
      }
    }
    return false;
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

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  new DataView(buffer, byteOffset, byteLength);
