import type { x509 } from './x509';

/** Names of what the library leaves as an OID: old, weak or rare. */
const BY_OID: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.2', 'MD2 with RSA'],
  ['1.2.840.113549.1.1.4', 'MD5 with RSA'],
  ['1.2.840.113549.1.1.14', 'SHA-224 with RSA'],
  ['1.2.840.10040.4.3', 'SHA-1 with DSA'],
  ['2.16.840.1.101.3.4.3.1', 'SHA-224 with DSA'],
  ['2.16.840.1.101.3.4.3.2', 'SHA-256 with DSA'],
  ['1.2.840.10045.4.3.1', 'SHA-224 with ECDSA'],
]);

const FAMILIES: ReadonlyMap<string, string> = new Map([
  ['RSASSA-PKCS1-v1_5', 'RSA'],
  ['RSA-PSS', 'RSASSA-PSS'],
  ['ECDSA', 'ECDSA'],
]);

/** For people: `SHA-256 with RSA`, `SHA-384 with ECDSA`, `Ed25519`; the OID where the algorithm is unknown. */
export function signatureAlgorithmName(signed: x509.X509Certificate | x509.Pkcs10CertificateRequest): string {
  const { name, hash } = signed.signatureAlgorithm;
  if (hash !== undefined) return `${hash.name} with ${FAMILIES.get(name) ?? name}`;
  return BY_OID.get(name) ?? name;
}

/** AWS IoT Developer Guide, "X.509 client certificates": SHA-256, 384, 512 with RSA or ECDSA, SHA-256 with DSA. */
export function isAcceptedByAws(signatureName: string): boolean {
  return (
    /^SHA-(?:256|384|512) with (?:RSA|RSASSA-PSS|ECDSA)$/.test(signatureName) ||
    signatureName === 'SHA-256 with DSA'
  );
}
