/**
 * A certificate as plain facts: what screens show and what travels between server, page and worker.
 * @module
 */
import { ok, type Result } from '@/lib/result';
import { equalBytes, toHex } from './bytes';
import { type CertificateFault, readCertificate } from './certificate';
import { certificateId, shortCertificateId } from './certificate-id';
import { readCertificateStructure } from './certificate-structure';
import { type ExtensionFacts, extensionFacts } from './extension-facts';
import { type NameFacts, nameFacts } from './name-facts';
import { type PublicKeyFacts, publicKeyFacts } from './public-key';
import { signatureAlgorithmName } from './signature-algorithm';
import type { x509 } from './x509';

/** Dates are ISO 8601, fingerprints and ids lower-case hex without colons. */
export type CertificateFacts = {
  certificateId: string;
  shortId: string;
  sha256: string;
  sha1: string;
  /** 1 for what `openssl x509 -req` makes without an extension file, else 3. */
  version: number;
  serialHex: string;
  serialDecimal: string;
  subject: NameFacts;
  issuer: NameFacts;
  notBefore: string;
  notAfter: string;
  publicKey: PublicKeyFacts;
  signatureAlgorithm: string;
  /** basicConstraints says CA:TRUE; a version 1 certificate never does. */
  isCa: boolean;
  /** Subject and issuer are the same name; says nothing about the signature. */
  isSelfIssued: boolean;
  extensions: ExtensionFacts[];
};

/** The facts of the first certificate in a PEM text, or of DER bytes. */
export async function inspectCertificate(
  input: string | Uint8Array,
  crypto: Crypto,
): Promise<Result<CertificateFacts, CertificateFault>> {
  const certificate = readCertificate(input);
  return certificate.ok ? ok(await certificateFacts(certificate.value, crypto)) : certificate;
}

export async function certificateFacts(
  certificate: x509.X509Certificate,
  crypto: Crypto,
): Promise<CertificateFacts> {
  const der = new Uint8Array(certificate.rawData);
  const { version, extensions } = readCertificateStructure(der) ?? { version: 0, extensions: [] };
  const facts = extensions.map(extensionFacts);
  const id = await certificateId(der, crypto);
  const serialHex = certificate.serialNumber.toLowerCase();
  return {
    certificateId: id,
    shortId: shortCertificateId(id),
    sha256: id,
    sha1: toHex(new Uint8Array(await crypto.subtle.digest('SHA-1', der))),
    version,
    serialHex,
    serialDecimal: BigInt(`0x${serialHex || '0'}`).toString(),
    subject: nameFacts(certificate.subjectName),
    issuer: nameFacts(certificate.issuerName),
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    publicKey: publicKeyFacts(certificate.publicKey),
    signatureAlgorithm: signatureAlgorithmName(certificate),
    isCa: isCaCertificate(facts),
    isSelfIssued: hasSameName(certificate.subjectName, certificate.issuerName),
    extensions: facts,
  };
}

function isCaCertificate(extensions: ExtensionFacts[]): boolean {
  return extensions.some(({ name, value }) => name === 'basicConstraints' && value.startsWith('CA:TRUE'));
}

/** Byte by byte, as AWS and our broker find an issuer (RFC 5280 §7.1 would allow more; no CA here needs it). */
export function hasSameName(left: x509.Name, right: x509.Name): boolean {
  return equalBytes(new Uint8Array(left.toArrayBuffer()), new Uint8Array(right.toArrayBuffer()));
}
