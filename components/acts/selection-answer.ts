import type { Failure } from '@/lib/failure';
import type { ActSubject } from './act-run';

/** One page of everything that a list holds, as its address answers. */
export type SelectionAnswer = {
  subjects: ActSubject[];
  nextToken: string | undefined;
  failure: Failure | undefined;
};
