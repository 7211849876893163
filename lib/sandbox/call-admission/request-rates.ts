import { ApiError } from '@/lib/sandbox/api-error';

const RATE_OF_MOST = 10;

/** Calls per second and account and Region that AWS allows by default ("AWS IoT Core endpoints and quotas", API throttling). */
const RATES: ReadonlyMap<string, number> = new Map([
  ['DescribeThing', 350],
  ...rate(100, ['AttachThingPrincipal', 'CreateThing', 'DescribeThingType']),
  ...rate(100, ['DescribeThingGroup', 'DescribeBillingGroup']),
  ...rate(60, ['AddThingToThingGroup', 'AddThingToBillingGroup']),
  ['GetEffectivePolicies', 50],
  ...rate(25, [
    'CreateThingGroup',
    'CreateBillingGroup',
    'ListThingsInThingGroup',
    'ListThingsInBillingGroup',
  ]),
  ...rate(15, ['AttachPolicy', 'DetachPolicy', 'AttachPrincipalPolicy', 'DetachPrincipalPolicy']),
  ...rate(15, ['CreateCertificateFromCsr', 'CreateThingType', 'DeleteThing', 'GetPolicyVersion']),
  ...rate(15, ['ListAttachedPolicies', 'ListPrincipalPolicies', 'DetachThingPrincipal']),
  // "AWS CloudTrail endpoints and quotas": two a second, which no request can raise.
  ['LookupEvents', 2],
]);

/** A bucket holds the calls of one second, so after one it is full again, whatever its rate. */
const REFILL_MS = 1000;

type Bucket = { tokens: number; at: number };

/** Token buckets of one second's calls, one per caller and operation. */
export class RequestRates {
  readonly #buckets = new Map<string, Bucket>();
  #sweptAt = Number.NEGATIVE_INFINITY;

  /** Buckets that are held: those of about the last two seconds. */
  get size(): number {
    return this.#buckets.size;
  }

  /**
   * Takes one call from the bucket.
   *
   * @param caller - whose calls are counted together
   * @param now - epoch milliseconds
   * @throws ApiError ThrottlingException when it is empty
   */
  take(caller: string, { operation, now }: { operation: string; now: number }): void {
    this.#sweep(now);
    const perSecond = RATES.get(operation) ?? RATE_OF_MOST;
    const key = `${caller} ${operation}`;
    const { tokens, at } = this.#buckets.get(key) ?? { tokens: perSecond, at: now };
    const refilled = Math.min(perSecond, tokens + (Math.max(0, now - at) / REFILL_MS) * perSecond);
    if (refilled < 1) throw throttled();
    this.#buckets.set(key, { tokens: refilled - 1, at: now });
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

/** AWS's wording, on IoT's planes and on IAM's. */
export const throttled = () => new ApiError('ThrottlingException', 'Rate exceeded');

function rate(perSecond: number, operations: readonly string[]): [string, number][] {
  return operations.map((operation) => [operation, perSecond]);
}
