/**
 * The page of the bench: the console's own worker issues a batch as the console's page has it do, only that no server is told.
 * @module
 */
import { runBatch } from '@/components/batch/batch-run';
import { withKeyFrame } from '@/components/batch/with-key-frame';
import type { BatchTarget } from '@/lib/browser/batch/batch.protocol';
import { createPkiClient } from '@/lib/browser/pki-client';
import { ok, type Result } from '@/lib/result';
import type { CeilingRequest } from './ceiling.worker';
import type { ShellAlgorithm } from './shell';

export type IssueRequest = {
  algorithm: ShellAlgorithm;
  devices: number;
  /** 1: the page's own; 2: with the frame that the console opens. */
  processes: 1 | 2;
  /** A file that is written as it grows, or what browsers without such files get at the end. */
  output: 'file' | 'download';
};
export type Issued = { devicesPerSecond: number; archiveBytes: number };

const ARCHIVE = 'bench.zip';
const CA_DAYS = 3650;
const DEVICE_DAYS = 365;
const NO_PAUSE = {
  whenGoing: async () => undefined,
  untilRetry: async () => undefined,
  isCancelled: () => false,
  onTrouble: () => undefined,
  onWritten: () => undefined,
  onFailed: () => {
    throw new Error('a device failed: what is measured would be less than what is said');
  },
  noteOnFailed: () => undefined,
};

Object.assign(globalThis, { bench: { ceiling, issue, saveArchive } });

function ceiling(request: CeilingRequest): Promise<number> {
  const worker = new Worker('/ceiling.worker.js', { type: 'module' });
  return new Promise<number>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}

/** PEM of key, certificate and chain in one archive; as a file it lies in the browser's own file system. */
async function issue({ algorithm, devices, processes, output }: IssueRequest): Promise<Issued> {
  const pki = createPkiClient(() => new Worker('/pki.worker.js', { type: 'module' }));
  try {
    const subject = { country: 'IN', organization: 'AMZ' };
    const ca = expectOk(await pki.call('createCa', { subject, algorithm, validityDays: CA_DAYS }));
    const batch = crypto.randomUUID();
    const subjects = Array.from({ length: devices }, (_, index) => ({
      country: 'IN',
      commonName: `pump-${index + 1}`,
    }));
    const settings = {
      keyOrigin: 'console',
      algorithm,
      validityDays: DEVICE_DAYS,
      formats: ['pem'],
      pkcs12Mac: 'SHA-256',
      layout: 'folders',
      passphraseRule: 'none',
    } as const;
    const file = await archiveFile();
    const target: BatchTarget = output === 'file' ? file : { kind: 'download' };
    const began = performance.now();
    const standing = expectOk(
      await pki.call('beginBatch', {
        batch,
        caHandle: ca.keyHandle,
        plan: { settings, templateBody: undefined, subjects },
      }),
    );
    const surroundings = { host: 'localhost', port: 8883, serverRootPem: ca.caPem };
    expectOk(
      await pki.call('openBatchOutput', {
        batch,
        target,
        passphrase: undefined,
        passphraseList: 'apart',
        surroundings,
        readme: 'bench\n',
      }),
    );
    const reserve = async () => ok(undefined);
    const run = () => runBatch({ batch, standing }, { pki, reserve }, NO_PAUSE);
    const { archive } = expectOk(await (processes === 1 ? run() : withKeyFrame(settings, pki, run)));
    const devicesPerSecond = (devices * 1000) / (performance.now() - began);
    await pki.call('forgetBatch', { batch });
    const { size } = archive ?? (await file.handle.getFile());
    return { devicesPerSecond, archiveBytes: size };
  } finally {
    pki.terminate();
  }
}

/** As a download, to be looked at from outside. */
async function saveArchive(): Promise<void> {
  const { handle } = await archiveFile();
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await handle.getFile());
  link.download = ARCHIVE;
  link.click();
}

async function archiveFile(): Promise<Extract<BatchTarget, { kind: 'file' }>> {
  const root = await navigator.storage.getDirectory();
  return { kind: 'file', handle: await root.getFileHandle(ARCHIVE, { create: true }) };
}

function expectOk<Value>(result: Result<Value, { kind: string }>): Value {
  if (!result.ok) throw new Error(`the worker refused: ${result.failure.kind}`);
  return result.value;
}
