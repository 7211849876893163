import type { Operations } from '@/lib/sandbox/operations/operation';
import * as members from './billing-group-members';
import * as groups from './billing-groups';

export const billingGroupOperations = {
  CreateBillingGroup: groups.createBillingGroup,
  DescribeBillingGroup: groups.describeBillingGroup,
  UpdateBillingGroup: groups.updateBillingGroup,
  DeleteBillingGroup: groups.deleteBillingGroup,
  ListBillingGroups: groups.listBillingGroups,
  AddThingToBillingGroup: members.addThingToBillingGroup,
  RemoveThingFromBillingGroup: members.removeThingFromBillingGroup,
  ListThingsInBillingGroup: members.listThingsInBillingGroup,
} satisfies Operations;
