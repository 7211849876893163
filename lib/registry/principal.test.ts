import { describe, expect, it } from 'vitest';
import { type Principal, parsePrincipal } from './principal';

const id = 'ab'.repeat(32);

describe('parsePrincipal', () => {
  it.each<[string, Partial<Principal>, string]>([
    [
      `arn:aws:iot:eu-central-1:123456789012:cert/${id}`,
      { kind: 'certificate', certificateId: id },
      'a certificate',
    ],
    [
      `arn:aws-cn:iot:cn-north-1:123456789012:cert/${id}`,
      { kind: 'certificate', certificateId: id },
      'China partition',
    ],
    [
      'arn:aws:iot:eu-central-1:123456789012:thinggroup/pumps',
      { kind: 'thing-group', groupName: 'pumps' },
      'a group',
    ],
    ['eu-central-1:5ad0b9f4-0000-4000-8000-123456789abc', { kind: 'other' }, 'a Cognito identity'],
    [
      `arn:aws:iot:eu-central-1:123456789012:cert/${id.toUpperCase()}`,
      { kind: 'other' },
      'no certificate id',
    ],
    ['', { kind: 'other' }, 'nothing'],
  ])('%s -> %o (%s)', (arn, expected) => {
    expect(parsePrincipal(arn)).toEqual({ arn, ...expected });
  });
});
