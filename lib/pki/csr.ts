/**
 * Certificate signing requests (PKCS#10, RFC 2986): made here, or brought by a device.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import type { SubjectRefused } from './ca-certificate';
import { decodeText } from './decode-text';
import { isOneSequence } from './der';
import type { IssuedCertificate } from './issue-certificate';
import { signingAlgorithm } from './key-algorithm';
import { type PemFault, parsePem, printPem } from './pem';
import { checkSubject, type Subject } from './subject';
import { toName } from './subject-name';
import { x509 } from './x509';

export type CsrFault =
  | PemFault
  | { kind: 'csr-missing'; labels: string[] }
  | { kind: 'csr-malformed' }
  /** The request is not signed by the key it carries: damaged, or made by somebody without that key. */
  | { kind: 'csr-signature' };

const LABELS = ['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST'];

/** A request for a subject, signed by the key pair it is about. */
export async function createCsr(
  request: { subject: Subject; keys: CryptoKeyPair },
  crypto: Crypto,
): Promise<Result<IssuedCertificate, SubjectRefused>> {
  const faults = checkSubject(request.subject);
  if (faults.length > 0) return fail({ kind: 'subject-refused', faults });

  const csr = await x509.Pkcs10CertificateRequestGenerator.create(
    {
      name: toName(request.subject),
      keys: request.keys,
      signingAlgorithm: signingAlgorithm(request.keys.privateKey),
    },
    crypto,
  );
  const der = new Uint8Array(csr.rawData);
  return ok({ der, pem: printPem('CERTIFICATE REQUEST', der) });
}

/** A request from a PEM text or DER bytes, its signature verified (RFC 2986 §4.2: proof that the key is held). */
export async function readCsr(
  input: string | Uint8Array,
  crypto: Crypto,
): Promise<Result<x509.Pkcs10CertificateRequest, CsrFault>> {
  const der = csrDer(input);
  if (!der.ok) return der;
  const csr = parseCsr(der.value);
  if (!csr) return fail({ kind: 'csr-malformed' });
  return (await isSignedByItsKey(csr, crypto)) ? ok(csr) : fail({ kind: 'csr-signature' });
}

function csrDer(input: string | Uint8Array): Result<Uint8Array, CsrFault> {
  const content = typeof input === 'string' ? input : decodeText(input);
  if (typeof content !== 'string') return ok(content);
  const blocks = parsePem(content);
  if (!blocks.ok) return blocks;
  const block = blocks.value.find(({ label }) => LABELS.includes(label));
  if (block) return ok(block.der);
  return fail({ kind: 'csr-missing', labels: blocks.value.map(({ label }) => label) });
}

/** An RSA 4096 request has 1.3 KB; the rest is room for the extensions it may ask for. */
const CSR_BYTES_MAX = 16_384;

function parseCsr(der: Uint8Array): x509.Pkcs10CertificateRequest | undefined {
  if (der.length > CSR_BYTES_MAX || !isOneSequence(der)) return undefined;
  try {
    const csr = new x509.Pkcs10CertificateRequest(Uint8Array.from(der));
    // Read lazily by the library: provoked here, so that nothing throws later.
    return csr.publicKey.rawData.byteLength > 0 && Array.isArray(csr.extensions) ? csr : undefined;
  } catch {
    return undefined;
  }
}

async function isSignedByItsKey(csr: x509.Pkcs10CertificateRequest, crypto: Crypto): Promise<boolean> {
  try {
    return await csr.verify(crypto);
  } catch {
    // An algorithm that WebCrypto does not know (DSA, secp256k1 …) cannot be verified, so it is not.
    return false;
  }
}
