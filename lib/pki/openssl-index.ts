/**
 * The database of `openssl ca`, which Easy-RSA keeps as `pki/index.txt`: what a CA has issued and revoked.
 * OpenSSL manual, openssl-ca(1), "database".
 * @module
 */

/** `serial` is lower-case hex without leading zeros. `R` is revoked, `V` valid, `E` expired. */
export type IndexEntry = { status: 'V' | 'R' | 'E'; serial: string; name: string };

/** Six fields with tabs between them: status, expiry, revocation, serial, file, name. */
const LINE = /^([VRE])\t[^\t]*\t[^\t]*\t([0-9A-Fa-f]+)\t[^\t]*\t(.*)$/;

/** Lines of a text that is no such database give none. */
export function parseOpensslIndex(text: string): IndexEntry[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, status, serial, name = ''] = LINE.exec(line) ?? [];
    if ((status !== 'V' && status !== 'R' && status !== 'E') || serial === undefined) return [];
    return [{ status, serial: serial.toLowerCase().replace(/^0+(?=.)/, ''), name }];
  });
}
