/**
 * Reading one certificate: the only place where bytes become the library's object.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import type { Bytes } from './bytes';
import { readCertificateStructure } from './certificate-structure';
import { decodeText } from './decode-text';
import { type PemFault, parsePem } from './pem';
import { x509 } from './x509';

export type CertificateFault =
  | PemFault
  | { kind: 'certificate-missing'; labels: string[] }
  | { kind: 'certificate-malformed' }
  | { kind: 'certificate-too-big'; bytes: number; bytesMax: number };

/** AWS IoT takes 65 536 characters of PEM (RegisterCACertificate); this is what they hold. */
export const CERTIFICATE_BYTES_MAX = 49_152;

const LABELS = ['CERTIFICATE', 'X509 CERTIFICATE'];

/** The first certificate of a PEM text, or the certificate that the bytes are. */
export function readCertificate(input: string | Uint8Array): Result<x509.X509Certificate, CertificateFault> {
  const all = readCertificates(input);
  if (!all.ok) return all;
  const [first] = all.value;
  return first ? ok(first) : fail({ kind: 'certificate-missing', labels: [] });
}

/** All certificates of a PEM text in their order, at least one; other blocks between them are passed over. */
function readCertificates(input: string | Uint8Array): Result<x509.X509Certificate[], CertificateFault> {
  const content = typeof input === 'string' ? input : decodeText(input);
  if (typeof content !== 'string') return parseAll([Uint8Array.from(content)]);
  const blocks = parsePem(content);
  if (!blocks.ok) return blocks;
  const ders = blocks.value.filter(({ label }) => LABELS.includes(label)).map(({ der }) => der);
  if (ders.length > 0) return parseAll(ders);
  return fail({ kind: 'certificate-missing', labels: blocks.value.map(({ label }) => label) });
}

function parseAll(ders: Bytes[]): Result<x509.X509Certificate[], CertificateFault> {
  const tooBig = ders.find(({ length }) => length > CERTIFICATE_BYTES_MAX);
  if (tooBig)
    return fail({ kind: 'certificate-too-big', bytes: tooBig.length, bytesMax: CERTIFICATE_BYTES_MAX });
  const certificates = ders.map(parseCertificateDer).filter((certificate) => certificate !== undefined);
  return certificates.length === ders.length ? ok(certificates) : fail({ kind: 'certificate-malformed' });
}

/** The library reads lazily; what it would throw later is provoked here. */
function parseCertificateDer(der: Bytes): x509.X509Certificate | undefined {
  if (!readCertificateStructure(der)) return undefined;
  try {
    const certificate = new x509.X509Certificate(der);
    const { notBefore, notAfter, publicKey } = certificate;
    const isReadable = !Number.isNaN(notBefore.getTime() + notAfter.getTime());
    return isReadable && publicKey.rawData.byteLength > 0 ? certificate : undefined;
  } catch {
    return undefined;
  }
}
