/**
 * How the ledger may have spelled a serial number: as in the certificate, with a leading zero octet where its first bit is set, or a
 * zero that makes the digits even.
 *
 * @param serial - hex digits in any case, without separators
 */
export function serialSpellings(serial: string): string[] {
  const bare = serial.toLowerCase().replace(/^0+(?=.)/, '');
  const even = bare.length % 2 === 0 ? bare : `0${bare}`;
  return [...new Set([bare, even, `00${even}`])];
}
