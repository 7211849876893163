import { associatedThing, type ConnectionThing } from '@/lib/policy/policy-context';
import type { RegionState } from '@/lib/sandbox/state/region-state';

/** The names of the things that a principal is attached to. */
export const thingsOfPrincipal = (region: RegionState, principal: string): string[] => [
  ...region.thingPrincipals.leftsOf(principal).keys(),
];

/**
 * The thing that a connection is associated with: whose variables and groups its policies have.
 * AWS IoT Core Developer Guide, "Associating an AWS IoT thing to an MQTT client connection".
 */
export function connectionThing(
  region: RegionState,
  { principal, clientId }: { principal: string; clientId: string | undefined },
): ConnectionThing | undefined {
  const attached = [...region.thingPrincipals.leftsOf(principal)].map(([name, { type }]) => ({
    name,
    exclusive: type === 'EXCLUSIVE_THING',
  }));
  const associated = associatedThing(clientId, attached);
  const thing = associated && region.things.get(associated.name);
  return thing && { name: thing.thingName, typeName: thing.thingTypeName, attributes: thing.attributes };
}
