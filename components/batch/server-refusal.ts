import type { Failure } from '@/lib/failure';

/**
 * What may become of a request that failed: asked again it may go through by itself (`passes`), it may once a person has put something
 * right (`person`), or it never will (`final`).
 */
export type Prospect = 'passes' | 'person' | 'final';

const FINAL_CONFLICTS: readonly string[] = [
  'batch-ended',
  'certificate-already-reserved',
  // What was agreed is in the batch's row, and the certificates are signed: neither changes.
  'profile-exceeded',
];

export function prospectOf(failure: Failure): Prospect {
  switch (failure.kind) {
    case 'busy':
    case 'aws-unreachable':
    case 'statement-timeout':
    case 'no-answer':
    case 'unexpected':
      return 'passes';
    case 'aws':
      return failure.status === 429 || failure.status >= 500 || /Throttl/.test(failure.name)
        ? 'passes'
        : 'person';
    case 'conflict':
      return FINAL_CONFLICTS.includes(failure.reason) ? 'final' : 'person';
    // The same certificates would be sent again.
    case 'invalid-input':
      return 'final';
    default:
      return 'person';
  }
}

/** Somebody said how the batch ends; or it is another's, which only the server can tell apart. */
export const isBatchEnded = (failure: Failure): boolean =>
  failure.kind === 'conflict' && failure.reason === 'batch-ended';
