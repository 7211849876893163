import type {
  AddThingToBillingGroupRequest,
  ListThingsInBillingGroupRequest,
  ListThingsInBillingGroupResponse,
  RemoveThingFromBillingGroupRequest,
} from '@aws-sdk/client-iot';
import { invalidRequest, required } from '@/lib/sandbox/api-error';
import { pageOf } from '@/lib/sandbox/operations/page';
import { nameOf } from '@/lib/sandbox/operations/things/name-or-arn';
import { requireThing } from '@/lib/sandbox/operations/things/require-thing';
import type { Scope } from '@/lib/sandbox/scope';
import type { ThingRecord } from '@/lib/sandbox/state/records';
import { BillingGroupTables } from './billing-group-tables';
import { requireBillingGroup } from './require-billing-group';

/** A thing is in one billing group at most; it has to leave that before it comes to another. */
export function addThingToBillingGroup(scope: Scope, input: AddThingToBillingGroupRequest): object {
  const { thing, billingGroupName } = asked(scope, input);
  if (thing.billingGroupName === billingGroupName) return {};
  if (thing.billingGroupName !== undefined) {
    throw invalidRequest(
      `Thing ${thing.thingName} cannot be added to billing group ${billingGroupName}: it is in billing group ${thing.billingGroupName}`,
    );
  }
  // The thing's version is of its attributes and type: it stays.
  scope.region.things.set(thing.thingName, { ...thing, billingGroupName });
  return {};
}

/** A thing that is not in the group is removed already. */
export function removeThingFromBillingGroup(scope: Scope, input: RemoveThingFromBillingGroupRequest): object {
  const { thing, billingGroupName } = asked(scope, input);
  if (thing.billingGroupName !== billingGroupName) return {};
  const { billingGroupName: _, ...rest } = thing;
  scope.region.things.set(thing.thingName, rest);
  return {};
}

/** In the order in which the things were created; AWS documents no order. */
export function listThingsInBillingGroup(
  scope: Scope,
  input: ListThingsInBillingGroupRequest,
): ListThingsInBillingGroupResponse {
  const { billingGroupName } = requireBillingGroup(
    scope,
    required(input.billingGroupName, 'billingGroupName'),
  );
  const things = scope.region.family(BillingGroupTables).thingsByGroup.get(billingGroupName);
  const { items, next } = pageOf(
    scope,
    { of: ['ListThingsInBillingGroup', billingGroupName], token: input.nextToken, size: input.maxResults },
    { items: [...things].sort((a, b) => a.sequence - b.sequence), keyOf: (thing) => thing.sequence },
  );
  return { things: items.map((thing) => thing.thingName), nextToken: next };
}

function asked(
  scope: Scope,
  input: AddThingToBillingGroupRequest | RemoveThingFromBillingGroupRequest,
): { thing: ThingRecord; billingGroupName: string } {
  const groupName = nameOf(scope, {
    name: input.billingGroupName,
    arn: input.billingGroupArn,
    member: 'billingGroup',
  });
  const { billingGroupName } = requireBillingGroup(scope, groupName);
  const thingName = nameOf(scope, { name: input.thingName, arn: input.thingArn, member: 'thing' });
  return { thing: requireThing(scope, thingName), billingGroupName };
}
