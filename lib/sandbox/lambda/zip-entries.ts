/**
 * ZIP archives by their central directory: APPNOTE.TXT 4.3.7 (local header), 4.3.12 (directory), 4.3.16 (its end). No ZIP64, which is for
 * 4 GB and more.
 * @module
 */
import { crc32, inflateRawSync } from 'node:zlib';

const END = { signature: 0x06054b50, bytes: 22, commentBytesMax: 0xffff };
const DIRECTORY = { signature: 0x02014b50, bytes: 46 };
const LOCAL = { signature: 0x04034b50, bytes: 30 };
const UTF8_FLAG = 0x0800;

export type ZipEntry = {
  name: string;
  /** 0 for stored, 8 for DEFLATE. */
  method: number;
  packedBytes: number;
  unpackedBytes: number;
  /** CRC-32 of the unpacked bytes. */
  checksum: number;
  /** Where its local header is. */
  offset: number;
};

/**
 * What an archive says it holds, one after the other, so that who asks can stop early.
 *
 * @throws RangeError when it is no ZIP archive
 */
export function* zipEntries(zip: Buffer): Generator<ZipEntry> {
  const end = endOf(zip);
  const count = zip.readUInt16LE(end + 8);
  let at = zip.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    requireSignature(zip, at, DIRECTORY.signature);
    const nameAt = at + DIRECTORY.bytes;
    const nameEnd = nameAt + zip.readUInt16LE(at + 28);
    const isUtf8 = (zip.readUInt16LE(at + 8) & UTF8_FLAG) !== 0;
    yield {
      name: zip.toString(isUtf8 ? 'utf8' : 'latin1', nameAt, nameEnd),
      method: zip.readUInt16LE(at + 10),
      packedBytes: zip.readUInt32LE(at + 20),
      unpackedBytes: zip.readUInt32LE(at + 24),
      checksum: zip.readUInt32LE(at + 16),
      offset: zip.readUInt32LE(at + 42),
    };
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
}

/**
 * The bytes of an entry: as many as it says, and no more are ever unpacked.
 *
 * @throws Error when they are not what the entry says
 */
export function unpackedEntry(zip: Buffer, entry: ZipEntry): Buffer {
  const { offset, method, packedBytes, unpackedBytes, checksum } = entry;
  requireSignature(zip, offset, LOCAL.signature);
  const start = offset + LOCAL.bytes + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
  if (start + packedBytes > zip.length) throw new RangeError('the entry ends outside of the archive');
  const packed = zip.subarray(start, start + packedBytes);
  // The bound of zlib is at least 1; what is more than the entry says has another length then.
  const bytes = method === 8 ? inflateRawSync(packed, { maxOutputLength: unpackedBytes + 1 }) : packed;
  if (bytes.length !== unpackedBytes || (method !== 0 && method !== 8)) {
    throw new RangeError('the entry has another length or method');
  }
  if (crc32(bytes) !== checksum) throw new RangeError('the entry has another checksum');
  return bytes;
}

function endOf(zip: Buffer): number {
  const last = zip.length - END.bytes;
  for (let at = last; at >= Math.max(0, last - END.commentBytesMax); at -= 1) {
    if (zip.readUInt32LE(at) === END.signature) return at;
  }
  throw new RangeError('there is no end of a central directory');
}

function requireSignature(zip: Buffer, at: number, signature: number): void {
  if (zip.readUInt32LE(at) !== signature) throw new RangeError('there is no header where one should be');
}
