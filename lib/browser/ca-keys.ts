/**
 * The CA keys of this tab. They live in the worker only and are gone with it; once a key's encrypted file exists the
 * key itself can no longer be exported, not even by our own code.
 * @module
 */
import { issueCaCertificate } from '@/lib/pki/ca-certificate';
import { readCertificate } from '@/lib/pki/certificate';
import type { PkiContext } from '@/lib/pki/context';
import { createCsr } from '@/lib/pki/csr';
import { encryptPrivateKey } from '@/lib/pki/encrypted-pkcs8';
import { certificateFacts } from '@/lib/pki/inspect-certificate';
import { issueIntermediateCertificate } from '@/lib/pki/intermediate-certificate';
import { findIssuers } from '@/lib/pki/issuer-chain';
import { generateKeyPair } from '@/lib/pki/key-algorithm';
import { keyMatchesCertificate } from '@/lib/pki/key-match';
import { PEM_BYTES_MAX, printPem } from '@/lib/pki/pem';
import { readPrivateKey } from '@/lib/pki/private-key';
import { exportPkcs8 } from '@/lib/pki/private-key-pem';
import { fail, ok } from '@/lib/result';
import type { KeyHandle, PkiOperations } from './pki.protocol';

export type CaKey = {
  privateKey: CryptoKey;
  caPem: string;
  /** What stands above it, nearest first; empty where nothing does or nothing is known. */
  issuerPems: readonly string[];
};

type Answer<Name extends keyof PkiOperations> = Promise<PkiOperations[Name]['answer']>;
type Input<Name extends keyof PkiOperations> = PkiOperations[Name]['input'];

export class CaKeys {
  readonly #keys = new Map<KeyHandle, CaKey>();

  find(handle: KeyHandle): CaKey | undefined {
    return this.#keys.get(handle);
  }

  discard(handle: KeyHandle): void {
    this.#keys.delete(handle);
  }

  clear(): void {
    this.#keys.clear();
  }

  /**
   * A new key pair and its certificate: self-signed, or signed by the CA above, whose key is forgotten with the signature. It was
   * opened for this and nothing else.
   */
  async create(
    { subject, algorithm, validityDays, parentHandle }: Input<'createCa'>,
    context: PkiContext,
  ): Answer<'createCa'> {
    const parent = parentHandle === undefined ? undefined : this.#keys.get(parentHandle);
    if (parentHandle !== undefined && parent === undefined) return fail({ kind: 'handle-unknown' });
    const keys = await generateKeyPair(algorithm, context.crypto);
    const certificate =
      parent === undefined
        ? await issueCaCertificate({ subject, validityDays, keys }, context)
        : await issueIntermediateCertificate(
            {
              subject,
              validityDays,
              publicKey: keys.publicKey,
              parentPem: parent.caPem,
              parentKey: parent.privateKey,
            },
            context,
          );
    if (!certificate.ok) return certificate;
    if (parentHandle !== undefined) this.#keys.delete(parentHandle);
    const issuerPems = parent === undefined ? [] : [parent.caPem, ...parent.issuerPems];
    const parsed = readCertificate(certificate.value.der);
    if (!parsed.ok) throw new Error('a certificate made here cannot be read');
    const { privateKey } = keys;
    const keyHandle = this.#keep({ privateKey, caPem: certificate.value.pem, issuerPems }, context);
    const facts = await certificateFacts(parsed.value, context.crypto);
    return ok({ keyHandle, caPem: certificate.value.pem, issuerPems, facts });
  }

  /** A key pair for a CA that somebody else signs: both files at once, and the key stays nowhere here. */
  async request(
    { subject, algorithm, passphrase }: Input<'createCaRequest'>,
    { crypto }: PkiContext,
  ): Answer<'createCaRequest'> {
    const keys = await generateKeyPair(algorithm, crypto);
    const csr = await createCsr({ subject, keys }, crypto);
    if (!csr.ok) return csr;
    const encrypted = await encryptPrivateKey(keys.privateKey, passphrase, crypto);
    return encrypted.ok ? ok({ csrPem: csr.value.pem, encryptedKeyPem: encrypted.value }) : encrypted;
  }

  /** The encrypted file, once; from then on the key can only sign. */
  async export(
    { keyHandle, passphrase }: Input<'exportCaKey'>,
    { crypto }: PkiContext,
  ): Answer<'exportCaKey'> {
    const key = this.#keys.get(keyHandle);
    if (!key) return fail({ kind: 'handle-unknown' });
    if (!key.privateKey.extractable) return fail({ kind: 'key-sealed' });
    const encrypted = await encryptPrivateKey(key.privateKey, passphrase, crypto);
    if (!encrypted.ok) return encrypted;
    this.#keys.set(keyHandle, { ...key, privateKey: await sealed(key.privateKey, crypto) });
    return ok({ encryptedKeyPem: encrypted.value });
  }

  /** A key from its file, if it is the certificate's. */
  async open(request: Input<'openCaKeyFile'>, context: PkiContext): Answer<'openCaKeyFile'> {
    const { file, passphrase, caPem, issuerPems = [], isExportable = false } = request;
    if (file.length > PEM_BYTES_MAX) {
      return fail({ kind: 'file-too-big', bytes: file.length, bytesMax: PEM_BYTES_MAX });
    }
    const certificate = readCertificate(caPem);
    if (!certificate.ok) return certificate;
    const above = await findIssuers(caPem, issuerPems, context);
    if (!above.ok) return above;
    // Whose file is encrypted has nothing to save, so there is no reason for the key to leave.
    const extractable = isExportable && passphrase === undefined;
    const key = await readPrivateKey(file, { passphrase, extractable }, context.crypto);
    if (!key.ok) return key;
    const matches = await keyMatchesCertificate(key.value, caPem, context.crypto);
    if (!matches.ok) return matches;
    if (!matches.value) return fail({ kind: 'key-mismatch' });
    // One certificate and no text around it: it goes into bundles and registrations as it is here.
    const ownPem = printPem('CERTIFICATE', new Uint8Array(certificate.value.rawData));
    const kept = {
      privateKey: key.value,
      caPem: ownPem,
      issuerPems: above.value.issuers.map(({ pem }) => pem),
    };
    const keyHandle = this.#keep(kept, context);
    return ok({ keyHandle, facts: await certificateFacts(certificate.value, context.crypto) });
  }

  #keep(key: CaKey, { crypto }: PkiContext): KeyHandle {
    const handle = crypto.randomUUID();
    this.#keys.set(handle, key);
    return handle;
  }
}

async function sealed(key: CryptoKey, crypto: Crypto): Promise<CryptoKey> {
  const pkcs8 = await exportPkcs8(key, crypto);
  try {
    return await crypto.subtle.importKey('pkcs8', pkcs8, key.algorithm, false, ['sign']);
  } finally {
    pkcs8.fill(0);
  }
}
