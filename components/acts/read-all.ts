/**
 * Everything that a list holds, page by page, as far as one run may act on it.
 * @module
 */
import type { Failure } from '@/lib/failure';
import { ACT_SUBJECTS_MAX } from '@/lib/registry/act';
import type { ActSubject } from './act-run';
import type { SelectionAnswer } from './selection-answer';

export type AllRead = {
  subjects: ActSubject[];
  /** There are more than one run may act on. */
  isPartial: boolean;
  /** What ended it early; what was read until then stands. */
  failure: Failure | undefined;
};

/**
 * @param url - the address of the first page, `token` left out
 * @param isWanted - which of the rows are meant
 * @param report - hears how many were found so far
 */
export async function readAll(
  url: string,
  isWanted: (subject: ActSubject) => boolean,
  report: (count: number) => void,
  signal: AbortSignal,
): Promise<AllRead> {
  const subjects: ActSubject[] = [];
  let token: string | undefined;
  try {
    do {
      const more = token === undefined ? '' : `&token=${encodeURIComponent(token)}`;
      const response = await fetch(`${url}${more}`, { signal });
      if (!response.ok) return { subjects, isPartial: true, failure: { kind: 'no-answer' } };
      // Our own address: what it answers has the type that it is written with.
      const answer: SelectionAnswer = await response.json();
      if (answer.failure !== undefined) return { subjects, isPartial: true, failure: answer.failure };
      subjects.push(...answer.subjects.filter(isWanted));
      report(subjects.length);
      token = answer.nextToken;
    } while (token !== undefined && subjects.length < ACT_SUBJECTS_MAX);
  } catch {
    return { subjects, isPartial: true, failure: { kind: 'no-answer' } };
  }
  const isPartial = token !== undefined || subjects.length > ACT_SUBJECTS_MAX;
  return { subjects: subjects.slice(0, ACT_SUBJECTS_MAX), isPartial, failure: undefined };
}
