import { ApiError } from '@/lib/sandbox/api-error';
import { filesOf } from '@/lib/sandbox/lambda/code-package';
import type { FunctionRecord } from '@/lib/sandbox/lambda/lambda-tables';
import { type FunctionDirectory, makeFunctionDirectory } from './function-directory';
import type { FunctionProcess, Invocation, InvocationOutcome } from './function-process';
import type { ProcessSlots } from './process-slots';
import { type Program, programOf } from './program';
import type { FunctionHost } from './spawn-function';
import { startProcess } from './start-process';

/** Lambda keeps an environment warm for minutes; a minute is enough for a rehearsal and frees the memory soon. */
const WARM_MS = 60_000;
/** Processes of one function at a time: enough to try concurrency out, on a machine that does other things as well. */
const PROCESSES_MAX = 4;

/** The processes of one function as it stands: of one code and one configuration. */
export class FunctionPool {
  readonly #known: FunctionRecord;
  readonly #host: FunctionHost;
  readonly #zip: Uint8Array;
  readonly #slots: ProcessSlots;
  readonly #withdraw: () => void;
  readonly #idle = new Set<FunctionProcess>();
  readonly #busy = new Set<FunctionProcess>();
  readonly #waiting: (() => void)[] = [];
  #starting = 0;
  #directory: Promise<FunctionDirectory> | undefined;
  #state: 'open' | 'closed' = 'open';
  #warm: NodeJS.Timeout | undefined;

  constructor(
    known: FunctionRecord,
    { host, zip, slots }: { host: FunctionHost; zip: Uint8Array; slots: ProcessSlots },
  ) {
    this.#known = known;
    this.#host = host;
    this.#zip = zip;
    this.#slots = slots;
    this.#withdraw = slots.offer(() => this.#endOneIdle());
  }

  /** What its processes were made of; another revision needs another pool. */
  get revisionId(): string {
    return this.#known.revisionId;
  }

  /**
   * Runs one event, in a process that is free or a new one; waits when there are too many.
   *
   * @throws ApiError NotImplementedException when this machine has nothing to run the function with, ServiceException when it could
   *   not start it now
   */
  async invoke(invocation: Invocation): Promise<InvocationOutcome> {
    const worker = await this.#acquire();
    this.#busy.add(worker);
    try {
      return await worker.invoke(invocation);
    } finally {
      this.#busy.delete(worker);
      if (!worker.isDead && this.#state === 'open' && !this.#slots.isWanted) this.#idle.add(worker);
      else worker.kill();
      this.#waiting.shift()?.();
      this.#coolDown();
    }
  }

  /** Ends its processes and removes its folder. Invocations under way end as failed. */
  async close(): Promise<void> {
    this.#state = 'closed';
    this.#withdraw();
    clearTimeout(this.#warm);
    for (const proceed of this.#waiting.splice(0)) proceed();
    await Promise.all([...this.#idle, ...this.#busy].map((worker) => worker.close()));
    this.#idle.clear();
    const directory = await this.#directory?.catch(() => undefined); // it failed, and said so to who asked for it
    await directory?.remove();
  }

  async #acquire(): Promise<FunctionProcess> {
    while (
      this.#state === 'open' &&
      this.#idle.size === 0 &&
      this.#busy.size + this.#starting >= PROCESSES_MAX
    ) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    for (const worker of this.#idle) {
      this.#idle.delete(worker);
      if (!worker.isDead) return worker;
    }
    this.#starting += 1;
    try {
      return await this.#start();
    } catch (error) {
      this.#waiting.shift()?.(); // no process will end in its favour
      throw error;
    } finally {
      this.#starting -= 1;
    }
  }

  async #start(): Promise<FunctionProcess> {
    const program = await programOf(this.#known.runtime);
    this.#requireOpen(); // nobody would remove what is unpacked now
    const directory = await this.#unpacked(program.language);
    this.#requireOpen();
    const parts = { known: this.#known, directory, host: this.#host, slots: this.#slots };
    const worker = await startProcess(program, parts);
    if (this.#state === 'closed') worker.kill();
    this.#requireOpen();
    return worker;
  }

  #requireOpen(): void {
    if (this.#state === 'closed') {
      throw new ApiError('ServiceException', 'The function was changed or the sandbox stops');
    }
  }

  /** Once for all processes; tried again when the disk was the reason that it failed. */
  async #unpacked(language: Program['language']): Promise<FunctionDirectory> {
    try {
      this.#directory ??= makeFunctionDirectory(filesOf(this.#zip), language);
      return await this.#directory;
    } catch (error) {
      this.#directory = undefined;
      const reason = error instanceof Error ? error.message : String(error);
      throw new ApiError('ServiceException', `The function's code could not be unpacked: ${reason}`);
    }
  }

  /** So that another function can have its place. */
  #endOneIdle(): boolean {
    for (const worker of this.#idle) {
      this.#idle.delete(worker);
      if (worker.isDead) continue;
      worker.kill();
      return true;
    }
    return false;
  }

  #coolDown(): void {
    clearTimeout(this.#warm);
    if (this.#state === 'closed') return;
    this.#warm = setTimeout(() => {
      for (const worker of this.#idle) worker.kill();
      this.#idle.clear();
    }, WARM_MS);
    this.#warm.unref();
  }
}
