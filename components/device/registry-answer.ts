/**
 * What the console's server knows about the names a dry run is about.
 * @module
 */
import { z } from 'zod';

/** A template has one thing; a few more names cost a few more calls and no more. */
export const NAMES_MAX = 4;

const existingThing = z.object({
  attributes: z.record(z.string(), z.string()),
  thingTypeName: z.string().optional(),
  billingGroup: z.string().optional(),
});

export const registryAnswer = z.object({
  /** `null`: there is no such thing. A name that is missing could not be looked up. */
  things: z.record(z.string(), existingThing.nullable()),
  policies: z.record(z.string(), z.boolean()),
  /** Devices that the ledger has under the same common name, newest first. */
  namesakes: z.array(z.object({ certificateId: z.string(), issuedAt: z.string(), operatorName: z.string() })),
  /** Some of it could not be read. */
  isPartial: z.boolean(),
});

export type RegistryAnswer = z.output<typeof registryAnswer>;

/** The address of the answer. Repeated parameters, sorted by the caller's order. */
export function registryAnswerUrl(
  base: string,
  { things, policies, commonName }: { things: string[]; policies: string[]; commonName: string },
): string {
  const params = new URLSearchParams();
  for (const thing of things.slice(0, NAMES_MAX)) params.append('thing', thing);
  for (const policy of policies.slice(0, NAMES_MAX)) params.append('policy', policy);
  if (commonName !== '') params.set('cn', commonName);
  return `${base}?${params}`;
}
