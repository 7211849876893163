import type { BatchDevice } from '@/lib/batch/batch-device';
import type { BatchPlan } from '@/lib/batch/batch-plan';
import type { LeafIssuer } from '@/lib/pki/bulk/leaf-issuer';
import { fail, ok, type Result } from '@/lib/result';
import type { BatchStanding, DevicesFail } from './batch.protocol';
import type { BatchFiles } from './batch-files';
import { type ChunkOutcome, issueChunk } from './batch-issuer';
import type { Checkpoint } from './checkpoint';
import { FailedInARow } from './failed-in-a-row';
import { unpackChunk } from './issued-chunk';
import type { KeyMakers } from './key-makers';

/** The first record of a checkpoint is the plan, all others are chunks of devices. */
const PLAN_RECORD = 0;

/** With RSA a chunk would take half a minute: what is finished is to be safe, and seen, sooner than that. */
const CHUNK_MS_MAX = 2000;

type NextChunk = Result<ChunkOutcome | null, DevicesFail>;

/** One batch with its checkpoint: what is to be made, what is made, and where it goes. */
export class OpenBatch {
  readonly checkpoint: Checkpoint;
  readonly plan: BatchPlan;
  readonly #finished: Set<number>;
  /** Chunks that are on their way to the ledger, and from there to the output: a few at most. */
  readonly #fresh = new Map<number, Uint8Array<ArrayBuffer>>();
  readonly #closing = new AbortController();
  readonly #row = new FailedInARow();
  #issuing: Promise<unknown> = Promise.resolve();
  #next = 0;
  #key: { handle: string; issuer: LeafIssuer } | undefined;
  #files: BatchFiles | undefined;
  /** What the files are asked for; they are not closed under it. */
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(checkpoint: Checkpoint, plan: BatchPlan, finished: Set<number>) {
    this.checkpoint = checkpoint;
    this.plan = plan;
    this.#finished = finished;
  }

  static async begin(checkpoint: Checkpoint, plan: BatchPlan): Promise<OpenBatch> {
    if (checkpoint.records > 0) throw new Error('a batch can be begun only once');
    await checkpoint.append(new TextEncoder().encode(JSON.stringify(plan)));
    return new OpenBatch(checkpoint, plan, new Set());
  }

  /** @returns undefined where the page was closed before the plan was kept */
  static async reopen(checkpoint: Checkpoint): Promise<OpenBatch | undefined> {
    if (checkpoint.records === 0) return undefined;
    // Written by `begin` and sealed since.
    const plan: BatchPlan = JSON.parse(new TextDecoder().decode(await checkpoint.read(PLAN_RECORD)));
    const finished = new Set<number>();
    for (const chunk of chunksOf(checkpoint)) {
      for (const { index, key } of unpackChunk(await checkpoint.read(chunk))) {
        finished.add(index);
        key?.fill(0);
      }
    }
    return new OpenBatch(checkpoint, plan, finished);
  }

  get caHandle(): string {
    return this.#key?.handle ?? '';
  }

  unlock(handle: string, issuer: LeafIssuer): void {
    this.#key = { handle, issuer };
  }

  standing(): BatchStanding {
    return {
      settings: this.plan.settings,
      devices: this.plan.subjects.length,
      finished: this.#finished.size,
      chunks: chunksOf(this.checkpoint),
    };
  }

  /** The next devices that are missing; null when none is. Who asks again meanwhile is answered in turn. */
  issueNext(devicesMax: number, keys: KeyMakers, crypto: Crypto): Promise<NextChunk> {
    const issued = this.#issuing.then(() => this.#issueNext(devicesMax, keys, crypto));
    this.#issuing = issued.catch(() => undefined);
    return issued;
  }

  async #issueNext(devicesMax: number, keys: KeyMakers, crypto: Crypto): Promise<NextChunk> {
    if (this.#key === undefined) throw new Error('a batch without its issuer');
    const { settings } = this.plan;
    const devices = this.#missing(devicesMax);
    if (devices.length === 0 || this.#closing.signal.aborted) return ok(null);
    if (this.#row.cause !== undefined) return fail({ kind: 'devices-fail', cause: this.#row.cause });
    const startedMs = performance.now();
    const request = {
      devices,
      makeKey: () => keys.make(settings.algorithm),
      hasOwnPassphrases: settings.passphraseRule === 'own',
      row: this.#row,
      isEnough: () => this.#closing.signal.aborted || performance.now() - startedMs > CHUNK_MS_MAX,
    };
    const { issued, failed, packed } = await issueChunk(request, this.#key.issuer, this.checkpoint, crypto);
    if (issued !== undefined) this.#fresh.set(issued.chunk, packed);
    for (const { index } of issued?.devices ?? []) this.#finished.add(index);
    // One that failed is not asked for again in this run: whoever resumes the batch does.
    const [lastIssued, lastFailed] = [issued?.devices.at(-1), failed.at(-1)];
    this.#next = 1 + Math.max(lastIssued?.index ?? -1, lastFailed?.index ?? -1);
    return ok({ issued, failed });
  }

  #missing(devicesMax: number): { index: number; device: BatchDevice }[] {
    const { subjects, requests } = this.plan;
    const devices = [];
    for (let index = this.#next; index < subjects.length && devices.length < devicesMax; index += 1) {
      const subject = subjects[index];
      if (subject !== undefined && !this.#finished.has(index))
        devices.push({ index, device: { line: index + 1, subject, request: requests?.[index] } });
    }
    return devices;
  }

  /** Where its files go from here on; what went elsewhere before is thrown away. */
  async takeFiles(files: BatchFiles): Promise<void> {
    await this.#closeFiles();
    this.#files = files;
  }

  /** The files of a finished chunk. @returns undefined where there is no output, or none any more */
  write(chunk: number) {
    return this.#inFiles(async (files) => files.write(await this.#takeChunk(chunk)));
  }

  /** @returns undefined where there is no output, or none any more */
  end(note: string | undefined) {
    return this.#inFiles((files) => files.end(note));
  }

  async #inFiles<Value>(act: (files: BatchFiles) => Promise<Value>): Promise<Value | undefined> {
    if (this.#files === undefined) return undefined;
    const done = act(this.#files);
    this.#writing = Promise.allSettled([this.#writing, done]);
    return done;
  }

  async #closeFiles(): Promise<void> {
    const files = this.#files;
    this.#files = undefined;
    await this.#writing;
    await files?.close();
  }

  /** A finished chunk with its keys; the taker's from here on. What was just made is at hand, earlier ones come from the checkpoint. */
  async #takeChunk(chunk: number): Promise<Uint8Array<ArrayBuffer>> {
    const fresh = this.#fresh.get(chunk);
    this.#fresh.delete(chunk);
    return fresh ?? this.checkpoint.read(chunk);
  }

  /** After what is being written, and after what is being issued: its chunk is still to be kept. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#closeFiles();
    await this.#issuing;
    for (const chunk of this.#fresh.values()) chunk.fill(0);
    this.#fresh.clear();
    this.checkpoint.close();
  }
}

function chunksOf({ records }: Checkpoint): number[] {
  return Array.from({ length: records - 1 }, (_, index) => index + 1);
}
