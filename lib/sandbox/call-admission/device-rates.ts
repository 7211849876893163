/**
 * What AWS allows devices in a second, by default; counted only where the sandbox is held to AWS's rates.
 * "AWS IoT Core endpoints and quotas".
 * @module
 */
import type { Scope } from '@/lib/sandbox/scope';

/** Only the Region's name: one that was merely named is not made by counting. */
type Counting = Pick<Scope, 'sandbox' | 'accountId' | 'now'> & { region: { name: string } };

/** A rate that is used up, and how many it allows. */
export type RateLimit = { limit: 'client-id' | 'account'; perSecond: number };

/** "Connect requests per second per client ID": one, which no request can raise. */
const CONNECTS_OF_CLIENT = 1;
/** "Connect requests per second per account", in the large Regions. */
const CONNECTS = 500;
/** "Requests per second per thing", of all its shadows. */
const SHADOW_REQUESTS_OF_THING = 20;
/** "Device certificates that can be registered per second". */
const REGISTRATIONS = 15;

/** Counts a CONNECT; answers the limit that it exceeds, if any. One that is refused counts for its account all the same. */
export function connectLimit(scope: Counting, clientId: string): RateLimit | undefined {
  if (!take(scope, 'CONNECT', CONNECTS)) return { limit: 'account', perSecond: CONNECTS };
  if (take(scope, `CONNECT ${clientId}`, CONNECTS_OF_CLIENT)) return undefined;
  return { limit: 'client-id', perSecond: CONNECTS_OF_CLIENT };
}

/** Counts a certificate that a device's first connection registers; answers the limit that it exceeds, if any. */
export function registrationLimit(scope: Counting): RateLimit | undefined {
  if (take(scope, 'registration', REGISTRATIONS)) return undefined;
  return { limit: 'account', perSecond: REGISTRATIONS };
}

/** Counts a request to one of a thing's shadows; answers whether it may go on. */
export function mayAskShadow(scope: Counting, thingName: string): boolean {
  return take(scope, `shadow ${thingName}`, SHADOW_REQUESTS_OF_THING);
}

function take({ sandbox, accountId, region, now }: Counting, what: string, perSecond: number): boolean {
  const key = `${accountId} ${region.name} ${what}`;
  return sandbox.rates?.take(key, { perSecond, now: now().getTime() }) !== false;
}
