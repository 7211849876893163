/**
 * Slows a client down to what AWS IoT processes of one connection; what is above is delayed, never refused.
 * AWS IoT Core quotas: "Publish requests per second per connection", "Throughput per second per connection".
 * @module
 */
const PUBLISHES_PER_SECOND = 100;
const BYTES_PER_SECOND = 512 * 1024;

export class ReadThrottle {
  #publishes = PUBLISHES_PER_SECOND;
  #bytes = BYTES_PER_SECOND;
  #at: number;

  /** @param nowMs - of a clock that never goes back */
  constructor(nowMs: number) {
    this.#at = nowMs;
  }

  /** Notes what has come, or gone; answers for how many milliseconds nothing more should be read. */
  spend({ publishes, bytes }: { publishes: number; bytes: number }, nowMs: number): number {
    const seconds = (nowMs - this.#at) / 1_000;
    this.#at = nowMs;
    // A second's worth may come at once.
    this.#publishes = Math.min(PUBLISHES_PER_SECOND, this.#publishes + seconds * PUBLISHES_PER_SECOND);
    this.#bytes = Math.min(BYTES_PER_SECOND, this.#bytes + seconds * BYTES_PER_SECOND);
    this.#publishes -= publishes;
    this.#bytes -= bytes;
    const waitSeconds = Math.max(0, -this.#publishes / PUBLISHES_PER_SECOND, -this.#bytes / BYTES_PER_SECOND);
    return Math.ceil(waitSeconds * 1_000);
  }
}
