/**
 * What a dropped or pasted file is, by its content and never by its name. Private keys are named, never returned.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import { readCertificate } from './certificate';
import { type CsrFault, readCsr } from './csr';
import { decodeText } from './decode-text';
import { type CertificateFacts, certificateFacts } from './inspect-certificate';
import { type CsrFacts, inspectCsr } from './inspect-csr';
import { legacyPemEncryption, openSshFormat, pkcs12Format } from './key-conversion';
import { PEM_BYTES_MAX, type PemBlock, type PemFault, parsePem, printPem } from './pem';
import { recogniseKeyDer } from './pkcs8';

/** `pem` is given for public things only, as one block of our own printing. */
export type Recognised =
  | { kind: 'certificate'; pem: string; facts: CertificateFacts }
  | { kind: 'csr'; pem: string; facts: CsrFacts }
  | { kind: 'csr-refused'; fault: CsrFault }
  /** To be said loudly: this is secret. */
  | { kind: 'private-key'; isEncrypted: boolean }
  /** A key container that must be converted first; `command` is OpenSSL's. */
  | { kind: 'unsupported'; what: string; command: string }
  /** The block says what it is, but is not. */
  | { kind: 'malformed'; label: string }
  | { kind: 'unknown'; label: string };

export type RecogniseFault =
  | PemFault
  | { kind: 'file-too-big'; bytes: number; bytesMax: number }
  | { kind: 'file-unknown' };

/** Everything in the file in its order, at least one item. */
export async function recognise(
  input: string | Uint8Array,
  crypto: Crypto,
): Promise<Result<Recognised[], RecogniseFault>> {
  if (input.length > PEM_BYTES_MAX) {
    return fail({ kind: 'file-too-big', bytes: input.length, bytesMax: PEM_BYTES_MAX });
  }
  const content = typeof input === 'string' ? input : decodeText(input);
  if (typeof content !== 'string') return recogniseDer(content, crypto);
  const blocks = parsePem(content);
  if (!blocks.ok) return blocks;
  return ok(await Promise.all(blocks.value.map((block) => recogniseBlock(block, crypto))));
}

async function recogniseDer(der: Uint8Array, crypto: Crypto): Promise<Result<Recognised[], RecogniseFault>> {
  const known =
    recogniseKey(der) ?? (await recogniseCertificate(der, crypto)) ?? (await recogniseCsr(der, crypto));
  return known ? ok([known]) : fail({ kind: 'file-unknown' });
}

async function recogniseBlock({ label, headers, der }: PemBlock, crypto: Crypto): Promise<Recognised> {
  if (label.endsWith('PRIVATE KEY')) {
    const dekInfo = headers.find((header) => header.startsWith('DEK-Info:'));
    if (dekInfo)
      return unsupported(legacyPemEncryption(dekInfo.slice('DEK-Info:'.length).split(',')[0] ?? ''));
    if (label === 'OPENSSH PRIVATE KEY') return unsupported(openSshFormat());
    return recogniseKey(der) ?? { kind: 'private-key', isEncrypted: label.startsWith('ENCRYPTED') };
  }
  if (label.endsWith('CERTIFICATE REQUEST')) {
    return (await recogniseCsr(der, crypto)) ?? { kind: 'malformed', label };
  }
  if (!label.endsWith('CERTIFICATE')) return { kind: 'unknown', label };
  return (await recogniseCertificate(der, crypto)) ?? { kind: 'malformed', label };
}

function recogniseKey(der: Uint8Array): Recognised | undefined {
  const container = recogniseKeyDer(der);
  if (container === undefined) return undefined;
  if (container === 'pkcs12') return unsupported(pkcs12Format());
  return { kind: 'private-key', isEncrypted: container === 'encrypted-pkcs8' };
}

function unsupported({ what, command }: { what: string; command: string }): Recognised {
  return { kind: 'unsupported', what: what.trim(), command };
}

async function recogniseCertificate(der: Uint8Array, crypto: Crypto): Promise<Recognised | undefined> {
  const certificate = readCertificate(der);
  if (!certificate.ok) return undefined;
  const facts = await certificateFacts(certificate.value, crypto);
  return { kind: 'certificate', pem: printPem('CERTIFICATE', der), facts };
}

/** A request whose signature fails is still a request, and said to be a bad one. */
async function recogniseCsr(der: Uint8Array, crypto: Crypto): Promise<Recognised | undefined> {
  const csr = await readCsr(der, crypto);
  if (!csr.ok)
    return csr.failure.kind === 'csr-malformed' ? undefined : { kind: 'csr-refused', fault: csr.failure };
  const facts = await inspectCsr(der, crypto);
  return facts.ok
    ? { kind: 'csr', pem: printPem('CERTIFICATE REQUEST', der), facts: facts.value }
    : undefined;
}
