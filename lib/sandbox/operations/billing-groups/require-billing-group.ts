import { notFound } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import type { RegionState } from '@/lib/sandbox/state/region-state';
import { type BillingGroupRecord, BillingGroupTables } from './billing-group-tables';

export const billingGroupArn = (region: RegionState, billingGroupName: string) =>
  region.arn(`billinggroup/${billingGroupName}`);

/** @throws ApiError ResourceNotFoundException */
export function requireBillingGroup(scope: Scope, billingGroupName: string): BillingGroupRecord {
  const group = scope.region.family(BillingGroupTables).groups.get(billingGroupName);
  if (!group) throw notFound(`Billing group ${billingGroupName} does not exist in your account`);
  return group;
}
