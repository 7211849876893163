/**
 * What the console's server tells of the names in AWS.
 * @module
 */
import { z } from 'zod';

/** What a template refers to by name; roles by their ARN. */
export const NAME_KINDS = ['policies', 'thingTypes', 'thingGroups', 'billingGroups', 'roles'] as const;
export type NameKind = (typeof NAME_KINDS)[number];
/** Kinds whose presence decides about a device. */
export const LOOKED_UP_KINDS = ['policies', 'thingTypes', 'thingGroups', 'billingGroups'] as const;
export type LookedUpKind = (typeof LOOKED_UP_KINDS)[number];

/** A template names ten groups and ten policies at most; a few more for what is being typed. */
export const LOOKED_UP_NAMES_MAX = 24;

/** A list to choose from; `isWhole`: there are no others. */
export const nameList = z.object({ names: z.array(z.string()), isWhole: z.boolean() });
export type NameList = z.output<typeof nameList>;

const presence = z.record(z.string(), z.boolean());
export const presenceAnswer = z.object({
  policies: presence,
  thingTypes: presence,
  thingGroups: presence,
  billingGroups: presence,
});
/** A name that is missing could not be looked up. */
export type PresenceAnswer = z.output<typeof presenceAnswer>;
export const NOTHING_LOOKED_UP: PresenceAnswer = {
  policies: {},
  thingTypes: {},
  thingGroups: {},
  billingGroups: {},
};

export type NamesAsked = Record<LookedUpKind, readonly string[]>;

/** The query of a look-up: repeated parameters. */
export function presenceQuery(names: NamesAsked): string {
  const params = new URLSearchParams();
  for (const kind of LOOKED_UP_KINDS) {
    for (const name of [...new Set(names[kind])].slice(0, LOOKED_UP_NAMES_MAX)) {
      params.append(kind, name);
    }
  }
  return params.toString();
}
