/**
 * Reads a ZIP of any size without holding it (APPNOTE 6.3.10, Zip64 included): the directory in parts, then any file by its place.
 * @module
 */
import { inflateSync } from 'fflate';
import { fail, ok, type Result } from '@/lib/result';
import { UINT16_MAX, UINT32_MAX } from './zip-records';

/** A hundred thousand devices with every kind of file, and some. */
export const ARCHIVE_FILES_MAX = 1_600_000;
/** As many headers with long names. */
const DIRECTORY_BYTES_MAX = 512 * 1024 * 1024;
/** What is read of the archive at once: files that lie side by side cost one read. */
const WINDOW_BYTES = 1024 * 1024;

export type ArchiveFault =
  | { kind: 'archive-not-zip' }
  | { kind: 'archive-damaged' }
  | { kind: 'archive-encrypted' }
  /** Neither stored nor deflated. */
  | { kind: 'archive-compression' }
  | { kind: 'archive-too-many-files'; filesMax: number }
  | { kind: 'archive-name-twice'; name: string };

const EOCD_BYTES = 22;
const LOCATOR_BYTES = 20;
const COMMENT_BYTES_MAX = 65_535;
const STORED = 0;
const DEFLATED = 8;

type Directory = { files: number; offset: number; bytes: number };

export class ZipReader {
  readonly #archive: Blob;
  readonly #indexes = new Map<string, number>();
  readonly #offsets: Float64Array;
  readonly #packedBytes: Float64Array;
  readonly #fileBytes: Float64Array;
  readonly #methods: Uint8Array;
  readonly #isTaken: Uint8Array;
  #window: { at: number; bytes: Uint8Array<ArrayBuffer> } = { at: 0, bytes: new Uint8Array() };

  private constructor(archive: Blob, files: number) {
    this.#archive = archive;
    this.#offsets = new Float64Array(files);
    this.#packedBytes = new Float64Array(files);
    this.#fileBytes = new Float64Array(files);
    this.#methods = new Uint8Array(files);
    this.#isTaken = new Uint8Array(files);
  }

  static async open(archive: Blob): Promise<Result<ZipReader, ArchiveFault>> {
    const directory = await findDirectory(archive);
    if (!directory.ok) return directory;
    const reader = new ZipReader(archive, directory.value.files);
    const fault = await reader.#readDirectory(directory.value);
    return fault === undefined ? ok(reader) : fail(fault);
  }

  names(): IterableIterator<string> {
    return this.#indexes.keys();
  }

  /** Whether the file is there; from now on it is one that was asked for. */
  take(name: string): boolean {
    const index = this.#indexes.get(name);
    if (index !== undefined) this.#isTaken[index] = 1;
    return index !== undefined;
  }

