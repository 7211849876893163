/**
 * Devices between "certificate made" and "bundle downloaded". The two phases exist so that the ledger's row can be
 * durable before any byte of the bundle leaves the worker.
 * @module
 */
import { bundleFiles, namesFor } from '@/lib/pki/bundle';
import type { PkiContext } from '@/lib/pki/context';
import { issueDeviceCertificate, issueFromCsr } from '@/lib/pki/device-certificate';
import { type CertificateFacts, inspectCertificate } from '@/lib/pki/inspect-certificate';
import { splitRoot } from '@/lib/pki/issuer-chain';
import { generateKeyPair } from '@/lib/pki/key-algorithm';
import { exportPrivateKeyPem } from '@/lib/pki/private-key-pem';
import { fail, ok } from '@/lib/result';
import type { CaKey } from './ca-keys';
import type { DeviceRequest, DraftHandle, PkiOperations } from './pki.protocol';
import { zip } from './zip';

type Draft = {
  /** Undefined where the device keeps its own key. */
  privateKey: CryptoKey | undefined;
  leafPem: string;
  leaf: CertificateFacts;
  caPem: string;
  issuerPems: readonly string[];
};

export class DeviceDrafts {
  readonly #drafts = new Map<DraftHandle, Draft>();

  discard(handle: DraftHandle): void {
    this.#drafts.delete(handle);
  }

  clear(): void {
    this.#drafts.clear();
  }

  /** Makes key (unless the device brought a request) and certificate; nothing secret is in the answer. */
  async prepare(
    { source, validityDays }: Omit<DeviceRequest, 'caHandle'>,
    ca: CaKey,
    context: PkiContext,
  ): Promise<PkiOperations['prepareDevice']['answer']> {
    const issuer = { caPem: ca.caPem, caKey: ca.privateKey, validityDays };
    const keys =
      source.kind === 'new-key' ? await generateKeyPair(source.algorithm, context.crypto) : undefined;
    const certificate =
      source.kind === 'csr'
        ? await issueFromCsr({ ...issuer, csr: source.csr, subject: source.subject }, context)
        : await issueDeviceCertificate(
            { ...issuer, ...source, publicKey: required(keys).publicKey },
            context,
          );
    if (!certificate.ok) return certificate;

    const facts = await factsOf(certificate.value.pem, context.crypto);
    const draftHandle = context.crypto.randomUUID();
    const leafPem = certificate.value.pem;
    const { caPem, issuerPems } = ca;
    this.#drafts.set(draftHandle, { privateKey: keys?.privateKey, leafPem, leaf: facts, caPem, issuerPems });
    return ok({
      draftHandle,
      certificatePem: leafPem,
      certificateId: facts.certificateId,
      facts,
      fileNames: namesFor(facts, {
        hasKey: keys !== undefined,
        hasCaRoot: splitRoot(issuerPems).root !== undefined,
      }),
    });
  }

  /** The ZIP. May be asked again until the draft is discarded. */
  async finish(
    { draftHandle, target }: PkiOperations['finishBundle']['input'],
    { crypto }: PkiContext,
  ): Promise<PkiOperations['finishBundle']['answer']> {
    const draft = this.#drafts.get(draftHandle);
    if (!draft) return fail({ kind: 'handle-unknown' });
    const { privateKey, leaf, leafPem, caPem, issuerPems } = draft;
    const keyPem = privateKey && (await exportPrivateKeyPem(privateKey, crypto));
    const ca = await factsOf(caPem, crypto);
    const above = { ...splitRoot(issuerPems), ids: await idsOf(issuerPems, crypto) };
    const files = await bundleFiles({ leaf, leafPem, ca, caPem, above, keyPem }, target, crypto);
    return ok({
      fileName: namesFor(leaf, { hasKey: keyPem !== undefined, hasCaRoot: above.root !== undefined }).zip,
      bytes: zip(files),
      fileNames: files.map(({ name }) => name),
    });
  }
}

function required(keys: CryptoKeyPair | undefined): CryptoKeyPair {
  if (!keys) throw new Error('a device without a request has a key pair');
  return keys;
}

function idsOf(pems: readonly string[], crypto: Crypto): Promise<string[]> {
  return Promise.all(pems.map(async (pem) => (await factsOf(pem, crypto)).certificateId));
}

async function factsOf(pem: string, crypto: Crypto): Promise<CertificateFacts> {
  const facts = await inspectCertificate(pem, crypto);
  if (!facts.ok) throw new Error('a certificate that was used here cannot be read');
  return facts.value;
}
