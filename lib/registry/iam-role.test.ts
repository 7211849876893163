import { describe, expect, it } from 'vitest';
import { roleNameOf } from './iam-role';

describe('roleNameOf', () => {
  it.each<[string, string | undefined, string]>([
    ['arn:aws:iam::123456789012:role/JITPRole', 'JITPRole', 'no path'],
    ['arn:aws:iam::123456789012:role/service-role/iot/JITPRole', 'JITPRole', 'a path'],
    ['arn:aws:iam::123456789012:user/JITPRole', undefined, 'a user'],
    ['arn:aws:iam::1234:role/JITPRole', undefined, 'no account number'],
    ['JITPRole', undefined, 'a bare name'],
  ])('%s -> %s (%s)', (arn, name) => {
    expect(roleNameOf(arn)).toBe(name);
  });
});
