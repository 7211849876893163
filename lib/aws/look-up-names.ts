/**
 * Which of a few names exist: what the dry run of a provisioning template has to know.
 * @module
 */
import 'server-only';
import type { Environment } from '@/lib/config/environments';
import type { ExistingThing } from '@/lib/provisioning/registry-facts';
import { iotFor } from './iot-gateway';

export type NamesFound = {
  /** `null`: there is no such thing. A name that is missing could not be looked up. */
  things: Record<string, ExistingThing | null>;
  policies: Record<string, boolean>;
  /** Some could not be looked up: AWS was busy, or did not allow it. */
  isPartial: boolean;
};

/** Asks for each name, one call apiece out of the environment's bucket; bounded by the caller. */
export async function lookUpNames(
  environment: Environment,
  { things, policies }: { things: readonly string[]; policies: readonly string[] },
): Promise<NamesFound> {
  const iot = iotFor(environment);
  const found: NamesFound = { things: {}, policies: {}, isPartial: false };
  const lookUps = [
    ...things.map(async (name) => {
      const thing = await iot.describeThing(name);
      if (thing.ok) {
        const { attributes, typeName, billingGroupName } = thing.value;
        found.things[name] = { attributes, thingTypeName: typeName, billingGroup: billingGroupName };
      } else if (thing.failure.kind === 'not-found') found.things[name] = null;
      else found.isPartial = true;
    }),
    ...policies.map(async (name) => {
      const policy = await iot.getPolicy(name);
      if (policy.ok) found.policies[name] = true;
      else if (policy.failure.kind === 'not-found') found.policies[name] = false;
      else found.isPartial = true;
    }),
  ];
  await Promise.all(lookUps);
  return found;
}
