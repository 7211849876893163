import { randomUUID } from 'node:crypto';
import type { RegionState } from '@/lib/sandbox/state/region-state';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { lambdaError } from './lambda-error';
import { type FunctionRecord, LambdaTables } from './lambda-tables';
import { functionArn } from './require-function';
import { sweepFunctionDirectories } from './runtime/function-directory';
import { FunctionPool } from './runtime/function-pool';
import type { InvocationOutcome } from './runtime/function-process';

/** Lambda keeps 6 hours of events; here they are in memory only. */
const QUEUED_MAX = 1000;
/** Lambda tries again after one minute and after two; a rehearsal is a sixtieth of that. */
const RETRY_DELAYS_MS = [1000, 2000];
/** What is kept of a log, at its end, where errors are. */
const LOG_CHARACTERS_MAX = 4096;

export type FunctionRunnerSettings = {
  sandbox: SandboxState;
  /** URL of the API port. */
  endpoint: string;
  now: () => Date;
};

/** Runs Lambda functions, now or from a queue. What they print and how they fail is explained. */
export class FunctionRunner {
  readonly #settings: FunctionRunnerSettings;
  readonly #pools = new Map<string, FunctionPool>();
  /** Ended pools that still remove their folders. */
  readonly #closing = new Set<Promise<void>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #forget: () => void;
  readonly #sweeping: Promise<void>;
  #queued = 0;
  /** Counts resets: what was queued before one is not run after it. */
  #epoch = 0;

  constructor(settings: FunctionRunnerSettings) {
    this.#settings = settings;
    this.#forget = () => this.#reset();
    settings.sandbox.changes.on('reset', this.#forget);
    // Beside the start, which need not wait for it.
    this.#sweeping = sweepFunctionDirectories().catch(() => undefined); // what cannot be removed does no harm
  }

  /** @throws ApiError NotImplementedException when this machine has nothing to run the function with */
  async invoke(
    region: RegionState,
    known: FunctionRecord,
    event: string,
  ): Promise<InvocationOutcome & { id: string }> {
    const id = randomUUID();
    const startedAt = performance.now();
    const epoch = this.#epoch;
    const outcome = await this.#poolOf(region, known).invoke({
      id,
      event,
      arn: functionArn(region, known.functionName),
      timeoutMs: known.timeoutSeconds * 1000,
    });
    const log = framed(outcome.log, { id, known, durationMs: performance.now() - startedAt });
    // A reset ends what runs, and forgets what was told of it.
    if (epoch === this.#epoch) this.#explainOutcome(region, known, { ...outcome, id });
    return { ...outcome, log, id };
  }

  /**
   * Accepts an event for later; a failing one is tried twice more.
   *
   * @throws ApiError TooManyRequestsException when too many wait
   */
  queue(region: RegionState, { functionName }: FunctionRecord, event: string): void {
    if (this.#queued >= QUEUED_MAX) {
      throw lambdaError(
        'TooManyRequestsException',
        `Rate Exceeded: ${QUEUED_MAX} events wait in the sandbox`,
      );
    }
    this.#queued += 1;
    const epoch = this.#epoch;
    void this.#attempt({ region, functionName, event, epoch }, 0).finally(() => {
      this.#queued -= 1;
    });
  }

  /** Ends the processes of a function that is no more. */
  forget(region: RegionState, functionName: string): void {
    const key = `${region.name}/${functionName}`;
    const pool = this.#pools.get(key);
    this.#pools.delete(key);
    if (pool) this.#end(pool);
  }

  async close(): Promise<void> {
    this.#settings.sandbox.changes.off('reset', this.#forget);
    this.#reset();
    await Promise.all([this.#sweeping, ...this.#closing]);
  }

  async #attempt(
    job: { region: RegionState; functionName: string; event: string; epoch: number },
    attempts: number,
  ): Promise<void> {
    if (job.epoch !== this.#epoch) return;
    const known = job.region.family(LambdaTables).functions.get(job.functionName);
    if (!known) {
      const message = `The function ${job.functionName} was deleted before its event was run.`;
      this.#explain(job.region, { code: 'lambda-dropped', message, functionName: job.functionName });
      return;
    }
    const failure = await this.#failureOf(job.region, known, job.event);
    const delayMs = RETRY_DELAYS_MS[attempts];
    if (failure === undefined || job.epoch !== this.#epoch) return;
    if (delayMs === undefined) {
      const message = `The function ${known.functionName} failed ${attempts + 1} times; Lambda gives the event up. Last: ${failure}`;
      this.#explain(job.region, { code: 'lambda-given-up', message, functionName: known.functionName });
      return;
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        resolve();
      }, delayMs);
      timer.unref();
      this.#timers.add(timer);
    });
    await this.#attempt(job, attempts + 1);
  }

  async #failureOf(region: RegionState, known: FunctionRecord, event: string): Promise<string | undefined> {
    try {
      const { isError, payload } = await this.invoke(region, known, event);
      return isError ? payload.slice(0, 512) : undefined;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#explain(region, { code: 'lambda-failed', message, functionName: known.functionName });
      return message;
    }
  }

  #poolOf(region: RegionState, known: FunctionRecord): FunctionPool {
    const key = `${region.name}/${known.functionName}`;
    const pool = this.#pools.get(key);
    if (pool?.revisionId === known.revisionId) return pool;
    if (pool) this.#end(pool);
    const { zipBase64 = '' } = region.family(LambdaTables).packages.get(known.functionName) ?? {};
    const fresh = new FunctionPool(known, {
      host: { endpoint: this.#settings.endpoint, region: region.name },
      zip: Buffer.from(zipBase64, 'base64'),
    });
    this.#pools.set(key, fresh);
    return fresh;
  }

  #end(pool: FunctionPool): void {
    const closing: Promise<void> = pool.close().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  #reset(): void {
    this.#epoch += 1;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    for (const pool of this.#pools.values()) this.#end(pool);
    this.#pools.clear();
  }

  #explainOutcome(
    region: RegionState,
    { functionName }: FunctionRecord,
    { isError, payload, log, id }: InvocationOutcome & { id: string },
  ): void {
    const printed = log.slice(-LOG_CHARACTERS_MAX);
    if (printed !== '') {
      const message = `The function ${functionName} printed: ${printed}`;
      this.#explain(region, { code: 'lambda-log', message, functionName, requestId: id });
    }
    if (!isError) {
      const message = `The function ${functionName} ran.`;
      this.#explain(region, { code: 'lambda-ran', message, functionName, requestId: id });
      return;
    }
    const message = `The function ${functionName} failed: ${payload.slice(0, 1024)}`;
    this.#explain(region, { code: 'lambda-failed', message, functionName, requestId: id });
  }

  #explain(
    region: RegionState,
    { code, message, ...params }: { code: string; message: string; functionName: string; requestId?: string },
  ): void {
    const { sandbox, now } = this.#settings;
    sandbox.explanations.explain({ code, message, region: region.name, params }, now());
  }
}

/** The lines that Lambda writes around what a function prints. */
function framed(
  log: string,
  { id, known, durationMs }: { id: string; known: FunctionRecord; durationMs: number },
): string {
  const duration = `Duration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${Math.ceil(durationMs)} ms`;
  const end = log === '' || log.endsWith('\n') ? '' : '\n';
  return `START RequestId: ${id} Version: $LATEST\n${log}${end}END RequestId: ${id}\nREPORT RequestId: ${id}\t${duration}\tMemory Size: ${known.memoryMegabytes} MB\n`;
}
