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
import type { BatchOperations, BatchTarget } from './batch.protocol';
import { readChunk } from './batch-issuer';
import { BatchOutput } from './batch-output';
import { type BatchSink, folderSink, zipBlobSink, zipFileSink } from './batch-sink';
import { forgetBatch, keptBatches, openCheckpoint } from './batch-store';
import { OpenBatch } from './open-batch';

type Input<Name extends keyof BatchOperations> = BatchOperations[Name]['input'];
type Answer<Name extends keyof BatchOperations> = Promise<BatchOperations[Name]['answer']>;
type FindKey = (handle: string) => CaKey | undefined;

/** Where the firmware of AWS IoT Device Client's own examples keeps its files. */
const DEVICE_CLIENT_DIRECTORY = '/etc/aws-iot-device-client/certs';

export class BatchRuns {
  readonly #open = new Map<string, OpenBatch>();
  readonly #findKey: FindKey;

  constructor(findKey: FindKey) {
    this.#findKey = findKey;
  }

  /** Requests that devices brought; nothing of the files is kept here. */
  async readRequests({ files }: Input<'readRequests'>, { crypto }: PkiContext): Answer<'readRequests'> {
    const read = [];
    for (const { name, bytes } of files) read.push({ name, ...(await readRequests(bytes, crypto)) });
    return ok(read);
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
      throw fault;
    }
  }

  async resume({ batch, caHandle }: Input<'resumeBatch'>, context: PkiContext): Answer<'resumeBatch'> {
    const opened = await this.#reopen(batch);
    if (!opened.ok) return opened;
    const issuer = await this.#issuerFor(caHandle, opened.value.plan, context);
    if (!issuer.ok) {
      opened.value.close();
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
      return ok((await open.issueNext(devicesMax, crypto)) ?? null);
    } catch (fault) {
      if (isQuota(fault)) return fail({ kind: 'storage-full' });
      throw fault;
    }
  }

  async read({ batch, chunk }: Input<'readBatchChunk'>): Answer<'readBatchChunk'> {
    const open = this.#open.get(batch);
    return open ? ok(await readChunk(chunk, open.checkpoint)) : fail({ kind: 'batch-closed' });
  }

  async openOutput(
    request: Input<'openBatchOutput'>,
    { crypto, now }: PkiContext,
  ): Answer<'openBatchOutput'> {
    const { batch, target, passphrase, surroundings, readme } = request;
    const open = this.#open.get(batch);
    const ca = open && this.#findKey(open.caHandle);
    if (!(open && ca)) return fail({ kind: 'batch-closed' });
    const { intermediates, root } = splitRoot(ca.issuerPems);
    const issuers = [ca.caPem, ...intermediates].map(derOf);
    const { settings } = open.plan;
    return refusedAsAnswer(async () => {
      const sink = await sinkOf(target, now);
      const plan = {
        choice: {
          formats: settings.formats,
          pkcs12Mac: settings.pkcs12Mac,
          deviceClientDirectory: DEVICE_CLIENT_DIRECTORY,
        },
        layout: settings.layout,
        passphrase,
        surroundings: { ...surroundings, issuers },
        caRootPem: root,
        names: open.namesOf,
        readme,
      };
      open.output = new BatchOutput(plan, sink, open.checkpoint, crypto);
      return null;
    });
  }

  async write({ batch, chunk }: Input<'writeBatchChunk'>): Answer<'writeBatchChunk'> {
    const output = this.#open.get(batch)?.output;
    if (!output) return fail({ kind: 'batch-closed' });
    return refusedAsAnswer(async () => {
      await output.write(chunk);
      return null;
    });
  }

  async end({ batch }: Input<'endBatchOutput'>): Answer<'endBatchOutput'> {
    const output = this.#open.get(batch)?.output;
    return output ? refusedAsAnswer(() => output.end()) : fail({ kind: 'batch-closed' });
  }

  async close({ batch }: Input<'closeBatch'>): Answer<'closeBatch'> {
    const open = this.#open.get(batch);
    this.#open.delete(batch);
    await open?.output?.abort().catch(() => undefined);
    open?.close();
    return ok(null);
  }

  async forget({ batch }: Input<'forgetBatch'>): Answer<'forgetBatch'> {
    const open = this.#open.get(batch);
    this.#open.delete(batch);
    open?.close();
    await forgetBatch(batch);
    return ok(null);
  }

  async clear(): Promise<void> {
    for (const batch of [...this.#open.keys()]) await this.close({ batch });
  }

  async #reopen(batch: string) {
    const checkpoint = await openCheckpoint(batch);
    if (checkpoint === undefined) return fail({ kind: 'batch-open-elsewhere' } as const);
    const opened = await OpenBatch.reopen(checkpoint);
    if (opened !== undefined) return ok(opened);
    checkpoint.close();
    return fail({ kind: 'batch-empty' } as const);
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

async function sinkOf(target: BatchTarget, now: Date): Promise<BatchSink> {
  switch (target.kind) {
    case 'download':
      return zipBlobSink(now);
    case 'file':
      return zipFileSink(await target.handle.createWritable(), now);
    case 'folder':
      return folderSink(target.handle);
  }
}

/** What the browser or the disk refuses has a name; everything else is a bug. */
async function refusedAsAnswer<Value>(act: () => Promise<Value>) {
  try {
    return ok(await act());
  } catch (fault) {
    if (fault instanceof DOMException) return fail({ kind: 'output-refused', reason: fault.name } as const);
    throw fault;
  }
}

function isQuota(fault: unknown): boolean {
  return fault instanceof DOMException && fault.name === 'QuotaExceededError';
}
