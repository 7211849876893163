import { ApiError } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';

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
  // "Inbound publish requests per second per account": every message counts, however it comes.
  ['Publish', 20_000],
  // "Device Shadow API requests per second per account"; a thing's own rate is far below.
  ...rate(4_000, ['GetThingShadow', 'UpdateThingShadow', 'DeleteThingShadow', 'ListNamedShadowsForThing']),
  // "AWS CloudTrail endpoints and quotas": two a second, which no request can raise.
  ['LookupEvents', 2],
]);

/**
 * Counts a call of an operation, where calls are held to AWS's rates.
 *
 * @param operation - AWS's name, for example `DescribeThing`
 * @throws ApiError ThrottlingException when it is one too many
 */
export function countCall({ sandbox, accountId, region, now }: Scope, operation: string): void {
  const perSecond = RATES.get(operation) ?? RATE_OF_MOST;
  const key = `${accountId} ${region.name} ${operation}`;
  if (sandbox.rates?.take(key, { perSecond, now: now().getTime() }) === false) throw throttled();
}

/** AWS's wording, on IoT's planes and on IAM's. */
export const throttled = () => new ApiError('ThrottlingException', 'Rate exceeded');

function rate(perSecond: number, operations: readonly string[]): [string, number][] {
  return operations.map((operation) => [operation, perSecond]);
}
