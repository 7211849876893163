import { describe, expect, it } from 'vitest';
import type { Approval } from '@/lib/registry/approval';
import { approvalOf, draftOf, groupNamesOf, THING_ATTRIBUTES } from './approval-draft';
import { approvalInput, parseApproval } from './approval-input';

describe('an approval that is being filled in', () => {
  it('begins for a security admin with one that can be sent, for an engineer with a policy to be chosen', () => {
    const approval = approvalOf(draftOf(undefined, true));
    expect(approval).toMatchObject({ policy: { kind: 'scoped' }, thing: { kind: 'create' } });
    expect(approvalOf(draftOf(undefined, false))).toBeUndefined();
  });

  it('travels whole, with everything that can be chosen', () => {
    const approval: Approval = {
      policy: { kind: 'existing', name: 'fleet' },
      thing: {
        kind: 'create',
        name: `press-\${Id}`,
        attributes: THING_ATTRIBUTES,
        typeName: 'press',
        groupNames: ['hall-1', 'hall-2'],
      },
    };
    const draft = draftOf(approval, false);
    expect(approvalOf(draft)).toEqual(approval);
    expect(approvalInput.parse(approvalOf(draft))).toEqual(approval);
    expect(parseApproval(JSON.stringify(approval))).toEqual(approval);
    const untyped = approvalOf({ ...draft, typeName: '', groups: '' });
    expect(approvalInput.safeParse(untyped).success).toBe(true);
  });

  it('keeps the policy of a set-up, which needs no name, and lets another be chosen', () => {
    const approval: Approval = {
      policy: { kind: 'set-up', name: 'fleet', caId: 'c'.repeat(64) },
      thing: { kind: 'none' },
    };
    const draft = draftOf(approval, true);
    expect(approvalOf(draft)).toEqual(approval);
    expect(parseApproval(JSON.stringify(approval))).toEqual(approval);
    const other = { ...draft, policy: 'scoped' } as const;
    expect(approvalOf(other)?.policy).toEqual({ kind: 'scoped', name: 'ThingScopedPolicy' });
    expect(approvalOf({ ...other, policy: 'set-up' })).toEqual(approval);
  });

  it.each([
    { change: { policyName: 'two words' }, why: 'a policy name with a blank' },
    { change: { policyName: '' }, why: 'no policy name' },
    { change: { typeName: 'press 1' }, why: 'a type with a blank' },
    { change: { groups: 'hall 1' }, why: 'a group with a blank' },
  ])('cannot be sent with $why', ({ change }) => {
    expect(approvalOf({ ...draftOf(undefined, true), ...change })).toBeUndefined();
  });
});

it('reads groups with commas between them, each once', () => {
  expect(groupNamesOf(' a, b ,a,, ')).toEqual(['a', 'b']);
  expect(groupNamesOf(Array.from({ length: 11 }, (_, index) => `g${index}`).join(','))).toBeUndefined();
});

it.each(['', '{', '[]', '{"policy":{"kind":"none"}}', `"${'x'.repeat(5000)}"`])(
  'takes %j for no approval',
  (text) => {
    expect(parseApproval(text)).toBeUndefined();
  },
);
