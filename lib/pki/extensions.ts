/**
 * The extensions of each kind of certificate that is issued here (RFC 5280 §4.2.1).
 * @module
 */
import { toHex } from './bytes';
import { readCertificateStructure } from './certificate-structure';
import { readElements } from './der';
import { x509 } from './x509';

const SKI_OID = '2.5.29.14';

/**
 * A CA's. `CA:TRUE` is what AWS IoT insists on; no path length, so that the CA may stand above others.
 * Both identifiers are the key's own: the certificate is self-signed.
 */
export async function caExtensions(publicKey: x509.PublicKey, crypto: Crypto): Promise<x509.Extension[]> {
  return [
    new x509.BasicConstraintsExtension(true, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    await x509.SubjectKeyIdentifierExtension.create(publicKey, false, crypto),
    await x509.AuthorityKeyIdentifierExtension.create(publicKey, false, crypto),
  ];
}

/**
 * A CA's below another: it may sign devices and no further CA (path length 0), so that who holds one line's key cannot found a
 * line of his own.
 */
export async function intermediateExtensions(
  publicKey: x509.PublicKey,
  parent: x509.X509Certificate,
  crypto: Crypto,
): Promise<x509.Extension[]> {
  return [
    new x509.BasicConstraintsExtension(true, 0, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    await x509.SubjectKeyIdentifierExtension.create(publicKey, false, crypto),
    await authorityKeyIdentifier(parent, crypto),
  ];
}

/** A leaf's: what it may do, and which key signed it. */
export async function leafExtensions(
  publicKey: x509.PublicKey,
  ca: x509.X509Certificate,
  purpose: 'clientAuth' | 'serverAuth',
  crypto: Crypto,
): Promise<x509.Extension[]> {
  const { digitalSignature, keyEncipherment } = x509.KeyUsageFlags;
  // Only RSA can encipher a key (TLS 1.2's RSA key exchange); on an EC key the bit is meaningless (RFC 8813 §3).
  const isRsa = publicKey.algorithm.name.startsWith('RSA');
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(isRsa ? digitalSignature | keyEncipherment : digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[purpose]]),
    await x509.SubjectKeyIdentifierExtension.create(publicKey, false, crypto),
    await authorityKeyIdentifier(ca, crypto),
  ];
}

/** The CA's own identifier where it has one: other tools compute it in other ways (RFC 5280 §4.2.1.1). */
async function authorityKeyIdentifier(ca: x509.X509Certificate, crypto: Crypto): Promise<x509.Extension> {
  const structure = readCertificateStructure(new Uint8Array(ca.rawData));
  const own = structure?.extensions.find(({ oid }) => oid === SKI_OID);
  const keyId = own && readElements(own.value)?.[0]?.content;
  return keyId
    ? new x509.AuthorityKeyIdentifierExtension(toHex(keyId), false)
    : x509.AuthorityKeyIdentifierExtension.create(ca.publicKey, false, crypto);
}
