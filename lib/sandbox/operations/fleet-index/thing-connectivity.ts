import type { Connectivity } from '@/lib/sandbox/connectivity';
import type { Scope } from '@/lib/sandbox/scope';

/**
 * What is known of a thing's connection: that of the client whose id is the thing's name, or of a principal that is
 * attached to the thing exclusively, whichever was later. AWS IoT Developer Guide, "Managing thing indexing" and
 * "Associating an AWS IoT thing to an MQTT client connection".
 */
export function connectivityOfThing({ sandbox, region }: Scope, thingName: string): Connectivity | undefined {
  let latest = sandbox.connectivity.get(region.name, thingName);
  for (const [principal, { type }] of region.thingPrincipals.rightsOf(thingName)) {
    if (type !== 'EXCLUSIVE_THING') continue;
    const certificateId = principal.slice(principal.lastIndexOf('/') + 1);
    const other = sandbox.connectivity.ofPrincipal(region.name, certificateId);
    if (other && (latest === undefined || other.timestamp > latest.timestamp)) latest = other;
  }
  return latest;
}
