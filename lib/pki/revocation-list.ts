/**
 * Certificate revocation lists. RFC 5280 §5.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import type { Bytes } from './bytes';
import { readCertificate } from './certificate';
import { decodeText } from './decode-text';
import { hasSameName } from './inspect-certificate';
import { parsePem } from './pem';
import { x509 } from './x509';

/** Some forty bytes a certificate: room for more than anybody's function keeps. */
export const REVOCATION_LIST_BYTES_MAX = 1_048_576;

export type RevocationList = {
  /** Serial numbers in lower-case hex without leading zeros. */
  serials: string[];
  /** ISO 8601. */
  thisUpdate: string;
  nextUpdate: string | undefined;
};

export type RevocationListFault =
  | { kind: 'list-too-big'; bytesMax: number }
  | { kind: 'list-missing' }
  | { kind: 'list-malformed' }
  | { kind: 'ca-malformed' }
  /** Another CA has issued it. */
  | { kind: 'issuer-differs'; issuer: string }
  | { kind: 'signature-invalid' };

/** Reads a list, PEM or DER, and makes sure that the CA has signed it. */
export async function readRevocationList(
  input: Uint8Array,
  caPem: string,
  crypto: Crypto,
): Promise<Result<RevocationList, RevocationListFault>> {
  if (input.length > REVOCATION_LIST_BYTES_MAX) {
    return fail({ kind: 'list-too-big', bytesMax: REVOCATION_LIST_BYTES_MAX });
  }
  const ca = readCertificate(caPem);
  if (!ca.ok) return fail({ kind: 'ca-malformed' });
  const der = derOf(input);
  if (der === undefined) return fail({ kind: 'list-missing' });
  try {
    const list = new x509.X509Crl(der);
    if (!hasSameName(list.issuerName, ca.value.subjectName)) {
      return fail({ kind: 'issuer-differs', issuer: list.issuer });
    }
    const { publicKey } = ca.value;
    if (!(await list.verify({ publicKey }, crypto))) return fail({ kind: 'signature-invalid' });
    return ok({
      serials: list.entries.map(({ serialNumber }) => serialNumber.toLowerCase().replace(/^0+(?=.)/, '')),
      thisUpdate: list.thisUpdate.toISOString(),
      nextUpdate: list.nextUpdate?.toISOString(),
    });
  } catch {
    // The library throws of whatever is no list.
    return fail({ kind: 'list-malformed' });
  }
}

function derOf(input: Uint8Array): Bytes | undefined {
  const content = decodeText(input);
  if (typeof content !== 'string') return Uint8Array.from(content);
  const blocks = parsePem(content);
  return blocks.ok ? blocks.value.find(({ label }) => label === 'X509 CRL')?.der : undefined;
}
