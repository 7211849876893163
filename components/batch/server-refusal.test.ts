import { describe, expect, it } from 'vitest';
import type { Failure } from '@/lib/failure';
import { type Prospect, prospectOf } from './server-refusal';

const aws = (name: string, status: number): Failure => ({
  ...{ kind: 'aws', service: 'IoT', operation: 'DescribeCACertificate', name, message: '', status },
  requestId: undefined,
});

describe('a request that failed', () => {
  it.each<{ failure: Failure; prospect: Prospect; why: string }>([
    { failure: { kind: 'no-answer' }, prospect: 'passes', why: 'the server comes back' },
    { failure: { kind: 'busy', retryAfterMs: 1 }, prospect: 'passes', why: 'the bucket fills' },
    { failure: { kind: 'statement-timeout' }, prospect: 'passes', why: 'the database is slow just now' },
    { failure: { kind: 'unexpected', reference: '-' }, prospect: 'passes', why: 'an outage of ours' },
    { failure: aws('ThrottlingException', 400), prospect: 'passes', why: 'AWS throttles' },
    { failure: aws('InternalFailureException', 500), prospect: 'passes', why: 'AWS fails' },
    { failure: aws('AccessDeniedException', 403), prospect: 'person', why: 'somebody changes the policy' },
    { failure: { kind: 'signed-out' }, prospect: 'person', why: 'sign in in another tab' },
    { failure: { kind: 'forbidden', permission: 'x' }, prospect: 'person', why: 'a role is given back' },
    { failure: { kind: 'conflict', reason: 'ca-inactive' }, prospect: 'person', why: 'activate the CA' },
    { failure: { kind: 'conflict', reason: 'batch-ended' }, prospect: 'final', why: 'the first word stands' },
    { failure: { kind: 'conflict', reason: 'profile-exceeded' }, prospect: 'final', why: 'they are signed' },
    {
      failure: { kind: 'conflict', reason: 'certificate-already-reserved' },
      prospect: 'final',
      why: 'the same certificate would be told again',
    },
    { failure: { kind: 'invalid-input', fields: {} }, prospect: 'final', why: 'the CA signed none of them' },
  ])('$prospect: $why', ({ failure, prospect }) => {
    expect(prospectOf(failure)).toBe(prospect);
  });
});
