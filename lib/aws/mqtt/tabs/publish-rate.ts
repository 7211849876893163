/**
 * How fast one operator may publish by hand. A session that a script took over cannot flood a fleet, nor the audit log.
 * @module
 */
import 'server-only';
import { fullBucket, type TokenBucket, type TokenRate, takeToken } from '@/lib/aws/token-bucket';
import type { Failure } from '@/lib/failure';

/** Far above a person's fingers, far below AWS IoT's 100 a second per connection. Our choice. */
export const PUBLISH_RATE: TokenRate = { perSecond: 10, burst: 50 };

const buckets = new Map<string, TokenBucket>();

/** @returns the failure to answer with where this one is too many */
export function admitPublish(operatorId: string, nowMs: number): Failure | undefined {
  const take = takeToken(buckets.get(operatorId) ?? fullBucket(PUBLISH_RATE, nowMs), PUBLISH_RATE, nowMs, 0);
  buckets.set(operatorId, take.bucket);
  return take.kind === 'taken' ? undefined : { kind: 'busy', retryAfterMs: take.retryAfterMs };
}
