/**
 * The certificates of a batch, as the ledger is to keep them.
 * @module
 */
import 'server-only';
import { createHash, X509Certificate } from 'node:crypto';
import { SUBJECT_ATTRIBUTES, type Subject } from '@/lib/pki/subject';

/** What the ledger keeps of one certificate. */
export type BatchCertificate = {
  certificateId: string;
  serial: string;
  commonName: string;
  /** The whole name in its own order, and the attributes that a subject of ours knows. */
  subject: { text: string; fields: Subject; keyOrigin: 'console' };
  notBefore: Date;
  notAfter: Date;
};

/**
 * Looks at the certificates once more, where the browser cannot interfere. By OpenSSL, which is many times faster than the library that
 * shows certificates.
 *
 * @param certificates - DER in base64
 * @returns in their order; undefined for what is no device certificate that this CA signed
 */
export function readBatchCertificates(
  certificates: readonly string[],
  caPem: string,
): (BatchCertificate | undefined)[] {
  const ca = new X509Certificate(caPem);
  return certificates.map((certificate) => read(Buffer.from(certificate, 'base64'), ca));
}

function read(der: Buffer, ca: X509Certificate): BatchCertificate | undefined {
  const certificate = parse(der);
  if (certificate === undefined || certificate.ca) return undefined;
  // What is behind the certificate would be hashed with it, and AWS would know it by another id.
  if (!certificate.raw.equals(der)) return undefined;
  if (!certificate.checkIssued(ca) || !certificate.verify(ca.publicKey)) return undefined;
  const subject = subjectOf(certificate);
  return {
    certificateId: createHash('sha256').update(der).digest('hex'),
    serial: certificate.serialNumber.toLowerCase(),
    commonName: subject.fields.commonName ?? '',
    subject,
    notBefore: new Date(certificate.validFrom),
    notAfter: new Date(certificate.validTo),
  };
}

function parse(der: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

function subjectOf(certificate: X509Certificate): BatchCertificate['subject'] {
  const given = new Map(Object.entries(certificate.toLegacyObject().subject));
  const subject: BatchCertificate['subject'] = {
    text: certificate.subject.split('\n').join(', '),
    fields: {},
    keyOrigin: 'console',
  };
  for (const { field, shortName } of SUBJECT_ATTRIBUTES) {
    const values = given.get(shortName);
    const value: unknown = Array.isArray(values) ? values[0] : values;
    if (typeof value === 'string') subject.fields[field] = value;
  }
  return subject;
}
