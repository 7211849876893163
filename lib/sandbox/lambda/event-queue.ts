import { lambdaError } from './lambda-error';

/**
 * Lambda keeps events for 6 hours; here they are in memory only, and lost with the process. Enough for ten thousand devices that come at
 * once, whose events are small.
 */
const QUEUED_MAX = 10_000;
const QUEUED_BYTES_MAX = 64 * 1024 * 1024;
/** Lambda tries again after one minute and after two; a rehearsal is a sixtieth of that. */
const RETRY_DELAYS_MS = [1000, 2000];

/** One event; each attempt answers with its failure, or undefined when there is no reason to try again. */
export type QueuedEvent = {
  /** What it holds in memory. */
  bytes: number;
  attempt(): Promise<string | undefined>;
  givenUp(last: { attempts: number; failure: string }): void;
};

/** Events that are run later; a failing one is tried twice more. */
export class EventQueue {
  readonly #waiting = new Map<NodeJS.Timeout, () => void>();
  #queued = 0;
  #bytes = 0;
  /** Counts cancellations: what was queued before one is not run after it. */
  #epoch = 0;

  /** @throws ApiError TooManyRequestsException when too many wait */
  add(event: QueuedEvent): void {
    if (this.#queued >= QUEUED_MAX || this.#bytes + event.bytes > QUEUED_BYTES_MAX) {
      throw lambdaError(
        'TooManyRequestsException',
        `Rate Exceeded: ${this.#queued} events wait in the sandbox`,
      );
    }
    this.#queued += 1;
    this.#bytes += event.bytes;
    void this.#run(event, this.#epoch).finally(() => {
      this.#queued -= 1;
      this.#bytes -= event.bytes;
    });
  }

  /** Nothing that waits is run any more. */
  cancel(): void {
    this.#epoch += 1;
    for (const [timer, proceed] of this.#waiting) {
      clearTimeout(timer);
      proceed();
    }
    this.#waiting.clear();
  }

  async #run(event: QueuedEvent, epoch: number): Promise<void> {
    for (let attempts = 1; epoch === this.#epoch; attempts += 1) {
      const failure = await event.attempt();
      if (failure === undefined || epoch !== this.#epoch) return;
      const delayMs = RETRY_DELAYS_MS[attempts - 1];
      if (delayMs === undefined) {
        event.givenUp({ attempts, failure });
        return;
      }
      await this.#wait(delayMs);
    }
  }

  #wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(timer);
        resolve();
      }, delayMs);
      timer.unref();
      this.#waiting.set(timer, resolve);
    });
  }
}
