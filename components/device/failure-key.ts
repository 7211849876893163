import type { Failure } from '@/lib/failure';

/** The same for failures that say the same: AWS's answers differ by call, everything else by kind. */
export function failureKey(failure: Failure): string {
  return failure.kind === 'aws' ? `aws ${failure.operation}` : failure.kind;
}
