import type { KeyObject, X509Certificate } from 'node:crypto';
import type { AdmissionFacts } from './admission';

/** AWS IoT Core Developer Guide, "X.509 client certificates": RSA of at least 2048 bits, these curves. */
const RSA_BITS_MIN = 2048;
const CURVES = ['prime256v1', 'secp384r1', 'secp521r1'];

/** What admission asks of the certificate itself; its key only when that matters, because reading it takes a while. */
export function leafFacts(
  x509: X509Certificate,
  { withKey }: { withKey: boolean },
): NonNullable<AdmissionFacts['leaf']> {
  return {
    validity: { notBefore: Date.parse(x509.validFrom), notAfter: Date.parse(x509.validTo) },
    // One line, as people write it: C=IN,O=AMZ.
    issuer: x509.issuer.replaceAll('\n', ','),
    keyFault: withKey ? keyFault(x509) : undefined,
  };
}

/** Names the key when AWS would not register it, undefined when it would. */
function keyFault(x509: X509Certificate): string | undefined {
  let key: KeyObject;
  try {
    key = x509.publicKey;
  } catch {
    // OpenSSL knows no such key; which one it is cannot be said.
    return 'unreadable';
  }
  const type = key.asymmetricKeyType ?? 'unknown';
  const details = key.asymmetricKeyDetails;
  if (type === 'rsa' || type === 'rsa-pss') {
    const bits = details?.modulusLength ?? 0;
    return bits >= RSA_BITS_MIN ? undefined : `RSA ${bits}`;
  }
  if (type === 'ec') {
    const curve = details?.namedCurve ?? 'explicit curve parameters';
    return CURVES.includes(curve) ? undefined : curve;
  }
  return type;
}
