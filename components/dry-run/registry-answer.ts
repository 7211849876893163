/**
 * What the console answers when a dry run asks which of its names are there.
 * @module
 */
import { z } from 'zod';
import type { namesToLookUp } from '@/lib/provisioning/evaluate';

/** Names of a kind that are looked up: a template has up to ten of each, and two versions share most of them. */
export const NAMES_MAX = 20;

const existingThing = z.object({
  attributes: z.record(z.string(), z.string()),
  thingTypeName: z.string().optional(),
  billingGroup: z.string().optional(),
});
const presence = z.record(z.string(), z.boolean());

/** A name that is missing could not be looked up. */
export const dryRunRegistry = z.object({
  /** `null`: there is no such thing. */
  things: z.record(z.string(), existingThing.nullable()),
  policies: presence,
  policyDocuments: z.record(z.string(), z.string()),
  thingTypes: presence,
  thingGroups: presence,
  billingGroups: presence,
  isPartial: z.boolean(),
});
export type DryRunRegistry = z.output<typeof dryRunRegistry>;

export const EMPTY_REGISTRY: DryRunRegistry = {
  things: {},
  policies: {},
  policyDocuments: {},
  thingTypes: {},
  thingGroups: {},
  billingGroups: {},
  isPartial: false,
};

export type DryRunNames = ReturnType<typeof namesToLookUp>;

export const DRY_RUN_KINDS = ['things', 'policies', 'thingTypes', 'thingGroups', 'billingGroups'] as const;

/** The address that answers for these names; empty where there is nothing to ask. */
export function dryRunRegistryUrl(base: string, all: readonly DryRunNames[]): string {
  const params = new URLSearchParams();
  for (const kind of DRY_RUN_KINDS) {
    const names = new Set(all.flatMap((one) => one[kind]));
    for (const name of [...names].slice(0, NAMES_MAX)) params.append(kind, name);
  }
  return params.size === 0 ? '' : `${base}?${params}`;
}

/** Devices of the ledger that a text can mean. */
export const ledgerAnswer = z.object({
  devices: z.array(
    z.object({
      certificateId: z.string(),
      commonName: z.string(),
      /** Decimal. */
      serial: z.string(),
      subject: z.record(z.string(), z.string()),
    }),
  ),
  /** There are more of them. */
  hasMore: z.boolean(),
  isPartial: z.literal(false),
});
export type LedgerDevice = z.output<typeof ledgerAnswer>['devices'][number];
export type LedgerAnswer = z.output<typeof ledgerAnswer>;
