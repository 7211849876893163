/**
 * What the ledger keeps as an issued certificate's subject.
 * @module
 */
import { z } from 'zod';
import type { NameFacts } from '@/lib/pki/name-facts';
import { SUBJECT_FIELDS } from './subject-fields';

/** A subject attribute of a foreign request may be longer than ours; the ledger's JSON needs some bound. */
const VALUE_CHARACTERS_MAX = 1024;
const value = z.string().max(VALUE_CHARACTERS_MAX);

const issuedSubject = z.object({
  /** The whole name in its own order. */
  text: z.string(),
  fields: z.partialRecord(z.enum(SUBJECT_FIELDS), value),
  /** `device`: it came with a signing request, so its bundle has no key. */
  keyOrigin: z.enum(['console', 'device']),
});

export type IssuedSubject = z.output<typeof issuedSubject>;

export function toIssuedSubject(
  { text, fields }: NameFacts,
  keyOrigin: IssuedSubject['keyOrigin'],
): IssuedSubject {
  const kept: IssuedSubject = { text, fields: {}, keyOrigin };
  for (const field of SUBJECT_FIELDS) {
    const given = fields[field];
    if (given !== undefined) kept.fields[field] = given;
  }
  return kept;
}

const UNREADABLE: IssuedSubject = { text: '', fields: {}, keyOrigin: 'console' };

/** Reads the ledger's JSON; a row of another hand still has its other columns to show. */
export function readIssuedSubject(stored: unknown): IssuedSubject {
  const parsed = issuedSubject.safeParse(stored);
  return parsed.success ? parsed.data : UNREADABLE;
}
