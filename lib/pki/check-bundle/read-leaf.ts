/**
 * What checking a hundred thousand certificates needs of each, without the library's object tree (RFC 5280 §4.1).
 * @module
 */
import { type Bytes, toHex } from '@/lib/pki/bytes';
import { DER_TAG, objectIdentifier, readHeader } from '@/lib/pki/der';
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
const DIGIT_0 = 0x30;
const LETTER_Z = 0x5a;
const utf8 = new TextDecoder();

type Element = { tag: number; content: Bytes; bytes: Bytes };

/** As `readElements` of lib/pki/der, without copies: the elements are views. */
function elementsOf(bytes: Bytes): Element[] | undefined {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const header = readHeader(bytes, at);
    if (header === undefined) return undefined;
    const { tag, contentAt } = header;
    const end = contentAt + header.length;
    if (end > bytes.length) return undefined;
    elements.push({ tag, content: bytes.subarray(contentAt, end), bytes: bytes.subarray(at, end) });
    at = end;
  }
  return elements;
}

/** @returns undefined for what is no certificate; what it holds are views of `der` */
export function readLeaf(der: Bytes): LeafCertificate | undefined {
  const whole = elementsOf(der);
  const [sequence] = whole ?? [];
  if (whole?.length !== 1 || sequence?.tag !== DER_TAG.sequence) return undefined;
  const [tbs, algorithm, signature] = elementsOf(sequence.content) ?? [];
  const parts = (tbs && elementsOf(tbs.content)) ?? [];
  // Version 1, which OpenSSL makes by default, leaves the version out.
  const [serial, , issuer, validity, subject, publicKey] =
    parts[0]?.tag === DER_TAG.context0 ? parts.slice(1) : parts;
  const [notBefore, notAfter] = elementsOf(validity?.content ?? new Uint8Array()) ?? [];
  const signedWith = algorithm && elementsOf(algorithm.content)?.[0];
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
function subjectOf(name: Element): Subject {
  const subject: Subject = {};
  for (const { content: set } of elementsOf(name.content) ?? []) {
    for (const { content: pair } of elementsOf(set) ?? []) {
      const [type, value] = elementsOf(pair) ?? [];
      const field = type && FIELD_OF_TYPE.get(objectIdentifier(type.content));
      if (field === undefined || value === undefined) continue;
      subject[field] ??= utf8.decode(value.content);
    }
  }
  return subject;
}

/** RFC 5280 §4.1.2.5: two digits are 1950 to 2049; to the second, in UTC. */
function timeOf({ tag, content }: Element): Date {
  const yearDigits = tag === UTC_TIME ? 2 : 4;
  if (content.length !== yearDigits + 11 || content[content.length - 1] !== LETTER_Z)
    return new Date(Number.NaN);
  const number = (from: number, to: number): number => {
    let value = 0;
    for (let at = from; at < to; at += 1) {
      const digit = (content[at] ?? 0) - DIGIT_0;
      value = digit >= 0 && digit <= 9 ? value * 10 + digit : Number.NaN;
    }
    return value;
  };
  const two = (place: number) => number(yearDigits + 2 * place, yearDigits + 2 * place + 2);
  const written = number(0, yearDigits);
  const year = tag === UTC_TIME ? written + (written < 50 ? 2000 : 1900) : written;
  const [month, day, hour, minute, second] = [two(0), two(1), two(2), two(3), two(4)];
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // Months and hours that there are not would run over into the next.
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour;
  return isReal && minute < 60 && second < 60 ? date : new Date(Number.NaN);
}
