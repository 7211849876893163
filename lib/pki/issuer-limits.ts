/**
 * What a CA certificate may stand above, by its own extensions (RFC 5280 §4.2.1.3, §4.2.1.9).
 * @module
 */
import { readCertificateStructure } from './certificate-structure';
import { extensionFacts } from './extension-facts';
import type { x509 } from './x509';

/** keyUsage is there and does not allow signing certificates. */
export function mayNotSignCertificates(certificate: x509.X509Certificate): boolean {
  return valuesOf(certificate, 'keyUsage').some((value) => !value.includes('keyCertSign'));
}

/** How many CAs may stand between it and a device; undefined: any number. */
export function pathLengthOf(certificate: x509.X509Certificate): number | undefined {
  const [value] = valuesOf(certificate, 'basicConstraints');
  const length = /pathlen:(\d+)/.exec(value ?? '')?.[1];
  return length === undefined ? undefined : Number(length);
}

function valuesOf(certificate: x509.X509Certificate, extension: string): string[] {
  const structure = readCertificateStructure(new Uint8Array(certificate.rawData));
  return (structure?.extensions ?? [])
    .map(extensionFacts)
    .filter(({ name }) => name === extension)
    .map(({ value }) => value);
}
