import type { BatchPlan } from '@/lib/batch/batch-plan';
import { PEM_SETTINGS } from '@/lib/batch/testing/pem-settings';
import type { ChunkOutcome, IssuedFacts } from '@/lib/browser/batch/batch-issuer';
import { fail, ok } from '@/lib/result';

const DEVICES = 1000;
/** Small beside the batch: a page may have a few of them on their way. */
const DEVICES_A_CHUNK = 50;

export const PLAN: BatchPlan = {
  settings: PEM_SETTINGS,
  templateBody: undefined,
  subjects: Array.from({ length: DEVICES }, (_, index) => ({ commonName: `pump-${index}` })),
};

/** What the server adds to a batch that begins. */
export const SERVER = { host: 'localhost', port: 8883, serverRootPem: 'root\n' };

type Input = { batch?: string; chunk?: number; note?: string | undefined; readme?: string };

/** The PKI worker as the page of a batch sees it: one batch, kept over its runs, without keys and certificates. */
export class FakeBatchWorker {
  readonly calls: string[] = [];
  readonly made = new Set<number>();
  /** Of those, since the batch was resumed. */
  madeLater = 0;
  batch = '';
  isOpen: boolean = false;
  kept: boolean = false;
  note: string | undefined;
  readme: string | undefined;
  /** Of devices with one each. */
  passphrases: Blob | 'inside' | undefined;
  isForgetRefused: boolean = false;
  /** Indexes of devices that cannot be issued. */
  failing: readonly number[] = [];
  stopsAfterFailures = Number.POSITIVE_INFINITY;
  refuseFilesOf: string | undefined;
  isGone: boolean = false;
  /** No chunk is written above so many devices before `letGo`. */
  holdAfter = Number.POSITIVE_INFINITY;
  #held: (() => void)[] = [];
  #chunks: number[][] = [];
  #next = 0;
  #failures = 0;
  #written = 0;

  letGo(): void {
    this.holdAfter = Number.POSITIVE_INFINITY;
    for (const go of this.#held.splice(0)) go();
  }

  readonly call = async (operation: string, input: Input): Promise<unknown> => {
    this.calls.push(operation);
    // Not in the same turn: it is another thread.
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (this.isGone) throw new Error('the PKI worker was ended');
    switch (operation) {
      case 'beginBatch':
      case 'resumeBatch':
        return this.#open(input.batch ?? '');
      case 'issueBatchChunk':
        return this.#issue();
      case 'readBatchChunk':
        return ok(this.#chunk(input.chunk ?? 0));
      case 'writeBatchChunk':
        return this.#write(input.chunk ?? 0);
      case 'openBatchOutput':
        this.readme = input.readme;
        return ok(null);
      case 'endBatchOutput':
        this.note = input.note;
        return ok({
          manifestSha256: 'd'.repeat(64),
          devices: this.#written,
          archive: new Blob(['zip']),
          passphrases: this.passphrases,
        });
      case 'forgetBatch':
        if (this.isForgetRefused) throw new DOMException('open elsewhere', 'NoModificationAllowedError');
        this.kept = false;
        this.isOpen = false;
        return ok(null);
      case 'closeBatch':
        this.isOpen = false;
        return ok(null);
      default:
        return ok(null);
    }
  };

  #open(batch: string) {
    if (this.isOpen) return fail({ kind: 'batch-open-elsewhere' });
    this.isOpen = true;
    this.kept = true;
    this.batch = batch;
    this.#next = 0;
    this.#failures = 0;
    this.#written = 0;
    this.madeLater = 0;
    const chunks = this.#chunks.map((_, at) => at + 1);
    return ok({ settings: PLAN.settings, devices: DEVICES, finished: this.made.size, chunks });
  }

  #issue() {
    if (this.#failures >= this.stopsAfterFailures)
      return fail({ kind: 'devices-fail', cause: 'OperationError' });
    const some: number[] = [];
    for (; this.#next < DEVICES && some.length < DEVICES_A_CHUNK; this.#next += 1) {
      if (!this.made.has(this.#next)) some.push(this.#next);
    }
    if (some.length === 0) return ok(null);
    const failed = some
      .filter((index) => this.failing.includes(index))
      .map((index) => ({ index, commonName: `pump-${index}`, cause: 'OperationError' }));
    this.#failures += failed.length;
    const issued = some.filter((index) => !this.failing.includes(index));
    for (const index of issued) this.made.add(index);
    this.madeLater += issued.length;
    if (issued.length > 0) this.#chunks.push(issued);
    const outcome: ChunkOutcome = {
      issued: issued.length > 0 ? this.#chunk(this.#chunks.length) : undefined,
      failed,
    };
    return ok(outcome);
  }

  #chunk(chunk: number): { chunk: number; devices: IssuedFacts[] } {
    const devices = (this.#chunks[chunk - 1] ?? []).map((index) => ({
      index,
      certificateBase64: `certificate ${index}`,
    }));
    return { chunk, devices };
  }

  async #write(chunk: number) {
    const indexes = this.#chunks[chunk - 1] ?? [];
    if (indexes.some((index) => `pump-${index}` === this.refuseFilesOf)) {
      return fail({
        kind: 'device-files-failed',
        commonName: this.refuseFilesOf ?? '',
        cause: 'OperationError',
      });
    }
    if (this.#written >= this.holdAfter) await new Promise<void>((resolve) => this.#held.push(resolve));
    this.#written += indexes.length;
    return ok(null);
  }
}
