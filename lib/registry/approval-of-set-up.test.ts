import { expect, it } from 'vitest';
import { defaultJitrSettings } from '@/lib/provisioning/jitr/settings';
import { approvalOfSetUp } from './approval-of-set-up';

const CA_ID = 'c'.repeat(64);

it('gives by hand what the function gives: the policy that it makes, the same thing', () => {
  const settings = defaultJitrSettings(CA_ID, { kind: 'create', name: 'DeviceOwnTopics', document: '{}' });
  const thing = { ...settings.thing, attributes: { fleet: 'one' }, groups: ['hall'], typeName: 'press' };
  expect(
    approvalOfSetUp(CA_ID, { policy: settings.policy, thing: { name: 'n', taken: 'use', ...thing } }),
  ).toEqual({
    policy: { kind: 'set-up', name: 'DeviceOwnTopics', caId: CA_ID },
    thing: {
      kind: 'create',
      name: settings.thing?.name,
      attributes: { fleet: 'one' },
      typeName: 'press',
      groupNames: ['hall'],
    },
  });
});

it('attaches the policy that the set-up only names', () => {
  const { policy } = approvalOfSetUp(CA_ID, {
    policy: { kind: 'existing', name: 'fleet' },
    thing: undefined,
  });
  expect(policy).toEqual({ kind: 'existing', name: 'fleet' });
});

it('gives nothing where the set-up only activates', () => {
  expect(approvalOfSetUp(CA_ID, { policy: { kind: 'none' }, thing: undefined })).toEqual({
    policy: { kind: 'none' },
    thing: { kind: 'none' },
  });
});
