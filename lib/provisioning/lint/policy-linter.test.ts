import { describe, expect, it } from 'vitest';
import { lintPolicy } from '@/lib/policy/lint/lint-policy';
import { policyLinter } from './policy-linter';

const open = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';
const here = { place: { accountId: '123456789012', region: 'eu-west-1' } };

describe('policyLinter', () => {
  it('says what the lint says, and looks once at what stays the same', () => {
    const lint = policyLinter();
    expect(lint(open, here)).toEqual(lintPolicy(open, here));
    expect(lint(open, here)).toBe(lint(open, here));
  });

  it('looks again in another place', () => {
    const lint = policyLinter();
    const pinned = open.replace('"*"}', '"arn:aws:iot:eu-west-1:123456789012:client/a"}');
    const elsewhere = { place: { accountId: '123456789012', region: 'us-east-2' } };
    expect(lint(pinned, here)).toEqual(lintPolicy(pinned, here));
    expect(lint(pinned, elsewhere)).toEqual(lintPolicy(pinned, elsewhere));
  });

  it('forgets what was not asked for the longest', () => {
    const lint = policyLinter();
    const first = lint(open, here);
    for (let space = 1; space <= 20; space += 1) lint(open + ' '.repeat(space), here);
    expect(lint(open, here)).not.toBe(first);
    expect(lint(open, here)).toEqual(first);
  });
});