  /** What nobody took. */
  *untaken(): Generator<string, void> {
    for (const [name, index] of this.#indexes) if (this.#isTaken[index] === 0) yield name;
  }

  /** @returns undefined where the file is not there, longer than `bytesMax`, or does not unpack */
  async read(name: string, bytesMax: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const index = this.#indexes.get(name) ?? -1;
    const fileBytes = this.#fileBytes[index];
    const packedBytes = this.#packedBytes[index];
    if (fileBytes === undefined || packedBytes === undefined || fileBytes > bytesMax) return undefined;
    const at = await this.#contentAt(index);
    if (at === undefined || packedBytes > bytesMax + UINT16_MAX) return undefined;
    const packed = await this.#range(at, packedBytes);
    if (this.#methods[index] === STORED) return packed.length === fileBytes ? packed.slice() : undefined;
    return inflatedWhole(packed, fileBytes);
  }

  /** For files that are long; undefined where it is not there. */
  async stream(name: string): Promise<ReadableStream<Uint8Array<ArrayBuffer>> | undefined> {
    const index = this.#indexes.get(name) ?? -1;
    const at = await this.#contentAt(index);
    if (at === undefined) return undefined;
    const packed = this.#archive.slice(at, at + (this.#packedBytes[index] ?? 0)).stream();
    return this.#methods[index] === STORED ? packed : inflated(packed);
  }

  async #readDirectory({ files, offset, bytes }: Directory): Promise<ArchiveFault | undefined> {
    const utf8 = new TextDecoder();
    const end = offset + bytes;
    let at = offset;
    let index = 0;
    for (; index < files; index += 1) {
      const fixed = await this.#range(at, 46);
      const view = viewOf(fixed);
      if (fixed.length < 46 || view.getUint32(0, true) !== 0x02014b50) return { kind: 'archive-damaged' };
      const lengths = [28, 30, 32].map((place) => view.getUint16(place, true));
      const [nameBytes = 0, extraBytes = 0, commentBytes = 0] = lengths;
      const rest = await this.#range(at + 46, nameBytes + extraBytes);
      if (rest.length < nameBytes + extraBytes || at > end) return { kind: 'archive-damaged' };
      at += 46 + nameBytes + extraBytes + commentBytes;
      const name = utf8.decode(rest.subarray(0, nameBytes));
      // A folder has no content of its own.
      if (name.endsWith('/')) continue;
      if ((view.getUint16(8, true) & 1) !== 0) return { kind: 'archive-encrypted' };
      const method = view.getUint16(10, true);
      if (method !== STORED && method !== DEFLATED) return { kind: 'archive-compression' };
      if (this.#indexes.has(name)) return { kind: 'archive-name-twice', name };
      const sizes = bigSizes(
        rest.subarray(nameBytes),
        [24, 20, 42].map((place) => view.getUint32(place, true)),
      );
      const [fileBytes = 0, packedBytes = 0, localAt = 0] = sizes;
      this.#indexes.set(name, index);
      this.#offsets[index] = localAt;
      this.#packedBytes[index] = packedBytes;
      this.#fileBytes[index] = fileBytes;
      this.#methods[index] = method;
    }
    return undefined;
  }

  /** 4.3.7: the local header may have a longer extra field than the directory says. */
  async #contentAt(index: number): Promise<number | undefined> {
    const headerAt = this.#offsets[index];
    if (headerAt === undefined) return undefined;
    const header = await this.#range(headerAt, 30);
    const view = viewOf(header);
    if (header.length < 30 || view.getUint32(0, true) !== 0x04034b50) return undefined;
    return headerAt + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  }

  /** Valid until the next call; shorter where the archive ends. */
  async #range(at: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const { at: from, bytes } = this.#window;
    if (at >= from && at + length <= from + bytes.length)
      return bytes.subarray(at - from, at - from + length);
    const to = Math.min(this.#archive.size, at + Math.max(length, WINDOW_BYTES));
    const read = new Uint8Array(await this.#archive.slice(at, to).arrayBuffer());
    this.#window = { at, bytes: read };
    return read.subarray(0, length);
  }
}

/** 4.3.16: at the very end, behind it only a comment. */
async function findDirectory(archive: Blob): Promise<Result<Directory, ArchiveFault>> {
  const tailAt = Math.max(0, archive.size - EOCD_BYTES - COMMENT_BYTES_MAX - LOCATOR_BYTES);
  const tail = new Uint8Array(await archive.slice(tailAt).arrayBuffer());
  const view = viewOf(tail);
  for (let at = tail.length - EOCD_BYTES; at >= 0; at -= 1) {
    const isEnd = view.getUint32(at, true) === 0x06054b50;
    if (!isEnd || at + EOCD_BYTES + view.getUint16(at + 20, true) !== tail.length) continue;
    const plain = {
      files: view.getUint16(at + 10, true),
      bytes: view.getUint32(at + 12, true),
      offset: view.getUint32(at + 16, true),
    };
    const isPlain = plain.files < UINT16_MAX && plain.bytes < UINT32_MAX && plain.offset < UINT32_MAX;
    const directory = isPlain ? plain : await zip64Directory(archive, view, at - LOCATOR_BYTES);
    if (directory === undefined) return fail({ kind: 'archive-damaged' });
    const { files, bytes, offset } = directory;
    if (files > ARCHIVE_FILES_MAX || bytes > DIRECTORY_BYTES_MAX) {
      return fail({ kind: 'archive-too-many-files', filesMax: ARCHIVE_FILES_MAX });
    }
    return offset + bytes <= archive.size ? ok(directory) : fail({ kind: 'archive-damaged' });
  }
  return fail({ kind: 'archive-not-zip' });
}

/** 4.3.14 and 4.3.15. */
async function zip64Directory(
  archive: Blob,
  tail: DataView,
  locatorAt: number,
): Promise<Directory | undefined> {
  if (locatorAt < 0 || tail.getUint32(locatorAt, true) !== 0x07064b50) return undefined;
  const recordAt = Number(tail.getBigUint64(locatorAt + 8, true));
  const record = viewOf(new Uint8Array(await archive.slice(recordAt, recordAt + 56).arrayBuffer()));
  if (record.byteLength < 56 || record.getUint32(0, true) !== 0x06064b50) return undefined;
  const [files, bytes, offset] = [32, 40, 48].map((at) => Number(record.getBigUint64(at, true)));
  return files === undefined || bytes === undefined || offset === undefined
    ? undefined
    : { files, bytes, offset };
}

/** 4.5.3: what does not fit 32 bits stands in the extra field, in this order. */
function bigSizes(extra: Uint8Array, sizes: readonly number[]): number[] {
  if (!sizes.includes(UINT32_MAX)) return [...sizes];
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 0x0001) continue;
    let place = at + 4;
    return sizes.map((size) => {
      if (size !== UINT32_MAX || place + 8 > extra.length) return size;
      place += 8;
      return Number(view.getBigUint64(place - 8, true));
    });
  }
  return [...sizes];
}

function inflated(packed: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return packed.pipeThrough(new DecompressionStream('deflate-raw'));
}

/**
 * At once: a stream for each of a few hundred thousand files of a kilobyte costs more than their bytes.
 *
 * @returns undefined where it is not exactly so long: what an archive says of its files bounds them, and nothing else does
 */
function inflatedWhole(packed: Uint8Array, bytes: number): Uint8Array<ArrayBuffer> | undefined {
  try {
    // One more than there may be: the library stops at the end of what it is given, so more than that shows in it.
    const content = inflateSync(packed, { out: new Uint8Array(bytes + 1) });
    return content.length === bytes ? Uint8Array.from(content) : undefined;
  } catch {
    return undefined;
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
