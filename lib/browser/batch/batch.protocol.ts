/**
 * What the page asks of the PKI worker about batches of devices. Private keys leave it in the output that the person chose, and in
 * nothing else.
 * @module
 */
import type { BatchPlan } from '@/lib/batch/batch-plan';
import type { BatchSettings } from '@/lib/batch/batch-settings';
import type { DeviceFault } from '@/lib/pki/device-certificate';
import type { DeviceSurroundings } from '@/lib/pki/formats/device-files';
import type { BundleInput } from '@/lib/pki/read-bundle';
import type { RequestsOfFile } from '@/lib/pki/read-requests';
import type { Result } from '@/lib/result';
import type { ChunkOutcome, IssuedChunk } from './batch-issuer';
import type { BatchOpenElsewhere } from './batch-store';

/** The key of the CA is not (or no longer) there: locked, or the worker was started anew. */
type KeyGone = { kind: 'handle-unknown' };
/** The worker has no such batch open: it was started anew, or the batch was closed. */
type BatchClosed = { kind: 'batch-closed' };
/** The page was closed before the first device: there is nothing to go on with. */
type BatchEmpty = { kind: 'batch-empty' };
/** What is kept of it was changed, or the disk gave back something else; it stays as it is. */
type BatchDamaged = { kind: 'batch-damaged' };
/** The list of devices is more than the checkpoint takes. Nothing was made. */
type PlanTooBig = { kind: 'plan-too-big' };
/** The browser gives the checkpoint no more room. */
type StorageFull = { kind: 'storage-full' };
/** Device after device failed, the last one with this cause: nothing that the devices are to blame for. */
export type DevicesFail = { kind: 'devices-fail'; cause: string };
/**
 * The output ends before it is whole: file or folder cannot be written any more (`reason` is the browser's name for it), or the files of a
 * device cannot be made.
 */
export type OutputRefused =
  | { kind: 'output-refused'; reason: string }
  | { kind: 'device-files-failed'; commonName: string; cause: string };

export type BatchStanding = {
  settings: BatchSettings;
  /** How many it is to have, and how many are finished. */
  devices: number;
  finished: number;
  /** The chunks in which those are. */
  chunks: number[];
};

export type BatchTarget =
  | { kind: 'download' }
  | { kind: 'file'; handle: FileSystemFileHandle }
  | { kind: 'folder'; handle: FileSystemDirectoryHandle };

/** Where the list goes of devices with a passphrase each. */
export type PassphraseListPlace = 'apart' | 'inside';

export type OpenedOutput = {
  batch: string;
  target: BatchTarget;
  /** One for all devices; undefined where the rule is another. */
  passphrase: string | undefined;
  passphraseList: PassphraseListPlace;
  surroundings: Pick<DeviceSurroundings, 'host' | 'port' | 'serverRootPem'>;
  readme: string;
};

export type BatchEnd = {
  manifestSha256: string;
  devices: number;
  archive: Blob | undefined;
  /** Of devices with a passphrase each: the list to be given apart, or that it lies in the output. Without it there are none. */
  passphrases?: Blob | 'inside' | undefined;
};

export type BatchOperations = {
  /** The signing requests in some files; asked for in slices, so that the page can say how far it is. */
  readRequests: {
    input: { files: readonly BundleInput[] };
    answer: Result<({ name: string } & RequestsOfFile)[], never>;
  };
  /** Device keys may be made by this frame as well, as long as it is there. The port is the worker's from here on. */
  useKeyFrame: { input: { port: MessagePort }; answer: Result<null, never> };
  /** Batches that were begun in this browser and are neither finished nor given up. */
  keptBatches: { input: null; answer: Result<string[], never> };
  beginBatch: {
    input: { batch: string; caHandle: string; plan: BatchPlan };
    answer: Result<BatchStanding, KeyGone | BatchOpenElsewhere | PlanTooBig | StorageFull | DeviceFault>;
  };
  resumeBatch: {
    input: { batch: string; caHandle: string };
    answer: Result<BatchStanding, KeyGone | BatchOpenElsewhere | BatchEmpty | BatchDamaged | DeviceFault>;
  };
  /** The next devices that are missing, durable when it answers; null when none is. One that fails is asked for once in a run. */
  issueBatchChunk: {
    input: { batch: string; devicesMax: number };
    answer: Result<ChunkOutcome | null, KeyGone | BatchClosed | StorageFull | DevicesFail>;
  };
  /** A finished chunk, to be told to the ledger again. */
  readBatchChunk: { input: { batch: string; chunk: number }; answer: Result<IssuedChunk, BatchClosed> };
  /** From the beginning: what an earlier output wrote counts for nothing. */
  openBatchOutput: { input: OpenedOutput; answer: Result<null, BatchClosed | OutputRefused> };
  writeBatchChunk: {
    input: { batch: string; chunk: number };
    answer: Result<null, BatchClosed | OutputRefused>;
  };
  /** `note` stands at the end of the README: what the output lacks. */
  endBatchOutput: {
    input: { batch: string; note: string | undefined };
    answer: Result<BatchEnd, BatchClosed | OutputRefused>;
  };
  /** Lets go of it; what is finished stays in the checkpoint. */
  closeBatch: { input: { batch: string }; answer: Result<null, never> };
  /** Its keys are gone for good when it answers; one that is not kept here is forgotten already. */
  forgetBatch: { input: { batch: string }; answer: Result<null, never> };
};
