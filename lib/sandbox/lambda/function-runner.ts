import { randomUUID } from 'node:crypto';
import { ApiError } from '@/lib/sandbox/api-error';
import {
  currentChain,
  endForFunctions,
  inChain,
  type MessageChain,
  newChain,
  throughFunction,
} from '@/lib/sandbox/rules/message-chain';
import type { RegionState } from '@/lib/sandbox/state/region-state';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { EventQueue } from './event-queue';
import { framedLog } from './framed-log';
import { FunctionExplainer } from './function-explainer';
import { lambdaError } from './lambda-error';
import { type FunctionRecord, LambdaTables } from './lambda-tables';
import { functionArn } from './require-function';
import { sweepFunctionDirectories } from './runtime/function-directory';
import { FunctionPool } from './runtime/function-pool';
import type { InvocationOutcome } from './runtime/function-process';
import { ProcessSlots } from './runtime/process-slots';
import { TraceHeaders } from './trace-header';

/** Processes of all functions: Lambda runs a thousand events at once, and a new account's ten; one machine does other things as well. */
const PROCESSES_MAX = 16;

/** Service model of Lambda, RecursiveInvocationException. */
const RECURSION =
  "Lambda has detected your function being invoked in a recursive loop with other Amazon Web Services resources and stopped your function's invocation.";
const LOOP_HINT = 'Let it not cause what invokes it: publish to another topic, or invoke another function.';

export type FunctionRunnerSettings = {
  sandbox: SandboxState;
  /** URL of the API port. */
  endpoint: string;
  now: () => Date;
  /** Hears of faults that no caller waits for. */
  onUnexpected(error: unknown): void;
};

/** Runs Lambda functions, now or from a queue. What they print and how they fail is explained. */
export class FunctionRunner {
  readonly #settings: FunctionRunnerSettings;
  readonly #explainer: FunctionExplainer;
  readonly #queue: EventQueue;
  readonly #onUnexpected: (error: unknown) => void;
  readonly #traces = new TraceHeaders();
  readonly #slots = new ProcessSlots(PROCESSES_MAX);
  readonly #pools = new Map<string, FunctionPool>();
  /** Ended pools that still remove their folders. */
  readonly #closing = new Set<Promise<void>>();
  readonly #sweeping: Promise<void>;
  readonly #onReset = () => this.#reset();
  /** Counts resets: what is heard of an invocation from before one is not told. */
  #epoch = 0;

  constructor(settings: FunctionRunnerSettings) {
    this.#settings = settings;
    this.#explainer = new FunctionExplainer(settings);
    this.#onUnexpected = settings.onUnexpected;
    this.#queue = new EventQueue(this.#onUnexpected);
    settings.sandbox.changes.on('reset', this.#onReset);
    // Beside the start, which need not wait for it; what cannot be removed does no harm.
    this.#sweeping = sweepFunctionDirectories().catch(() => undefined);
  }

  /** Where the package of a function can be had, of what has no S3. */
  packageUrl({ name }: RegionState, functionName: string): string {
    return `${this.#settings.endpoint}/_sandbox/functions/${name}/${functionName}.zip`;
  }

  /** What a request of a function belongs to, by its tracing header. */
  chainOf(header: string | readonly string[] | undefined): MessageChain | undefined {
    return this.#traces.chainOf(header);
  }

  /**
   * @throws ApiError NotImplementedException when this machine has nothing to run the function with, ServiceException when it could
   *   not start it now, RecursiveInvocationException when it is part of a loop
   */
  async invoke(
    region: RegionState,
    known: FunctionRecord,
    event: string,
  ): Promise<InvocationOutcome & { id: string }> {
    const chain = currentChain() ?? newChain();
    if (endForFunctions(chain) !== undefined) throw lambdaError('RecursiveInvocationException', RECURSION);
    const further = throughFunction(chain);
    const id = randomUUID();
    const epoch = this.#epoch;
    const startedAt = performance.now();
    const invocation = {
      id,
      event,
      arn: functionArn(region, known.functionName),
      timeoutMs: known.timeoutSeconds * 1000,
      trace: this.#traces.of(further),
    };
    const outcome = await inChain(further, () => this.#poolOf(region, known).invoke(invocation));
    if (epoch === this.#epoch) {
      const of = { regionName: region.name, functionName: known.functionName, event };
      this.#explainer.ended(of, { ...outcome, id });
    }
    const { memoryMegabytes } = known;
    const durationMs = performance.now() - startedAt;
    return { ...outcome, id, log: framedLog(outcome.log, { id, memoryMegabytes, durationMs }) };
  }

  /**
   * Accepts an event for later.
   *
   * @throws ApiError TooManyRequestsException when too many wait
   */
  queue(region: RegionState, { functionName }: FunctionRecord, event: string): void {
    const of = { regionName: region.name, functionName, event };
    this.#queue.add({
      bytes: Buffer.byteLength(event),
      attempt: async () => {
        const known = region.family(LambdaTables).functions.get(functionName);
        if (known) return await this.#failureOf(region, known, event);
        this.#explainer.dropped(of);
        return undefined;
      },
      givenUp: (last) => this.#explainer.givenUp(of, last),
    });
  }

  /** Ends the processes of a function that is no more. */
  forget(region: RegionState, functionName: string): void {
    const key = keyOf(region, functionName);
    const pool = this.#pools.get(key);
    this.#pools.delete(key);
    if (pool) this.#end(pool);
  }

  async close(): Promise<void> {
    this.#settings.sandbox.changes.off('reset', this.#onReset);
    this.#reset();
    await Promise.all([this.#sweeping, ...this.#closing]);
  }

  async #failureOf(region: RegionState, known: FunctionRecord, event: string): Promise<string | undefined> {
    const epoch = this.#epoch;
    const of = { regionName: region.name, functionName: known.functionName, event };
    const loop = endForFunctions(currentChain() ?? newChain());
    if (loop !== undefined) {
      this.#explainer.notRun(of, `the event is part of a loop: ${loop}. ${LOOP_HINT}`);
      return undefined; // it would be no other the next time
    }
    try {
      const { isError, payload } = await this.invoke(region, known, event);
      return isError ? payload : undefined;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (epoch === this.#epoch) this.#explainer.notRun(of, error.message);
      return error.message;
    }
  }

  #poolOf(region: RegionState, known: FunctionRecord): FunctionPool {
    const key = keyOf(region, known.functionName);
    const pool = this.#pools.get(key);
    if (pool?.revisionId === known.revisionId) return pool;
    if (pool) this.#end(pool);
    const { zipBase64 = '' } = region.family(LambdaTables).packages.get(known.functionName) ?? {};
    const fresh = new FunctionPool(known, {
      host: { endpoint: this.#settings.endpoint, region: region.name },
      zip: Buffer.from(zipBase64, 'base64'),
      slots: this.#slots,
    });
    this.#pools.set(key, fresh);
    return fresh;
  }

  #end(pool: FunctionPool): void {
    // A folder that cannot be removed is swept by a later start.
    const closing: Promise<void> = pool
      .close()
      .catch(this.#onUnexpected)
      .finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  #reset(): void {
    this.#epoch += 1;
    this.#queue.cancel();
    for (const pool of this.#pools.values()) this.#end(pool);
    this.#pools.clear();
  }
}

const keyOf = (region: RegionState, functionName: string) => `${region.name}/${functionName}`;
