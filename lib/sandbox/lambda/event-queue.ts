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
  readonly #onUnexpected: (error: unknown) => void;

  /** @param onUnexpected - hears of faults of the sandbox itself; an event that meets one counts as failed */
  constructor(onUnexpected: (error: unknown) => void) {
    this.#onUnexpected = onUnexpected;
  }

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
    // Nobody waits for it: what it rejected with would end the process.
    void this.#run(event, this.#epoch)
      .catch(this.#onUnexpected)
      .finally(() => {
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
      const failure = await this.#attempt(event);
      if (failure === undefined || epoch !== this.#epoch) return;
      const delayMs = RETRY_DELAYS_MS[attempts - 1];
      if (delayMs === undefined) {
        event.givenUp({ attempts, failure });
        return;
      }
      await this.#wait(delayMs);
    }
  }

  async #attempt(event: QueuedEvent): Promise<string | undefined> {
    try {
      return await event.attempt();
    } catch (error) {
      this.#onUnexpected(error);
      return `A fault of the sandbox: ${error instanceof Error ? error.message : String(error)}`;
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
