import type { Failure } from '@/lib/failure';
import { assertNever } from '@/lib/result';

export type FailureDetail = {
  key: 'error' | 'message' | 'call' | 'status' | 'requestId' | 'reference' | 'reason' | 'permission';
  value: string;
};

/** The facts of a failure for whoever has to look deeper; what was typed is not among them. */
export function failureDetails(failure: Failure): FailureDetail[] {
  switch (failure.kind) {
    case 'aws':
      return [
        { key: 'error', value: failure.name },
        { key: 'message', value: failure.message },
        { key: 'call', value: `${failure.service}:${failure.operation}` },
        { key: 'status', value: String(failure.status) },
        ...(failure.requestId === undefined ? [] : [{ key: 'requestId' as const, value: failure.requestId }]),
      ];
    case 'aws-unreachable':
      return [
        { key: 'call', value: `${failure.service}:${failure.operation}` },
        { key: 'reason', value: failure.reason },
      ];
    case 'forbidden':
      return [{ key: 'permission', value: failure.permission }];
    case 'sandbox':
      return [{ key: 'reason', value: failure.message }];
    case 'mqtt':
      return [{ key: 'reason', value: failure.detail }];
    case 'conflict':
      return [{ key: 'reason', value: failure.reason }];
    case 'unexpected':
      return [{ key: 'reference', value: failure.reference }];
    case 'invalid-input':
    case 'signed-out':
    case 'busy':
    case 'statement-timeout':
    case 'no-answer':
    case 'page-outdated':
    case 'not-found':
      return [];
    default:
      return assertNever(failure);
  }
}
