import { describe, expect, it } from 'vitest';
import { ALLOWED_IDS_MAX, defaultJitrSettings, type JitrSettings, type JitrThing } from './settings';
import { settingsFaults } from './settings-faults';

const BASE = defaultJitrSettings('cd'.repeat(32), { kind: 'existing', name: 'devices' });
const thing = (changes: Partial<JitrThing>): Partial<JitrSettings> => ({
  thing: {
    name: `\${CommonName}`,
    typeName: undefined,
    groups: [],
    attributes: {},
    taken: 'use',
    ...changes,
  },
});
const ID = 'ab'.repeat(32);
const many = (count: number, make: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => make(at));

const ROWS: readonly [string, Partial<JitrSettings>, field: string, code: string | undefined][] = [
  ['a rule has no hyphens', { name: 'jitr-1' }, 'name', 'set-up-name'],
  ['a role’s name has 64 characters, suffix and all', { name: 'a'.repeat(49) }, 'name', 'set-up-name'],
  ['48 are enough', { name: 'a'.repeat(48) }, 'name', undefined],
  ['an empty list', { allowList: { kind: 'inline', certificateIds: [] } }, 'allowedIds', 'allow-list-empty'],
  ['an id', { allowList: { kind: 'inline', certificateIds: [ID] } }, 'allowedIds', undefined],
  ['no id', { allowList: { kind: 'inline', certificateIds: ['xyz'] } }, 'allowedIds', 'certificate-id'],
  [
    'too many ids',
    { allowList: { kind: 'inline', certificateIds: many(ALLOWED_IDS_MAX + 1, () => ID) } },
    'allowedIds',
    'too-many',
  ],
  ['too many patterns', { commonNames: many(21, String) }, 'commonNames', 'too-many'],
  ['half a day', { validityDaysMax: 0.5 }, 'validityDaysMax', 'days'],
  ['no day', { validityDaysMax: 0 }, 'validityDaysMax', 'days'],
  ['a year', { validityDaysMax: 365 }, 'validityDaysMax', undefined],
  ['a policy without a name', { policy: { kind: 'existing', name: '' } }, 'policyName', 'policy-name'],
  [
    'a document that is none',
    { policy: { kind: 'create', name: 'p', document: '{' } },
    'policyDocument',
    'policy-malformed',
  ],
  ['one name for all', thing({ name: 'device' }), 'thingName', 'thing-name-fixed'],
  ['a space', thing({ name: `a \${Id}` }), 'thingName', 'thing-name-form'],
  ['a value that no certificate has', thing({ name: `\${Email}` }), 'thingName', 'placeholder-unknown'],
  ['a prefix', thing({ name: `line:1_\${Id}` }), 'thingName', undefined],
  ['three attributes', thing({ attributes: { a: '1', b: '2', c: '3' } }), 'attributes', undefined],
  [
    'four without a type',
    thing({ attributes: { a: '1', b: '2', c: '3', d: '4' } }),
    'attributes',
    'attributes-without-type',
  ],
  [
    'four with a type',
    thing({ typeName: 'T', attributes: { a: '1', b: '2', c: '3', d: '4' } }),
    'attributes',
    undefined,
  ],
  ['an attribute with a space', thing({ attributes: { a: 'b c' } }), 'attributes', 'attribute-form'],
  ['an attribute without a value', thing({ attributes: { a: '' } }), 'attributes', 'attribute-form'],
  ['eleven groups', thing({ groups: many(11, (at) => `g${at}`) }), 'groups', 'too-many'],
  ['a group’s name', thing({ groups: ['a b'] }), 'groups', 'group-name'],
];

describe('settings', () => {
  it.each(ROWS)('%s', (_why, changes, field, code) => {
    const codes = (settingsFaults({ ...BASE, ...changes })[field] ?? []).map((fault) => fault.code);
    if (code === undefined) expect(codes).toEqual([]);
    else expect(codes).toContain(code);
  });

  it('as proposed are sound', () => {
    expect(settingsFaults(BASE)).toEqual({});
  });
});
