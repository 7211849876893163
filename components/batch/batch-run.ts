/**
 * Issuing a batch, in the order that keeps the ledger's promise for each of its chunks: durable in the browser's checkpoint, durable rows,
 * output. The next chunks are made while the server hears of the last one.
 * @module
 */
import type { BatchEnd, BatchStanding } from '@/lib/browser/batch/batch.protocol';
import type { ChunkOutcome, FailedDevice } from '@/lib/browser/batch/batch-issuer';
import type { PkiOperations } from '@/lib/browser/pki.protocol';
import type { PkiClient } from '@/lib/browser/pki-client';
import { orStopped, type WorkerStopped } from '@/lib/browser/worker-stopped';
import type { Failure } from '@/lib/failure';
import { fail, ok, type Result } from '@/lib/result';
import { RESERVED_AT_ONCE_MAX } from './batch-answers';
import { prospectOf } from './server-refusal';

type FaultOf<Name extends keyof PkiOperations> =
  Extract<PkiOperations[Name]['answer'], { ok: false }> extends { failure: infer Fault } ? Fault : never;

/** What the worker refused while a batch was running; what is finished stays in the checkpoint. */
export type RunFault =
  | FaultOf<'issueBatchChunk'>
  | FaultOf<'writeBatchChunk'>
  | FaultOf<'endBatchOutput'>
  | WorkerStopped
  | { kind: 'cancelled' }
  /** By the server, for good. */
  | { kind: 'refused'; failure: Failure };

export type ServerTrouble = {
  failure: Failure;
  /** Undefined: waits for the person, since asking again alone would not help. */
  retryInMs: number | undefined;
};

export type BatchControl = {
  /** Resolves at once, or when a pause is over. */
  whenGoing(): Promise<void>;
  /** Resolves after the time, or earlier when the person asks for it. */
  untilRetry(afterMs: number | undefined): Promise<void>;
  isCancelled(): boolean;
  onTrouble(trouble: ServerTrouble | undefined): void;
  /** Devices whose rows are durable and whose files are written. */
  onWritten(devices: number): void;
  /** Devices that could not be issued; the others go on. */
  onFailed(devices: readonly FailedDevice[]): void;
  /** What the README has to say of those; undefined where none failed. */
  noteOnFailed(): string | undefined;
};

export type BatchPorts = {
  pki: Pick<PkiClient, 'call'>;
  /** Rows of these certificates; asking again is harmless. */
  reserve(certificates: string[]): Promise<Result<unknown, Failure>>;
};

/** One is made while the next ones have been asked for: the worker does not wait for the page. */
export const CHUNKS_ASKED_FOR = 3;
/** The files of one are made while those of the next are on their way. */
const WRITES_AT_ONCE = 2;
const RETRY_MIN_MS = 1000;
const RETRY_MAX_MS = 30_000;

/**
 * What failed is left out of output and ledger, and the batch is not whole then: whoever resumes it makes what is missing.
 * @param run - open in the worker, its output too
 */
export async function runBatch(
  { batch, standing }: { batch: string; standing: BatchStanding },
  { pki, reserve }: BatchPorts,
  control: BatchControl,
): Promise<Result<BatchEnd, RunFault>> {
  const waiting = [...standing.chunks];
  const next = () => nextChunk(waiting.shift(), batch, pki);
  let written = 0;
  let lastFailed: FailedDevice | undefined;
  const writing: Promise<Result<null, RunFault>>[] = [];
  const upcoming = Array.from({ length: CHUNKS_ASKED_FOR }, next);
  try {
    for (;;) {
      const made = await upcoming.shift();
      if (made === undefined) throw new Error('a chunk that was not asked for');
      if (!made.ok) return made;
      if (made.value === null) break;
      await control.whenGoing();
      if (control.isCancelled()) return fail({ kind: 'cancelled' });
      upcoming.push(next());
      const { issued, failed } = made.value;
      if (failed.length > 0) control.onFailed(failed);
      lastFailed = failed.at(-1) ?? lastFailed;
      if (issued === undefined) continue;
      const { chunk, devices } = issued;
      const certificates = devices.map(({ certificateBase64 }) => certificateBase64);
      const reserved = await reserveUntilDone(certificates, reserve, control);
      if (!reserved.ok) return reserved;
      // The rows of one chunk become durable while the files of those before are written.
      const before = writing.length < WRITES_AT_ONCE ? undefined : await writing.shift();
      if (before?.ok === false) return before;
      const write = orStopped(pki.call('writeBatchChunk', { batch, chunk })).then((answer) => {
        if (!answer.ok) return answer;
        written += devices.length;
        control.onWritten(devices.length);
        return answer;
      });
      writing.push(write);
    }
  } finally {
    // Whoever hears that the run is over closes its output: not under a file that is being written.
    await Promise.all(writing);
  }
  for (const last of await Promise.all(writing)) if (!last.ok) return last;
  // An output without a device would be none.
  if (written === 0 && lastFailed !== undefined)
    return fail({ kind: 'devices-fail', cause: lastFailed.cause });
  const ended = await orStopped(pki.call('endBatchOutput', { batch, note: control.noteOnFailed() }));
  return ended.ok ? ok(ended.value) : ended;
}

type NextChunk = Result<ChunkOutcome | null, FaultOf<'issueBatchChunk'> | WorkerStopped>;

/** @param finished a chunk of an earlier run; undefined: all of those have been told */
async function nextChunk(
  finished: number | undefined,
  batch: string,
  pki: BatchPorts['pki'],
): Promise<NextChunk> {
  if (finished === undefined)
    return orStopped(pki.call('issueBatchChunk', { batch, devicesMax: RESERVED_AT_ONCE_MAX }));
  const read = await orStopped(pki.call('readBatchChunk', { batch, chunk: finished }));
  return read.ok ? ok({ issued: read.value, failed: [] }) : read;
}

/** Asks until the rows are durable, the person stops it, or the server says that they never will be. */
async function reserveUntilDone(
  certificates: string[],
  reserve: BatchPorts['reserve'],
  control: BatchControl,
): Promise<Result<undefined, RunFault>> {
  for (let attempt = 0; !control.isCancelled(); attempt += 1) {
    const answer = await reserve(certificates);
    if (answer.ok) {
      control.onTrouble(undefined);
      return ok(undefined);
    }
    const { failure } = answer;
    const prospect = prospectOf(failure);
    if (prospect === 'final') return fail({ kind: 'refused', failure });
    const retryInMs = prospect === 'passes' ? retryAfter(failure, attempt) : undefined;
    control.onTrouble({ failure, retryInMs });
    await control.untilRetry(retryInMs);
  }
  return fail({ kind: 'cancelled' });
}

/** Ever more slowly. */
function retryAfter(failure: Failure, attempt: number): number {
  const delayMs = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** attempt);
  return failure.kind === 'busy' ? Math.max(delayMs, failure.retryAfterMs) : delayMs;
}
