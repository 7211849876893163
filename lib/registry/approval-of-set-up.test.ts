import { expect, it } from 'vitest';
import { defaultJitrSettings } from '@/lib/provisioning/jitr/settings';
import { approvalOfSetUp } from './approval-of-set-up';

const CA_ID = 'c'.repeat(64);

it('gives by hand what the function gives: the same policy, the same thing', () => {
  const settings = defaultJitrSettings(CA_ID, { kind: 'create', name: 'DeviceOwnTopics', document: '{}' });
  const thing = { ...settings.thing, attributes: { fleet: 'one' }, groups: ['hall'], typeName: 'press' };
  expect(approvalOfSetUp({ policy: settings.policy, thing: { name: 'n', taken: 'use', ...thing } })).toEqual({
    policy: { kind: 'existing', name: 'DeviceOwnTopics' },
    thing: {
      kind: 'create',
      name: settings.thing?.name,
      attributes: { fleet: 'one' },
      typeName: 'press',
      groupNames: ['hall'],
    },
  });
});

it('gives nothing where the set-up only activates', () => {
  expect(approvalOfSetUp({ policy: { kind: 'none' }, thing: undefined })).toEqual({
    policy: { kind: 'none' },
    thing: { kind: 'none' },
  });
});
