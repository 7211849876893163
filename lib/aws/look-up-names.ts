/**
 * Which of a few names exist: what the dry run of a provisioning template has to know.
 * @module
 */
import 'server-only';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import type { ExistingThing } from '@/lib/provisioning/registry-facts';
import type { Result } from '@/lib/result';
import { iotFor } from './iot-gateway';

export type NamesFound = {
  /** `null`: there is no such thing. A name that is missing could not be looked up. */
  things: Record<string, ExistingThing | null>;
  policies: Record<string, boolean>;
  /** The documents in force of those that are there. */
  policyDocuments: Record<string, string>;
  thingTypes: Record<string, boolean>;
  thingGroups: Record<string, boolean>;
  billingGroups: Record<string, boolean>;
  /** Some could not be looked up: AWS was busy, or did not allow it. */
  isPartial: boolean;
};

export type NamesAsked = { things: readonly string[]; policies: readonly string[] } & Partial<
  Record<'thingTypes' | 'thingGroups' | 'billingGroups', readonly string[]>
>;

/** Asks for each name, one call apiece out of the environment's bucket; bounded by the caller. */
export async function lookUpNames(environment: Environment, asked: NamesAsked): Promise<NamesFound> {
  const iot = iotFor(environment);
  const found: NamesFound = {
    things: {},
    policies: {},
    policyDocuments: {},
    thingTypes: {},
    thingGroups: {},
    billingGroups: {},
    isPartial: false,
  };
  const note = (kind: 'thingTypes' | 'thingGroups' | 'billingGroups', has: Has) =>
    (asked[kind] ?? []).map(async (name) => {
      const there = await has(name);
      if (there.ok) found[kind][name] = there.value;
      else found.isPartial = true;
    });
  await Promise.all([
    ...asked.things.map(async (name) => {
      const thing = await iot.describeThing(name);
      if (thing.ok) {
        const { attributes, typeName, billingGroupName } = thing.value;
        found.things[name] = { attributes, thingTypeName: typeName, billingGroup: billingGroupName };
      } else if (thing.failure.kind === 'not-found') found.things[name] = null;
      else found.isPartial = true;
    }),
    ...asked.policies.map(async (name) => {
      const policy = await iot.getPolicy(name);
      if (policy.ok) {
        found.policies[name] = true;
        found.policyDocuments[name] = policy.value.document;
      } else if (policy.failure.kind === 'not-found') found.policies[name] = false;
      else found.isPartial = true;
    }),
    ...note('thingTypes', iot.hasThingType),
    ...note('thingGroups', iot.hasThingGroup),
    ...note('billingGroups', iot.hasBillingGroup),
  ]);
  return found;
}

type Has = (name: string) => Promise<Result<boolean, Failure>>;
