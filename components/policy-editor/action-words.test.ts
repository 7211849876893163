import { expect, it } from 'vitest';
import { DEVICE_ACTIONS } from '@/lib/policy/lint/device-actions';
import { ACTION_GROUPS, actionWord } from './action-words';

it('groups every action of devices once', () => {
  const grouped = Object.values(ACTION_GROUPS).flat();
  expect(grouped).toHaveLength(DEVICE_ACTIONS.length);
  expect(new Set(grouped.map((word) => `iot:${word}`))).toEqual(new Set(DEVICE_ACTIONS));
  expect(DEVICE_ACTIONS.map(actionWord)).not.toContain('all');
  expect(actionWord('iot:*')).toBe('all');
});
