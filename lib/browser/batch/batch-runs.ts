/**
 * The batches that this worker has open: each with its checkpoint, its issuer and its output.
 * @module
 */
import type { CaKey } from '@/lib/browser/ca-keys';
import { createLeafIssuer } from '@/lib/pki/bulk/leaf-issuer';
import { createRequestIssuer } from '@/lib/pki/bulk/request-issuer';
import { readCertificate } from '@/lib/pki/certificate';
import type { PkiContext } from '@/lib/pki/context';
import { splitRoot } from '@/lib/pki/issuer-chain';
import { readRequests } from '@/lib/pki/read-requests';
import { fail, ok } from '@/lib/result';
import type { BatchOperations } from './batch.protocol';
import type { OpenBatchFiles } from './batch-files';
import { readChunk } from './batch-issuer';
import { forgetBatch, keptBatches, openCheckpoint } from './batch-store';
import { CheckpointDamaged, RecordTooBig } from './checkpoint';
import type { KeyMakers } from './key-makers';
import { OpenBatch } from './open-batch';

type Input<Name extends keyof BatchOperations> = BatchOperations[Name]['input'];
type Answer<Name extends keyof BatchOperations> = Promise<BatchOperations[Name]['answer']>;
type FindKey = (handle: string) => CaKey | undefined;

/** Where the firmware of AWS IoT Device Client's own examples keeps its files. */
const DEVICE_CLIENT_DIRECTORY = '/etc/aws-iot-device-client/certs';

export class BatchRuns {
  readonly #open = new Map<string, OpenBatch>();
  readonly #findKey: FindKey;
  readonly #openFiles: OpenBatchFiles;
  readonly #keys: KeyMakers;

  constructor(findKey: FindKey, openFiles: OpenBatchFiles, keys: KeyMakers) {
    this.#findKey = findKey;
    this.#openFiles = openFiles;
    this.#keys = keys;
  }

  /** Requests that devices brought; nothing of the files is kept here. */
  async readRequests({ files }: Input<'readRequests'>, { crypto }: PkiContext): Answer<'readRequests'> {
    const read = [];
    for (const { name, bytes } of files) read.push({ name, ...(await readRequests(bytes, crypto)) });
    return ok(read);
  }

  async useKeyFrame({ port }: Input<'useKeyFrame'>): Answer<'useKeyFrame'> {
    this.#keys.takeFrame(port);
    return ok(null);
  }

  async kept(): Answer<'keptBatches'> {
    return ok(await keptBatches());
  }

  async begin({ batch, caHandle, plan }: Input<'beginBatch'>, context: PkiContext): Answer<'beginBatch'> {
    const issuer = await this.#issuerFor(caHandle, plan, context);
    if (!issuer.ok) return issuer;
    const checkpoint = await openCheckpoint(batch);
    if (checkpoint === undefined) return fail({ kind: 'batch-open-elsewhere' });
    try {
      const opened = await OpenBatch.begin(checkpoint, plan);
      opened.unlock(caHandle, issuer.value);
      this.#open.set(batch, opened);
      return ok(opened.standing());
    } catch (fault) {
      checkpoint.close();
      if (isQuota(fault)) return fail({ kind: 'storage-full' });
      if (!(fault instanceof RecordTooBig)) throw fault;
      await forgetBatch(batch);
      return fail({ kind: 'plan-too-big' });
    }
  }

  async resume({ batch, caHandle }: Input<'resumeBatch'>, context: PkiContext): Answer<'resumeBatch'> {
    const opened = await this.#reopen(batch);
    if (!opened.ok) return opened;
    const issuer = await this.#issuerFor(caHandle, opened.value.plan, context);
    if (!issuer.ok) {
      await opened.value.close();
      return issuer;
    }
    opened.value.unlock(caHandle, issuer.value);
    this.#open.set(batch, opened.value);
    return ok(opened.value.standing());
  }

