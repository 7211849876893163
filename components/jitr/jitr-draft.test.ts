import { describe, expect, it } from 'vitest';
import { defaultJitrSettings, type JitrSettings } from '@/lib/provisioning/jitr/settings';
import { draftOf, settingsOf } from './jitr-draft';

const ID = 'ab'.repeat(32);
const BASE = defaultJitrSettings('cd'.repeat(32), { kind: 'create', name: 'devices', document: '{}' });
const FULL: JitrSettings = {
  ...BASE,
  scope: 'all-cas',
  allowList: { kind: 'inline', certificateIds: [ID] },
  commonNames: ['pump-*', 'valve-?'],
  checksValidity: false,
  validityDaysMax: 400,
  revoked: { serials: ['1f'], nextUpdate: undefined },
  rejection: 'revoke',
  policy: { kind: 'existing', name: 'old' },
  thing: {
    name: `x-\${Id}`,
    typeName: 'Pump',
    groups: ['a', 'b'],
    attributes: { site: 'a=b', empty: '' },
    taken: 'use',
  },
};

describe('a form', () => {
  it.each([
    ['proposed', BASE],
    ['with everything', FULL],
    ['with nothing', { ...BASE, policy: { kind: 'none' }, thing: undefined } satisfies JitrSettings],
  ])('says of settings %s what they say', (_what, settings) => {
    expect(settingsOf(draftOf(settings, '{}'))).toEqual(settings);
  });

  it('takes ids as they are pasted', () => {
    const draft = { ...draftOf(FULL, '{}'), idsText: ` ${ID.toUpperCase()},\n${ID}\n\n` };
    expect(settingsOf(draft).allowList).toEqual({ kind: 'inline', certificateIds: [ID] });
  });
});
