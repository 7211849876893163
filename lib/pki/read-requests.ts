/**
 * All signing requests (PKCS#10, RFC 2986) of one file: one in DER, or as many as are in a PEM text.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import { toBase64 } from './bytes';
import { readCertificate } from './certificate';
import { type CsrFault, readCsr } from './csr';
import { decodeText } from './decode-text';
import { readElements, readSequence } from './der';
import { nameFacts } from './name-facts';
import { parsePem } from './pem';
import { recogniseKeyDer } from './pkcs8';
import { checkPublicKey, type PublicKeyFault } from './public-key';
import type { Subject } from './subject';

/** One file with some ten thousand requests. */
export const REQUEST_FILE_BYTES_MAX = 33_554_432;

/** `name` and `publicKey` are the DER of the request's Name and SubjectPublicKeyInfo in base64. */
export type ReadRequest = {
  /** The attributes that a subject of ours knows. */
  subject: Subject;
  /** The name has others besides, or one of them twice: they stay only where the name is taken as it is. */
  hasOtherAttributes: boolean;
  name: string;
  publicKey: string;
};

export type RequestFault = CsrFault | PublicKeyFault;

export type RequestsOfFile = {
  /** In the order of the file; none where it is another kind of file. */
  requests: Result<ReadRequest, RequestFault>[];
  /** To be said loudly: a private key is in the file. */
  hasPrivateKey: boolean;
};

/** Signatures are verified and keys judged as AWS IoT judges them. Of private keys nothing is returned. */
export async function readRequests(bytes: Uint8Array, crypto: Crypto): Promise<RequestsOfFile> {
  const content = decodeText(bytes);
  if (typeof content !== 'string') return readDer(content, crypto);
  const blocks = parsePem(content, REQUEST_FILE_BYTES_MAX);
  if (!blocks.ok) {
    const isOther = blocks.failure.kind === 'pem-missing';
    return { requests: isOther ? [] : [blocks], hasPrivateKey: content.includes('PRIVATE KEY-----') };
  }
  const found: RequestsOfFile = { requests: [], hasPrivateKey: false };
  for (const { label, der } of blocks.value) {
    if (label.endsWith('CERTIFICATE REQUEST')) found.requests.push(await readRequest(der, crypto));
    else if (label.endsWith('PRIVATE KEY')) found.hasPrivateKey = true;
  }
  return found;
}

async function readDer(der: Uint8Array, crypto: Crypto): Promise<RequestsOfFile> {
  if (recogniseKeyDer(der) !== undefined) return { requests: [], hasPrivateKey: true };
  if (readCertificate(der).ok) return { requests: [], hasPrivateKey: false };
  return { requests: [await readRequest(der, crypto)], hasPrivateKey: false };
}

async function readRequest(der: Uint8Array, crypto: Crypto): Promise<Result<ReadRequest, RequestFault>> {
  const csr = await readCsr(der, crypto);
  if (!csr.ok) return csr;
  const keyFault = checkPublicKey(csr.value.publicKey);
  if (keyFault) return fail(keyFault);
  // CertificationRequestInfo: version, subject, subjectPKInfo, attributes (RFC 2986 §4.1).
  const [info] = readSequence(der) ?? [];
  const [, name, publicKey] = readElements(info?.content ?? new Uint8Array()) ?? [];
  if (name === undefined || publicKey === undefined) return fail({ kind: 'csr-malformed' });
  const { fields, attributes } = nameFacts(csr.value.subjectName);
  return ok({
    subject: fields,
    hasOtherAttributes: attributes.length > Object.keys(fields).length,
    name: toBase64(name.bytes),
    publicKey: toBase64(publicKey.bytes),
  });
}