  async issue(
    { batch, devicesMax }: Input<'issueBatchChunk'>,
    { crypto }: PkiContext,
  ): Answer<'issueBatchChunk'> {
    const open = this.#open.get(batch);
    if (!open) return fail({ kind: 'batch-closed' });
    // Whoever locks the CA means this batch too.
    if (this.#findKey(open.caHandle) === undefined) return fail({ kind: 'handle-unknown' });
    try {
      const outcome = await open.issueNext(devicesMax, this.#keys, crypto);
      return this.#open.get(batch) === open ? outcome : fail({ kind: 'batch-closed' });
    } catch (fault) {
      if (isQuota(fault)) return fail({ kind: 'storage-full' });
      throw fault;
    }
  }

  async read({ batch, chunk }: Input<'readBatchChunk'>): Answer<'readBatchChunk'> {
    const open = this.#open.get(batch);
    return open ? ok(await readChunk(chunk, open.checkpoint)) : fail({ kind: 'batch-closed' });
  }

  async openOutput(request: Input<'openBatchOutput'>, { now }: PkiContext): Answer<'openBatchOutput'> {
    const { batch, target, passphrase, passphraseList, surroundings, readme } = request;
    const open = this.#open.get(batch);
    const ca = open && this.#findKey(open.caHandle);
    if (!(open && ca)) return fail({ kind: 'batch-closed' });
    const { intermediates, root } = splitRoot(ca.issuerPems);
    const issuers = [ca.caPem, ...intermediates].map(derOf);
    const { settings, subjects, templateBody } = open.plan;
    if (settings.keyOrigin === 'console') this.#keys.prepare(settings.algorithm);
    const opened = await this.#openFiles({
      target,
      choice: {
        formats: settings.formats,
        pkcs12Mac: settings.pkcs12Mac,
        deviceClientDirectory: DEVICE_CLIENT_DIRECTORY,
      },
      layout: settings.layout,
      passphrase,
      passphraseList,
      surroundings: { ...surroundings, issuers },
      caRootPem: root,
      subjects,
      templateBody,
      readme,
      modified: now,
    });
    if (!opened.ok) return opened;
    // From the beginning: what an earlier output wrote counts for nothing.
    await open.takeFiles(opened.value);
    return ok(null);
  }

  async write({ batch, chunk }: Input<'writeBatchChunk'>): Answer<'writeBatchChunk'> {
    const open = this.#open.get(batch);
    return (await open?.write(chunk)) ?? fail({ kind: 'batch-closed' });
  }

  async end({ batch, note }: Input<'endBatchOutput'>): Answer<'endBatchOutput'> {
    return (await this.#open.get(batch)?.end(note)) ?? fail({ kind: 'batch-closed' });
  }

  async close({ batch }: Input<'closeBatch'>): Answer<'closeBatch'> {
    const open = this.#open.get(batch);
    this.#open.delete(batch);
    // Its frame goes with the page's run; what is still waiting for a key there gets it here.
    this.#keys.close();
    await open?.close();
    this.#keys.close();
    return ok(null);
  }

  async forget({ batch }: Input<'forgetBatch'>): Answer<'forgetBatch'> {
    // Another batch may be running: closing ends what makes its keys.
    if (this.#open.has(batch)) await this.close({ batch });
    await forgetBatch(batch);
    return ok(null);
  }

  async clear(): Promise<void> {
    for (const batch of [...this.#open.keys()]) await this.close({ batch });
  }

  async #reopen(batch: string) {
    try {
      const checkpoint = await openCheckpoint(batch);
      if (checkpoint === undefined) return fail({ kind: 'batch-open-elsewhere' } as const);
      const opened = await OpenBatch.reopen(checkpoint).catch((fault: unknown) => {
        checkpoint.close();
        throw fault;
      });
      if (opened !== undefined) return ok(opened);
      checkpoint.close();
      return fail({ kind: 'batch-empty' } as const);
    } catch (fault) {
      if (fault instanceof CheckpointDamaged) return fail({ kind: 'batch-damaged' } as const);
      throw fault;
    }
  }

  async #issuerFor(
    caHandle: string,
    { settings: { algorithm, validityDays }, requests }: Input<'beginBatch'>['plan'],
    context: PkiContext,
  ) {
    const ca = this.#findKey(caHandle);
    if (ca === undefined) return fail({ kind: 'handle-unknown' } as const);
    const issuer = { caPem: ca.caPem, caKey: ca.privateKey, validityDays };
    return requests === undefined
      ? createLeafIssuer({ ...issuer, algorithm }, context)
      : createRequestIssuer(issuer, context);
  }
}

function derOf(caPem: string): Uint8Array<ArrayBuffer> {
  const certificate = readCertificate(caPem);
  if (!certificate.ok) throw new Error('a CA that was used here cannot be read');
  return new Uint8Array(certificate.value.rawData);
}

function isQuota(fault: unknown): boolean {
  return fault instanceof DOMException && fault.name === 'QuotaExceededError';
}
