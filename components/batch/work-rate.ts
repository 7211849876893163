/** Long enough that a chunk of slow keys more or less does not show, short enough that a machine with other work to do does. */
const WINDOW_MS = 30_000;

/**
 * How fast devices are written while they are made. Pauses, and waiting for a server, are not work; nor is what was made meanwhile and is
 * written in one go afterwards.
 */
export class WorkRate {
  readonly #burstWrites: number;
  /** Newest last: from one write to the next. */
  #spans: { devices: number; ms: number }[] = [];
  #lastMs: number;
  /** So many writes are still to be left out; all of them while it is halted. */
  #unmeasured = 0;

  /** @param burstWrites how many writes at most are ready at the end of a halt */
  constructor(nowMs: number, burstWrites: number) {
    this.#lastMs = nowMs;
    this.#burstWrites = burstWrites;
  }

  wrote(devices: number, nowMs: number): void {
    const ms = nowMs - this.#lastMs;
    this.#lastMs = nowMs;
    if (this.#unmeasured > 0) {
      this.#unmeasured -= 1;
      return;
    }
    this.#spans.push({ devices, ms });
    let measuredMs = this.#spans.reduce((sum, span) => sum + span.ms, 0);
    while (measuredMs - (this.#spans[0]?.ms ?? measuredMs) >= WINDOW_MS) {
      measuredMs -= this.#spans.shift()?.ms ?? 0;
    }
  }

  /** Nothing is measured from the last write on. */
  halt(): void {
    this.#unmeasured = Number.POSITIVE_INFINITY;
  }

  goOn(): void {
    if (this.#unmeasured === Number.POSITIVE_INFINITY) this.#unmeasured = this.#burstWrites;
  }

  /** What was measured says nothing of what comes. */
  restart(): void {
    this.#spans = [];
  }

  /** Undefined before anything was measured. */
  get devicesPerSecond(): number | undefined {
    const sum = { devices: 0, ms: 0 };
    for (const { devices, ms } of this.#spans) {
      sum.devices += devices;
      sum.ms += ms;
    }
    return sum.ms > 0 ? (sum.devices * 1000) / sum.ms : undefined;
  }
}
