/**
 * A ZIP archive whose bytes depend on its files alone: stored, not deflated, and of a fixed time, so that the same package has the
 * same checksum whoever makes it. APPNOTE.TXT (PKWARE) 4.3.
 * @module
 */

export type ArchiveFile = { name: string; bytes: Uint8Array };

/** 1980-01-01, the earliest that the format has (MS-DOS date). */
const EPOCH_DATE = 0x0021;
const VERSION = 20;
/** Names are UTF-8 (APPNOTE 4.4.4, bit 11). */
const UTF8_FLAG = 0x0800;
/** Made by Unix, so that readers take the mode below. */
const MADE_BY = (3 << 8) | VERSION;
/** A regular file that everybody may read: Lambda runs code as another user. */
const MODE = 0o100644;

export function storedZip(files: readonly ArchiveFile[]): Uint8Array<ArrayBuffer> {
  const local: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const encoded = new TextEncoder().encode(name);
    const common = fields(
      [2, VERSION],
      [2, UTF8_FLAG],
      [2, 0],
      [2, 0],
      [2, EPOCH_DATE],
      [4, crc32(bytes)],
      [4, bytes.length],
      [4, bytes.length],
      [2, encoded.length],
      [2, 0],
    );
    local.push(fields([4, 0x04034b50]), common, encoded, bytes);
    central.push(
      fields([4, 0x02014b50], [2, MADE_BY]),
      common,
      fields([2, 0], [2, 0], [2, 0], [4, MODE * 0x10000], [4, offset]),
      encoded,
    );
    offset += 4 + common.length + encoded.length + bytes.length;
  }
  const directory = joined(central);
  const end = fields(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, files.length],
    [2, files.length],
    [4, directory.length],
    [4, offset],
    [2, 0],
  );
  return joined([...local, directory, end]);
}

/** Little-endian numbers of so many bytes. */
function fields(...values: readonly (readonly [size: 2 | 4, value: number])[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.reduce((sum, [size]) => sum + size, 0)));
  let at = 0;
  for (const [size, value] of values) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return new Uint8Array(view.buffer);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The CRC-32 of ZIP and Ethernet, polynomial 0xEDB88320. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
