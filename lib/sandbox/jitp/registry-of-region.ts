import type { Presence, RegistryFacts } from '@/lib/provisioning/registry-facts';
import { BillingGroupTables } from '@/lib/sandbox/operations/billing-groups/billing-group-tables';
import { ThingGroupTables } from '@/lib/sandbox/operations/thing-groups/thing-group-tables';
import { directGroupsOfThing } from '@/lib/sandbox/operations/thing-groups/thing-groups-of-thing';
import { ThingTypeTables } from '@/lib/sandbox/operations/thing-types/thing-type-tables';
import type { RegionState } from '@/lib/sandbox/state/region-state';

/** What a template can ask of a Region's registry. */
export function registryOfRegion(region: RegionState): RegistryFacts {
  return {
    thing(name) {
      const thing = region.things.get(name);
      if (thing === undefined) return { kind: 'absent' };
      const { attributes, thingTypeName, billingGroupName: billingGroup } = thing;
      const thingGroups = directGroupsOfThing(region, name).map(({ thingGroupName }) => thingGroupName);
      return { kind: 'present', thing: { attributes, thingTypeName, thingGroups, billingGroup } };
    },
    policy: (name) => presence(region.policies.has(name)),
    thingType: (name) => presence(region.family(ThingTypeTables).types.has(name)),
    thingGroup: (name) => presence(region.family(ThingGroupTables).groups.has(name)),
    billingGroup: (name) => presence(region.family(BillingGroupTables).groups.has(name)),
  };
}

const presence = (exists: boolean): Presence => (exists ? 'present' : 'absent');
