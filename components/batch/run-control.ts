import type { BatchStanding } from '@/lib/browser/batch/batch.protocol';
import type { FailedDevice } from '@/lib/browser/batch/batch-issuer';
import { type BatchControl, CHUNKS_ASKED_FOR, type ServerTrouble } from './batch-run';
import { type Failures, NO_FAILURES, type RunningState } from './batch-state';
import { WorkRate } from './work-rate';

/** Who has more of them has one cause in all of them. */
const FAILED_KEPT_MAX = 100;
/** The chunk in hand, and those that were asked for. */
const BURST_WRITES = CHUNKS_ASKED_FOR + 1;

type RunControlWiring = {
  onChange: (state: RunningState) => void;
  noteOn: (failures: Failures) => string;
  /** Milliseconds of a clock that nobody sets. */
  now?: () => number;
};

/** One run of a batch in the hands of the person: how far it is, and where it waits. */
export class RunControl implements BatchControl {
  readonly #standing: BatchStanding;
  readonly #wiring: RunControlWiring;
  readonly #now: () => number;
  readonly #rate: WorkRate;
  #state: RunningState;
  readonly #cancelling = new AbortController();
  #go: (() => void) | undefined;
  #askAgain: (() => void) | undefined;

  constructor(standing: BatchStanding, wiring: RunControlWiring) {
    this.#standing = standing;
    this.#wiring = wiring;
    this.#now = wiring.now ?? (() => performance.now());
    this.#rate = new WorkRate(this.#now(), BURST_WRITES);
    this.#state = {
      kind: 'running',
      isPaused: false,
      trouble: undefined,
      devices: standing.devices,
      written: 0,
      failures: NO_FAILURES,
      devicesPerSecond: undefined,
      leftMs: undefined,
    };
  }

  get state(): RunningState {
    return this.#state;
  }

  pause(): void {
    this.#rate.halt();
    this.#change({ isPaused: true });
  }

  resume(): void {
    if (this.#state.trouble === undefined) this.#rate.goOn();
    this.#change({ isPaused: false });
    this.#go?.();
  }

  retry(): void {
    this.#askAgain?.();
  }

  cancel(): void {
    this.#cancelling.abort();
    this.#go?.();
    this.#askAgain?.();
  }

  isCancelled(): boolean {
    return this.#cancelling.signal.aborted;
  }

  async whenGoing(): Promise<void> {
    while (this.#state.isPaused && !this.isCancelled()) {
      await new Promise<void>((resolve) => {
        this.#go = resolve;
      });
    }
  }

  async untilRetry(afterMs: number | undefined): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      this.#askAgain = resolve;
      if (afterMs !== undefined) timer = setTimeout(resolve, afterMs);
    });
    clearTimeout(timer);
  }

  onTrouble(trouble: ServerTrouble | undefined): void {
    if (trouble !== undefined) this.#rate.halt();
    else if (!this.#state.isPaused) this.#rate.goOn();
    if (trouble !== this.#state.trouble) this.#change({ trouble });
  }

  onWritten(devices: number): void {
    const before = this.#state.written;
    const written = before + devices;
    const { finished } = this.#standing;
    this.#rate.wrote(devices, this.#now());
    // What an earlier run made is only written out anew, much faster than the rest is made.
    if (before < finished && written >= finished) this.#rate.restart();
    this.#change({ written });
  }

  onFailed(devices: readonly FailedDevice[]): void {
    const { count, first } = this.#state.failures;
    const failures = {
      count: count + devices.length,
      first: [...first, ...devices].slice(0, FAILED_KEPT_MAX),
    };
    this.#change({ failures });
  }

  noteOnFailed(): string | undefined {
    const { failures } = this.#state;
    return failures.count > 0 ? this.#wiring.noteOn(failures) : undefined;
  }

  #change(change: Partial<RunningState>): void {
    const next = { ...this.#state, ...change };
    const { devices, written, failures } = next;
    const devicesPerSecond = this.#rate.devicesPerSecond;
    const left = devices - written - failures.count;
    const { finished } = this.#standing;
    const isToldAgain = written < finished && finished < devices;
    const leftMs =
      devicesPerSecond === undefined || isToldAgain ? undefined : (left * 1000) / devicesPerSecond;
    this.#state = { ...next, devicesPerSecond, leftMs };
    this.#wiring.onChange(this.#state);
  }
}
