/**
 * The devices that are to be issued again, as the form's table.
 * @module
 */
import { z } from 'zod';
import { BATCH_DEVICES_MAX } from '@/lib/batch/bounds';
import { SUBJECT_ATTRIBUTES, type Subject } from '@/lib/pki/subject';
import type { BatchInput } from './batch-input';

const FIELDS = SUBJECT_ATTRIBUTES.map(({ field }) => field);

/** The attributes that the form knows, as issuing wrote them. */
export const subjectFields = z.partialRecord(z.enum(FIELDS), z.string());

/** What the server answers: subjects in no particular order. */
export const reissuedSubjects = z.object({ subjects: z.array(subjectFields).max(BATCH_DEVICES_MAX) });

/**
 * Sorted by name, as people look for theirs. Nothing is common to all devices: what a row left out, its subject did not have.
 *
 * @param name - of the list, for people
 */
export function withSubjects(input: BatchInput, name: string, subjects: readonly Subject[]): BatchInput {
  const mapping = FIELDS.filter((field) => subjects.some((subject) => subject[field]));
  const { compare } = new Intl.Collator('en', { numeric: true });
  const rows = subjects
    .toSorted((left, right) => compare(left.commonName ?? '', right.commonName ?? ''))
    .map((subject, index) => ({ line: index + 2, cells: mapping.map((field) => subject[field] ?? '') }));
  const header = { line: 1, cells: [...mapping] };
  return {
    ...input,
    source: 'table',
    table: { name, table: { delimiter: ',', rows: [header, ...rows] }, hasHeader: true, mapping },
    common: {},
  };
}
