/** CRC-32 of ZIP (APPNOTE 4.4.7), eight octets a step ("slicing by 8"): an archive of a batch runs all its bytes through it. */
const TABLES = makeTables();

/**
 * As an unsigned 32-bit number.
 * @param before of the bytes before these
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES;
  const whole = bytes.length - (bytes.length % 8);
  let crc = ~before;
  for (let at = 0; at < whole; at += 8) {
    const low = view.getInt32(at, true) ^ crc;
    const high = view.getInt32(at + 4, true);
    crc =
      entry(t7, low & 0xff) ^
      entry(t6, (low >>> 8) & 0xff) ^
      entry(t5, (low >>> 16) & 0xff) ^
      entry(t4, low >>> 24) ^
      entry(t3, high & 0xff) ^
      entry(t2, (high >>> 8) & 0xff) ^
      entry(t1, (high >>> 16) & 0xff) ^
      entry(t0, high >>> 24);
  }
  for (let at = whole; at < bytes.length; at += 1) {
    crc = (crc >>> 8) ^ entry(t0, (crc ^ view.getUint8(at)) & 0xff);
  }
  return ~crc >>> 0;
}

type Table = Int32Array;

/** The index is an octet and a table has 256 entries; without a fallback the compiler sees a hole. */
function entry(table: Table, octet: number): number {
  return table[octet] ?? 0;
}

function makeTables(): [Table, Table, Table, Table, Table, Table, Table, Table] {
  const first = Int32Array.from({ length: 256 }, (_, octet) => {
    let crc = octet;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  });
  const next = (before: Table) => before.map((crc) => (crc >>> 8) ^ entry(first, crc & 0xff));
  const [second, third] = [next(first), next(next(first))];
  const [fourth, fifth] = [next(third), next(next(third))];
  const [sixth, seventh] = [next(fifth), next(next(fifth))];
  return [first, second, third, fourth, fifth, sixth, seventh, next(seventh)];
}
