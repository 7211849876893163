/**
 * What the page of a batch and its server say to each other besides actions.
 * @module
 */
import { z } from 'zod';
import type { Failure } from '@/lib/failure';

/** As many as are made between two words to the ledger: some seconds of work, and a few hundred kilobytes. */
export const RESERVED_AT_ONCE_MAX = 250;

/** As many names as are asked about at once: below a hundred kilobytes. */
export const NAMES_AT_ONCE_MAX = 1000;

export const namesAnswer = z.object({ taken: z.array(z.string()) });

/** How a result travels; the reader has to trust the console's own server for the failure's shape. */
export const resultAnswer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), failure: z.custom<Failure>((value) => isFailure(value)) }),
]);

function isFailure(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';
}
