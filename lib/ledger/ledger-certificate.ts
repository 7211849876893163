/**
 * What the ledger keeps of one certificate.
 * @module
 */
import 'server-only';
import { createHash, X509Certificate } from 'node:crypto';
import { SUBJECT_ATTRIBUTES, type Subject } from '@/lib/pki/subject';

/** `device`: its key was not made here. */
type KeyOrigin = 'console' | 'device';

export type LedgerCertificate = {
  certificateId: string;
  serial: string;
  commonName: string;
  /** The whole name in its own order, and the attributes that a subject of ours knows. */
  subject: { text: string; fields: Subject; keyOrigin: KeyOrigin };
  notBefore: Date;
  notAfter: Date;
};

/**
 * Reads by OpenSSL, which is many times faster than the library that shows certificates.
 *
 * @param signedBy - the CA; undefined: whoever signed it
 * @param mayBeCa - it is a device's whatever it says of itself: what `openssl req -x509` signs by itself says that it is a CA
 * @returns undefined for what is no device certificate, or not of this CA
 */
export function readLedgerCertificate(
  der: Buffer,
  {
    keyOrigin,
    signedBy,
    mayBeCa = false,
  }: { keyOrigin: KeyOrigin; signedBy: X509Certificate | undefined; mayBeCa?: boolean },
): LedgerCertificate | undefined {
  const certificate = parse(der);
  if (certificate === undefined || (certificate.ca && !mayBeCa)) return undefined;
  // What is behind the certificate would be hashed with it, and AWS would know it by another id.
  if (!certificate.raw.equals(der)) return undefined;
  if (signedBy && !(certificate.checkIssued(signedBy) && certificate.verify(signedBy.publicKey)))
    return undefined;
  const subject = subjectOf(certificate, keyOrigin);
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

function subjectOf(certificate: X509Certificate, keyOrigin: KeyOrigin): LedgerCertificate['subject'] {
  const given = new Map(Object.entries(certificate.toLegacyObject().subject));
  const subject: LedgerCertificate['subject'] = {
    text: certificate.subject.split('\n').join(', '),
    fields: {},
    keyOrigin,
  };
  for (const { field, shortName } of SUBJECT_ATTRIBUTES) {
    const values = given.get(shortName);
    const value: unknown = Array.isArray(values) ? values[0] : values;
    if (typeof value === 'string') subject.fields[field] = value;
  }
  return subject;
}
