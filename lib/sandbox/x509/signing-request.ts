/**
 * A certificate signing request (PKCS#10, RFC 2986) as the sandbox judges it: by `node:crypto`.
 * @module
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type DerElement, derElements, oidText } from './der';

export type SigningRequest = {
  /** The relative distinguished names of the subject as they stand, each a SET. */
  subject: readonly DerElement[];
  publicKey: KeyObject;
};

/** What a request may be signed with. SHA-1 is among them: Amazon's own mobile SDKs have signed theirs so. */
const DIGESTS: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.5', 'sha1'],
  ['1.2.840.113549.1.1.11', 'sha256'],
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
  ['1.2.840.10045.4.1', 'sha1'],
  ['1.2.840.10045.4.3.2', 'sha256'],
  ['1.2.840.10045.4.3.3', 'sha384'],
  ['1.2.840.10045.4.3.4', 'sha512'],
]);

const PEM =
  /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([A-Za-z0-9+/=\s]+)-----END (?:NEW )?CERTIFICATE REQUEST-----/;

/** The request in a PEM text, or undefined when there is none that can be read and is signed by the key it carries. */
export function parseSigningRequest(pem: string): SigningRequest | undefined {
  const base64 = PEM.exec(pem)?.[1];
  if (base64 === undefined) return undefined;
  const [outer] = derElements(Buffer.from(base64, 'base64')) ?? [];
  const [info, algorithm, signature] = elementsIn(outer);
  const [, subject, key] = elementsIn(info);
  const [oid] = elementsIn(algorithm);
  if (!info || !signature || !subject || !key || !oid) return undefined;
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key.raw), format: 'der', type: 'spki' });
    const digest = DIGESTS.get(oidText(oid.content));
    // The first octet of a BIT STRING counts its unused bits.
    const isSigned = digest && verify(digest, info.raw, publicKey, signature.content.subarray(1));
    return isSigned ? { subject: elementsIn(subject), publicKey } : undefined;
  } catch {
    return undefined; // no key, or a signature of another kind than the key
  }
}

const elementsIn = (element: DerElement | undefined): DerElement[] =>
  (element && derElements(element.content)) ?? [];
