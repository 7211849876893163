/**
 * What the page of a batch and its server say to each other besides actions.
 * @module
 */
import { z } from 'zod';
import type { Failure } from '@/lib/failure';
import { checkSubject } from '@/lib/pki/subject';
import { isThingName } from '@/lib/registry/thing';

/** As many as are made between two words to the ledger: some seconds of work, and a few hundred kilobytes. */
export const RESERVED_AT_ONCE_MAX = 250;

/** As many names as are asked about at once: most often below a hundred kilobytes. */
export const NAMES_AT_ONCE_MAX = 1000;

/** The form asks about no other common names than those it would issue. */
const isCommonName = (text: string) => checkSubject({ commonName: text }).length === 0;

/** Common names of devices, and the things that their template would give them. */
export const namesQuestion = z.strictObject({
  names: z.array(z.string().refine(isCommonName)).max(NAMES_AT_ONCE_MAX),
  things: z.array(z.string().refine(isThingName)).max(NAMES_AT_ONCE_MAX).default([]),
});

/** Both lists, always: a refusal must not read as nothing found. */
export const namesAnswer = z.object({ taken: z.array(z.string()), takenThings: z.array(z.string()) });

/** As many kept batches as are asked about at once; more than a few are rare. */
export const KEPT_AT_ONCE_MAX = 200;

export const endedAnswer = z.object({ ended: z.array(z.string()) });

/** How a result travels; the reader has to trust the console's own server for the failure's shape. */
export const resultAnswer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), failure: z.custom<Failure>((value) => isFailure(value)) }),
]);

function isFailure(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';
}
