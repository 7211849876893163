/**
 * What evaluating a template has to know about the registry it would run in.
 * @module
 */

/** `unknown`: not looked up; the evaluation goes on as if it were there and says so. */
export type Presence = 'present' | 'absent' | 'unknown';

export type ExistingThing = {
  attributes: Readonly<Record<string, string>>;
  thingTypeName?: string | undefined;
  thingGroups?: readonly string[] | undefined;
  billingGroup?: string | undefined;
};

export type ThingPresence =
  | { kind: 'present'; thing: ExistingThing }
  | { kind: 'absent' }
  | { kind: 'unknown' };

export type RegistryFacts = {
  thing(name: string): ThingPresence;
  policy(name: string): Presence;
  thingType(name: string): Presence;
  thingGroup(name: string): Presence;
  billingGroup(name: string): Presence;
};

/** For a dry run that asks no registry. */
export const UNKNOWN_REGISTRY: RegistryFacts = {
  thing: () => ({ kind: 'unknown' }),
  policy: () => 'unknown',
  thingType: () => 'unknown',
  thingGroup: () => 'unknown',
  billingGroup: () => 'unknown',
};

/** Facts as plain data, which can travel to a page. A name that is not a key was not looked up. */
export type RegistrySnapshot = {
  things: Readonly<Record<string, ExistingThing | null>>;
  policies: Readonly<Record<string, boolean>>;
  thingTypes: Readonly<Record<string, boolean>>;
  thingGroups: Readonly<Record<string, boolean>>;
  billingGroups: Readonly<Record<string, boolean>>;
};

export function registryFacts(snapshot: RegistrySnapshot): RegistryFacts {
  return {
    thing(name) {
      const thing = Object.hasOwn(snapshot.things, name) ? snapshot.things[name] : undefined;
      if (thing === undefined) return { kind: 'unknown' };
      return thing === null ? { kind: 'absent' } : { kind: 'present', thing };
    },
    policy: (name) => presence(snapshot.policies, name),
    thingType: (name) => presence(snapshot.thingTypes, name),
    thingGroup: (name) => presence(snapshot.thingGroups, name),
    billingGroup: (name) => presence(snapshot.billingGroups, name),
  };
}

function presence(known: Readonly<Record<string, boolean>>, name: string): Presence {
  const exists = Object.hasOwn(known, name) ? known[name] : undefined;
  if (exists === undefined) return 'unknown';
  return exists ? 'present' : 'absent';
}
