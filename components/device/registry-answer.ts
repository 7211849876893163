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

/** Some seconds of the turns that others leave: within what a page waits for, and often enough for words of progress. */
export const THING_PAGES_AT_ONCE_MAX = 8;

/** Names of things as AWS lists them, from a token on. */
export const thingNamesAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('end'), names: z.array(z.string()) }),
  z.object({ kind: z.literal('more'), names: z.array(z.string()), nextToken: z.string() }),
  /** AWS was busy, or did not allow it. */
  z.object({ kind: z.literal('failed') }),
]);

export type ThingNamesAnswer = z.output<typeof thingNamesAnswer>;

/** The address of the names; `token` is undefined at the beginning. */
export function thingNamesUrl(
  base: string,
  { token, pages }: { token: string | undefined; pages: number },
): string {
  const params = new URLSearchParams({ pages: String(pages) });
  if (token !== undefined) params.set('token', token);
  return `${base}/things?${params}`;
}

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
