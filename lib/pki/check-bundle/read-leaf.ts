/**
 * What checking a hundred thousand certificates needs of each, without the library's object tree (RFC 5280 §4.1).
 * @module
 */
import { type Bytes, toHex } from '@/lib/pki/bytes';
import { DER_TAG, type DerElement, objectIdentifier, readElements, readSequence } from '@/lib/pki/der';
import { SUBJECT_ATTRIBUTES, type Subject } from '@/lib/pki/subject';

export type LeafCertificate = {
  /** Hex, lower-case, as it stands in the INTEGER. */
  serialHex: string;
  issuerName: Bytes;
  subject: Subject;
  subjectName: Bytes;
  notBefore: Date;
  notAfter: Date;
  publicKeyInfo: Bytes;
  /** What the signature is about, its algorithm's OBJECT IDENTIFIER, and the signature itself. */
  tbs: Bytes;
  signatureAlgorithm: string;
  signature: Bytes;
};

const UTC_TIME = 0x17;
const utf8 = new TextDecoder();

/** @returns undefined for what is no certificate */
export function readLeaf(der: Uint8Array): LeafCertificate | undefined {
  const [tbs, algorithm, signature] = readSequence(der) ?? [];
  const parts = (tbs && readElements(tbs.content)) ?? [];
  // Version 1, which OpenSSL makes by default, leaves the version out.
  const [serial, , issuer, validity, subject, publicKey] =
    parts[0]?.tag === DER_TAG.context0 ? parts.slice(1) : parts;
  const [notBefore, notAfter] = readElements(validity?.content ?? new Uint8Array()) ?? [];
  const signedWith = algorithm && readElements(algorithm.content)?.[0];
  if (!(tbs && serial && issuer && subject && publicKey && signature && notBefore && notAfter && signedWith))
    return undefined;
  const dates = [timeOf(notBefore), timeOf(notAfter)] as const;
  if (signature.tag !== DER_TAG.bitString || dates.some((date) => Number.isNaN(date.getTime())))
    return undefined;
  return {
    serialHex: toHex(serial.content),
    issuerName: issuer.bytes,
    subject: subjectOf(subject),
    subjectName: subject.bytes,
    notBefore: dates[0],
    notAfter: dates[1],
    publicKeyInfo: publicKey.bytes,
    tbs: tbs.bytes,
    signatureAlgorithm: objectIdentifier(signedWith.content),
    signature: signature.content.slice(1),
  };
}

const FIELD_OF_TYPE = new Map<string, (typeof SUBJECT_ATTRIBUTES)[number]['field']>(
  SUBJECT_ATTRIBUTES.map(({ oid, field }) => [oid, field]),
);

/** The first value of each attribute that a subject of ours knows. */
function subjectOf(name: DerElement): Subject {
  const subject: Subject = {};
  for (const { content: set } of readElements(name.content) ?? []) {
    for (const { content: pair } of readElements(set) ?? []) {
      const [type, value] = readElements(pair) ?? [];
      const field = type && FIELD_OF_TYPE.get(objectIdentifier(type.content));
      if (field === undefined || value === undefined) continue;
      subject[field] ??= utf8.decode(value.content);
    }
  }
  return subject;
}

/** RFC 5280 §4.1.2.5: two digits are 1950 to 2049. */
function timeOf({ tag, content }: DerElement): Date {
  const text = utf8.decode(content);
  const whole = tag === UTC_TIME ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text;
  const iso = whole.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  return new Date(iso === whole ? Number.NaN : iso);
}
