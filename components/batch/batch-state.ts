/**
 * A batch that this page runs, as its panel shows it.
 * @module
 */
import type { KeyOrigin } from '@/lib/batch/batch-settings';
import type { BatchEnd, BatchTarget } from '@/lib/browser/batch/batch.protocol';
import type { FailedDevice } from '@/lib/browser/batch/batch-issuer';
import type { WorkerStopped } from '@/lib/browser/worker-stopped';
import type { Failure } from '@/lib/failure';
import type { DeviceFault } from '@/lib/pki/device-certificate';
import type { RunFault, ServerTrouble } from './batch-run';

export type BatchFault =
  | Exclude<RunFault, { kind: 'refused' }>
  | { kind: 'refused'; failure: Failure; target: BatchTarget['kind'] }
  | DeviceFault
  | WorkerStopped
  | { kind: 'batch-open-elsewhere' }
  | { kind: 'batch-empty' }
  | { kind: 'batch-damaged' }
  | { kind: 'plan-too-big' }
  | { kind: 'server'; failure: Failure };

/** All of them are counted; the first ones are kept by name. */
export type Failures = { count: number; first: readonly FailedDevice[] };

export const NO_FAILURES: Failures = { count: 0, first: [] };

export type BatchProgress = {
  devices: number;
  written: number;
  failures: Failures;
  /** Of the recent work; undefined before there is any to measure. */
  devicesPerSecond: number | undefined;
  /** Undefined where the rate says nothing of what is left. */
  leftMs: number | undefined;
};

export type RunningState = {
  kind: 'running';
  isPaused: boolean;
  trouble: ServerTrouble | undefined;
} & BatchProgress;

/** The list of passphrases that is still to be given to the person. */
export const listApart = ({ passphrases }: BatchEnd): Blob | undefined =>
  passphrases === 'inside' ? undefined : passphrases;

export type BatchState =
  | { kind: 'idle' }
  | { kind: 'starting' }
  | RunningState
  | { kind: 'failed'; fault: BatchFault; failures: Failures }
  /** Written out as far as devices could be issued. The rest is still to be made, so nothing is said to be delivered. */
  | {
      kind: 'incomplete';
      batch: string;
      end: BatchEnd;
      target: BatchTarget['kind'];
      devices: number;
      failures: Failures;
    }
  /** Written out; a download is not known to have arrived. */
  | {
      kind: 'written';
      batch: string;
      end: BatchEnd;
      target: BatchTarget['kind'];
      /** True where no list of passphrases goes apart, or the browser was given it: only then may the batch end. */
      isListGiven: boolean;
      failure: Failure | undefined;
    }
  /** Somebody gave it up, or another window delivered it. `written`: the output is whole and out of the page. */
  | {
      kind: 'over';
      batch: string;
      target: BatchTarget['kind'];
      written: BatchEnd | undefined;
      /** False where this browser could not delete its copy. */
      isForgotten: boolean;
    }
  | {
      kind: 'delivered';
      end: BatchEnd;
      target: BatchTarget['kind'];
      keyOrigin: KeyOrigin;
      /** Certificates in the ledger beside those in the output, of devices that were made twice. */
      madeAnew: number;
      /** False where this browser could not delete its copy. */
      isForgotten: boolean;
    };
