/**
 * The one place where a certificate is put together and signed; what kind it is comes in as extensions.
 * @module
 */
import type { Bytes } from './bytes';
import type { PkiContext } from './context';
import { signingAlgorithm } from './key-algorithm';
import { printPem } from './pem';
import { randomSerialNumber } from './serial-number';
import type { Validity } from './validity';
import { x509 } from './x509';

/** A finished certificate in both forms. */
export type IssuedCertificate = { der: Bytes; pem: string };

type CertificateRequest = {
  subject: x509.Name;
  /** The issuer's own name object, so that its string types are kept and the bytes are equal (RFC 5280 §6.1.3). */
  issuer: x509.Name;
  validity: Validity;
  publicKey: x509.PublicKey;
  signingKey: CryptoKey;
  extensions: x509.Extension[];
};

export async function issueCertificate(
  { subject, issuer, validity, publicKey, signingKey, extensions }: CertificateRequest,
  { crypto }: PkiContext,
): Promise<IssuedCertificate> {
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber: randomSerialNumber(crypto),
      subject,
      issuer,
      notBefore: validity.notBefore,
      notAfter: validity.notAfter,
      publicKey,
      signingKey,
      signingAlgorithm: signingAlgorithm(signingKey),
      extensions,
    },
    crypto,
  );
  const der = new Uint8Array(certificate.rawData);
  return { der, pem: printPem('CERTIFICATE', der) };
}
