/**
 * The records of a ZIP with stored entries (PKWARE APPNOTE 6.3.10, section numbers below), Zip64 where the plain fields are too small.
 * @module
 */

/** Past these the plain fields say "look into the Zip64 record" (4.4.1.4). */
export const UINT16_MAX = 0xffff;
export const UINT32_MAX = 0xffffffff;

/** 4.4.4 bit 11: names are UTF-8. */
const UTF8_NAMES = 0x0800;
const ZIP_VERSION = 10;
const ZIP64_VERSION = 45;
/** 4.4.2: made on Unix, so that the mode in the external attributes counts. */
const MADE_BY = (3 << 8) | ZIP64_VERSION;

/** `time` is in DOS form; `offset` is where the local header begins; `mode` is Unix's. */
export type EntryFacts = {
  name: Uint8Array;
  bytes: number;
  crc: number;
  time: number;
  offset: number;
  mode: number;
};

const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
/** The Zip64 extra field with nothing but an offset. */
const FAR_BYTES = 12;

/** Writes headers over each other in one place: what it returns is to be copied before the next one is asked for. */
export class EntryHeaders {
  readonly #bytes = new Uint8Array(CENTRAL_BYTES + UINT16_MAX + FAR_BYTES);
  readonly #view = new DataView(this.#bytes.buffer);

  /** 4.3.7, name included. */
  local(entry: EntryFacts): Uint8Array {
    const view = this.#begin(LOCAL_BYTES, 0x04034b50);
    view.setUint16(4, ZIP_VERSION, true);
    describeEntry(view, 6, entry);
    this.#bytes.set(entry.name, LOCAL_BYTES);
    return this.#bytes.subarray(0, LOCAL_BYTES + entry.name.length);
  }

  /** 4.3.12, name and Zip64 offset (4.5.3) included. */
  central(entry: EntryFacts): Uint8Array {
    const isFar = entry.offset >= UINT32_MAX;
    const extraBytes = isFar ? FAR_BYTES : 0;
    const extraAt = CENTRAL_BYTES + entry.name.length;
    const view = this.#begin(CENTRAL_BYTES, 0x02014b50);
    view.setUint16(4, MADE_BY, true);
    view.setUint16(6, isFar ? ZIP64_VERSION : ZIP_VERSION, true);
    describeEntry(view, 8, entry);
    view.setUint16(30, extraBytes, true);
    view.setUint32(38, entry.mode * 0x10000, true);
    view.setUint32(42, Math.min(entry.offset, UINT32_MAX), true);
    this.#bytes.set(entry.name, CENTRAL_BYTES);
    if (isFar) {
      view.setUint16(extraAt, 0x0001, true);
      view.setUint16(extraAt + 2, 8, true);
      view.setBigUint64(extraAt + 4, BigInt(entry.offset), true);
    }
    return this.#bytes.subarray(0, extraAt + extraBytes);
  }

  #begin(fixedBytes: number, signature: number): DataView {
    this.#bytes.fill(0, 0, fixedBytes);
    this.#view.setUint32(0, signature, true);
    return this.#view;
  }
}

/** 4.4.4 to 4.4.10 stand in the same order in both headers. */
function describeEntry(view: DataView, at: number, { time, crc, bytes, name }: EntryFacts): void {
  view.setUint16(at, UTF8_NAMES, true);
  view.setUint32(at + 4, time, true);
  view.setUint32(at + 8, crc, true);
  view.setUint32(at + 12, bytes, true);
  view.setUint32(at + 16, bytes, true);
  view.setUint16(at + 20, name.length, true);
}

/** `offset` and `bytes` of the central directory. */
export type Directory = { entries: number; offset: number; bytes: number };

/** 4.3.14 to 4.3.16: what stands behind the central directory. */
export function endRecords({ entries, offset, bytes }: Directory): Uint8Array[] {
  const end = record(22, (view) => {
    view.setUint32(0, 0x06054b50, true);
    view.setUint16(8, Math.min(entries, UINT16_MAX), true);
    view.setUint16(10, Math.min(entries, UINT16_MAX), true);
    view.setUint32(12, Math.min(bytes, UINT32_MAX), true);
    view.setUint32(16, Math.min(offset, UINT32_MAX), true);
  });
  const isPlain = entries < UINT16_MAX && offset < UINT32_MAX && bytes < UINT32_MAX;
  return isPlain ? [end] : [zip64End({ entries, offset, bytes }), zip64Locator(offset + bytes), end];
}

function zip64End({ entries, offset, bytes }: Directory): Uint8Array {
  return record(56, (view) => {
    view.setUint32(0, 0x06064b50, true);
    // The size of what follows this field.
    view.setBigUint64(4, 44n, true);
    view.setUint16(12, MADE_BY, true);
    view.setUint16(14, ZIP64_VERSION, true);
    view.setBigUint64(24, BigInt(entries), true);
    view.setBigUint64(32, BigInt(entries), true);
    view.setBigUint64(40, BigInt(bytes), true);
    view.setBigUint64(48, BigInt(offset), true);
  });
}

function zip64Locator(zip64EndAt: number): Uint8Array {
  return record(20, (view) => {
    view.setUint32(0, 0x07064b50, true);
    view.setBigUint64(8, BigInt(zip64EndAt), true);
    view.setUint32(16, 1, true);
  });
}

/** 4.4.6: two-second steps from 1980 on. ZIP knows no time zone; ours are UTC. */
export function dosTime(time: Date): number {
  const year = Math.max(1980, time.getUTCFullYear());
  const date = ((year - 1980) << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate();
  const clock = (time.getUTCHours() << 11) | (time.getUTCMinutes() << 5) | (time.getUTCSeconds() >> 1);
  return ((date << 16) | clock) >>> 0;
}

function record(bytes: number, fill: (view: DataView) => void): Uint8Array {
  const made = new Uint8Array(bytes);
  fill(new DataView(made.buffer));
  return made;
}
