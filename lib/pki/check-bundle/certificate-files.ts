/**
 * The certificates of a device's files. Of a batch most of them are the same again and again: a chain file begins with the certificate
 * that is the file before it, and what follows is the same for all devices, so neither is read twice.
 * @module
 */
import { type Bytes, equalBytes } from '@/lib/pki/bytes';
import { decodeText } from '@/lib/pki/decode-text';
import { parsePem } from '@/lib/pki/pem';
import { type LeafCertificate, readLeaf } from './read-leaf';

export type ReadCertificate = { der: Bytes; certificate: LeafCertificate };

/** Leaf first. The issuers of two chains are the same array as long as the files have the same text. */
export type CertificateChain = { leaf: ReadCertificate; issuers: readonly ReadCertificate[] };

const BEGIN = '-----BEGIN ';
const END = '-----END CERTIFICATE-----';
const NOBODY: readonly ReadCertificate[] = [];

type Read = { text: string; certificates: readonly ReadCertificate[] };

export class CertificateFiles {
  #leaf: Read = { text: '', certificates: [] };
  #issuers: Read = { text: '', certificates: [] };

  /** @returns undefined where the file has none, or one that cannot be read */
  read(content: Bytes): CertificateChain | undefined {
    const text = decodeText(content);
    if (typeof text !== 'string') {
      const leaf = readOne(content);
      return leaf && { leaf, issuers: NOBODY };
    }
    const end = text.indexOf(END);
    const [first, rest] =
      end < 0 ? [text, ''] : [text.slice(0, end + END.length), text.slice(end + END.length)];
    if (first !== this.#leaf.text) this.#leaf = { text: first, certificates: readAll(first) ?? [] };
    const [leaf] = this.#leaf.certificates;
    if (leaf === undefined) return undefined;
    if (!rest.includes(BEGIN)) return { leaf, issuers: NOBODY };
    if (rest !== this.#issuers.text) {
      const certificates = readAll(rest);
      if (certificates === undefined) return undefined;
      this.#issuers = { text: rest, certificates };
    }
    return { leaf, issuers: this.#issuers.certificates };
  }
}

/**
 * Leaf first, then who signed it, and so on: the bags of PKCS #12 have no order. What does not follow stays at the end.
 *
 * @param isOwn whether a certificate is the device's
 * @returns undefined where there is none, or one that cannot be read
 */
export function inOrder(
  certificates: readonly Bytes[],
  isOwn: (der: Bytes) => boolean,
): CertificateChain | undefined {
  const left = certificates.map(readOne).filter((read) => read !== undefined);
  const leaf = left.find(({ der }) => isOwn(der)) ?? left[0];
  if (leaf === undefined || left.length < certificates.length) return undefined;
  const issuers: ReadCertificate[] = [];
  for (let last = leaf; ; ) {
    left.splice(left.indexOf(last), 1);
    const { issuerName } = last.certificate;
    const next = left.find(({ certificate }) => equalBytes(certificate.subjectName, issuerName)) ?? left[0];
    if (next === undefined) return { leaf, issuers };
    issuers.push(next);
    last = next;
  }
}

function readAll(pem: string): readonly ReadCertificate[] | undefined {
  const blocks = parsePem(pem);
  if (!blocks.ok) return undefined;
  const ders = blocks.value.filter(({ label }) => label === 'CERTIFICATE');
  const certificates = ders.map(({ der }) => readOne(der)).filter((read) => read !== undefined);
  return certificates.length < ders.length ? undefined : certificates;
}

function readOne(der: Bytes): ReadCertificate | undefined {
  const certificate = readLeaf(der);
  return certificate && { der, certificate };
}
