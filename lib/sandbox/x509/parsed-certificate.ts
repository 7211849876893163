/**
 * A certificate as the sandbox judges it: by `node:crypto`, not by the library that issues.
 * RFC 5280; AWS IoT Core Developer Guide, "X.509 client certificates".
 * @module
 */
import { createHash, type KeyObject, type X509Certificate } from 'node:crypto';
import { derElements, oidText } from './der';
import { parseX509 } from './parsed-lately';

export type ParsedCertificate = {
  /** Lower-case hex SHA-256 of the DER. */
  certificateId: string;
  /** As `node:crypto` prints it; a certificate's `issuer` equals the `subject` of its CA. */
  subject: string;
  issuer: string;
  /** Dotted decimal. */
  signatureAlgorithm: string;
  /** basicConstraints is there and says CA:TRUE. */
  isCa: boolean;
  /** Epoch milliseconds. */
  notBefore: number;
  notAfter: number;
  publicKey: KeyObject;
  x509: X509Certificate;
};

const BASIC_CONSTRAINTS = '2.5.29.19';

/** The first certificate of a PEM text (text around it is allowed), or undefined when there is none that can be read. */
export function parseCertificate(pem: string): ParsedCertificate | undefined {
  const start = pem.indexOf('-----BEGIN CERTIFICATE-----');
  if (start < 0) return undefined;
  try {
    return fromX509(parseX509(pem.slice(start)));
  } catch {
    return undefined; // OpenSSL's reasons do not reach AWS's callers either
  }
}

function fromX509(x509: X509Certificate): ParsedCertificate | undefined {
  const [outer] = derElements(x509.raw) ?? [];
  const [tbs, algorithm] = (outer && derElements(outer.content)) ?? [];
  const [oid] = (algorithm && derElements(algorithm.content)) ?? [];
  if (!tbs || !oid) return undefined;
  return {
    certificateId: createHash('sha256').update(x509.raw).digest('hex'),
    subject: x509.subject ?? '',
    issuer: x509.issuer ?? '',
    signatureAlgorithm: oidText(oid.content),
    isCa: hasCaBasicConstraints(tbs.content),
    notBefore: Date.parse(x509.validFrom),
    notAfter: Date.parse(x509.validTo),
    publicKey: x509.publicKey,
    x509,
  };
}

/** Whether `certificate` names `ca` as issuer and `ca`'s key made its signature. Dates are not looked at. */
export function isSignedBy(certificate: ParsedCertificate, ca: ParsedCertificate): boolean {
  if (certificate.issuer !== ca.subject) return false;
  try {
    return certificate.x509.verify(ca.publicKey);
  } catch {
    return false; // the key is of another kind than the signature
  }
}

/** TBSCertificate: extensions are its [3]; each is OID, optional critical flag, and an OCTET STRING around the value. */
function hasCaBasicConstraints(tbs: Uint8Array): boolean {
  const wrapper = derElements(tbs)?.find((element) => element.tag === 0xa3);
  const [list] = (wrapper && derElements(wrapper.content)) ?? [];
  for (const extension of (list && derElements(list.content)) ?? []) {
    const parts = derElements(extension.content) ?? [];
    const [oid] = parts;
    const value = parts.at(-1);
    if (!oid || !value || oidText(oid.content) !== BASIC_CONSTRAINTS) continue;
    const [sequence] = derElements(value.content) ?? [];
    const [ca] = (sequence && derElements(sequence.content)) ?? [];
    return ca?.tag === 0x01 && ca.content[0] !== 0;
  }
  return false;
}
