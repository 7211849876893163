/**
 * What AWS IoT carries for one connection in a second, what comes and what goes together. Bytes above it wait. Publishes above
 * it AWS IoT discards; here they wait too, unless the sandbox is held to AWS's rates.
 * AWS IoT Core quotas: "Publish requests per second per connection", "Throughput per second per connection".
 * @module
 */
export const PUBLISHES_PER_SECOND = 100;
const BYTES_PER_SECOND = 512 * 1024;
const MS_PER_SECOND = 1_000;
/** A tenth and another do not make a fifth, nor ten milliseconds quite a publish. */
const ROUNDING = 1e-6;

/** What becomes of publishes above the share. */
export type Excess = 'delayed' | 'discarded';

export class ConnectionShare {
  readonly excess: Excess;
  readonly #clock: () => number;
  #publishes = PUBLISHES_PER_SECOND;
  #bytes = BYTES_PER_SECOND;
  #at: number;

  /** @param clock - milliseconds that never go back */
  constructor(excess: Excess, clock: () => number = () => performance.now()) {
    this.excess = excess;
    this.#clock = clock;
    this.#at = clock();
  }

  /** Counts a publish that comes or goes; answers false when it is to be discarded instead. */
  takePublish(): boolean {
    this.#refill();
    if (this.discards) return false;
    this.#publishes -= 1;
    return true;
  }

  takeBytes(bytes: number): void {
    this.#refill();
    this.#bytes -= bytes;
  }

  /** Whether a publish at this moment is one too many. */
  get publishesExceeded(): boolean {
    this.#refill();
    return this.#publishes < 1 - ROUNDING;
  }

  /** Whether a publish at this moment would be discarded. */
  get discards(): boolean {
    return this.excess === 'discarded' && this.publishesExceeded;
  }

  /** For how many milliseconds nothing more is to be sent. */
  sendWaitMs(): number {
    return this.#waitMs(1);
  }

  /**
   * For how many milliseconds nothing more is to be read.
   * @param outgoingWaits - lets what waits to be sent go first, which a client that never pauses would starve
   */
  readWaitMs({ outgoingWaits }: { outgoingWaits: boolean }): number {
    if (this.excess === 'discarded') return this.#waitMs(Number.NEGATIVE_INFINITY);
    return this.#waitMs(outgoingWaits ? 2 : 0);
  }

  #waitMs(publishes: number): number {
    this.#refill();
    const seconds = Math.max(
      0,
      (publishes - ROUNDING - this.#publishes) / PUBLISHES_PER_SECOND,
      -this.#bytes / BYTES_PER_SECOND,
    );
    return Math.ceil(seconds * MS_PER_SECOND);
  }

  /** A second's worth may come at once. */
  #refill(): void {
    const now = this.#clock();
    const seconds = (now - this.#at) / MS_PER_SECOND;
    this.#at = now;
    this.#publishes = Math.min(PUBLISHES_PER_SECOND, this.#publishes + seconds * PUBLISHES_PER_SECOND);
    this.#bytes = Math.min(BYTES_PER_SECOND, this.#bytes + seconds * BYTES_PER_SECOND);
  }
}
