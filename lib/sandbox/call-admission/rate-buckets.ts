/** A bucket holds what a second allows, so after one it is full again, whatever its rate. */
const REFILL_MS = 1000;

type Bucket = { tokens: number; at: number };

/** Token buckets of one second each, made on first use and forgotten when they are full. */
export class RateBuckets {
  readonly #buckets = new Map<string, Bucket>();
  #sweptAt = Number.NEGATIVE_INFINITY;

  /** Buckets that are held: those of about the last two seconds. */
  get size(): number {
    return this.#buckets.size;
  }

  /**
   * Takes one from the bucket; answers false, and takes nothing, when it is empty.
   *
   * @param key - what is counted together
   * @param now - epoch milliseconds
   */
  take(key: string, { perSecond, now }: { perSecond: number; now: number }): boolean {
    this.#sweep(now);
    const { tokens, at } = this.#buckets.get(key) ?? { tokens: perSecond, at: now };
    const refilled = Math.min(perSecond, tokens + (Math.max(0, now - at) / REFILL_MS) * perSecond);
    if (refilled < 1) return false;
    this.#buckets.set(key, { tokens: refilled - 1, at: now });
    return true;
  }

  clear(): void {
    this.#buckets.clear();
  }

  /** Drops what is full again, as a bucket begins full. At most once a second, so each call pays for a bucket or two. */
  #sweep(now: number): void {
    if (Math.abs(now - this.#sweptAt) < REFILL_MS) return;
    this.#sweptAt = now;
    for (const [key, { tokens, at }] of this.#buckets) {
      if (now - at >= REFILL_MS) this.#buckets.delete(key);
      // The clock was set back; it would be held until the clock is there again.
      else if (at > now) this.#buckets.set(key, { tokens, at: now });
    }
  }
}
