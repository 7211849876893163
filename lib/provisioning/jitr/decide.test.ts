import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRegistration, type JitrCertificate, type JitrReason, matchesName } from './decide';
import { defaultJitrSettings, type JitrSettings } from './settings';
import { deployedDecision } from './testing/deployed-handler';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const DAY_MS = 86_400_000;
const ID = 'ab'.repeat(32);

const SETTINGS: JitrSettings = {
  ...defaultJitrSettings('cd'.repeat(32), { kind: 'existing', name: 'devices' }),
};
const DEVICE: JitrCertificate = {
  certificateId: ID,
  status: 'PENDING_ACTIVATION',
  serialHex: '1f',
  serialNumberDecimal: '31',
  notBeforeMs: NOW - DAY_MS,
  notAfterMs: NOW + 365 * DAY_MS,
  subject: { commonName: 'pump-1', country: 'IN' },
};
const thing = {
  name: `\${CommonName}`,
  typeName: undefined,
  groups: [],
  attributes: {},
  taken: 'use',
} as const;

type Row = {
  what: string;
  settings?: Partial<JitrSettings>;
  device?: Partial<JitrCertificate>;
  allowed?: readonly string[];
  reasons: JitrReason[];
};

const ROWS: readonly Row[] = [
  { what: 'nothing but its validity is asked for', reasons: [] },
  {
    what: 'an allow list has it',
    settings: { allowList: { kind: 'ledger' } },
    allowed: [ID],
    reasons: [],
  },
  {
    what: 'an allow list has not got it',
    settings: { allowList: { kind: 'ledger' } },
    allowed: ['00'.repeat(32)],
    reasons: [{ code: 'not-on-allow-list' }],
  },
  {
    what: 'an empty allow list lets nobody in',
    settings: { allowList: { kind: 'inline', certificateIds: [] } },
    allowed: [],
    reasons: [{ code: 'not-on-allow-list' }],
  },
  { what: 'one of the patterns fits', settings: { commonNames: ['valve-*', 'pump-?'] }, reasons: [] },
  {
    what: 'no pattern fits the whole name',
    settings: { commonNames: ['ump-1', 'pump'] },
    reasons: [{ code: 'common-name-differs', value: 'pump-1' }],
  },
  {
    what: 'a pattern is asked for and there is no name',
    settings: { commonNames: ['*'], thing: undefined },
    device: { subject: {} },
    reasons: [{ code: 'common-name-missing' }],
  },
  {
    what: 'it begins tomorrow',
    device: { notBeforeMs: NOW + DAY_MS },
    reasons: [{ code: 'not-yet-valid' }],
  },
  { what: 'it ended yesterday', device: { notAfterMs: NOW - 1 }, reasons: [{ code: 'expired' }] },
  {
    what: 'it ended yesterday and nobody asks',
    settings: { checksValidity: false },
    device: { notAfterMs: NOW - 1 },
    reasons: [],
  },
  {
    what: 'it is valid for exactly as long as may be',
    settings: { validityDaysMax: 366 },
    reasons: [],
  },
  {
    what: 'it is valid for longer than may be',
    settings: { validityDaysMax: 365 },
    reasons: [{ code: 'validity-too-long' }],
  },
  {
    what: 'the revocation list has it, and is old',
    settings: { revoked: { serials: ['1f'], nextUpdate: '2026-05-01T00:00:00.000Z' } },
    reasons: [{ code: 'revoked' }],
  },
  {
    what: 'the revocation list has others',
    settings: { revoked: { serials: ['1e'], nextUpdate: '2026-07-01T00:00:00.000Z' } },
    reasons: [],
  },
  {
    what: 'the revocation list is out of date',
    settings: { revoked: { serials: [], nextUpdate: '2026-05-01T00:00:00.000Z' } },
    reasons: [{ code: 'revocation-list-outdated' }],
  },
  {
    what: 'the thing has a value that the certificate lacks',
    settings: { thing: { ...thing, attributes: { site: `\${OrganizationalUnit}` } } },
    reasons: [{ code: 'value-missing', value: 'OrganizationalUnit' }],
  },
  {
    what: 'a placeholder is nobody’s, nor one of every object',
    settings: { thing: { ...thing, name: `\${constructor}` } },
    reasons: [{ code: 'value-missing', value: 'constructor' }],
  },
  {
    what: 'the name can be no thing’s',
    device: { subject: { commonName: 'pump 1.local' } },
    reasons: [{ code: 'thing-name-invalid', value: 'pump 1.local' }],
  },
  {
    what: 'a value can be no attribute’s',
    settings: { thing: { ...thing, attributes: { owner: `\${Organization}` } } },
    device: { subject: { commonName: 'pump-1', organization: 'ACME Pumps' } },
    reasons: [{ code: 'attribute-invalid', value: 'owner' }],
  },
];

describe('a certificate that waits', () => {
  it.each(ROWS)('$what → $reasons', ({ settings, device, allowed = [], reasons }) => {
    const wanted = { ...SETTINGS, ...settings };
    const certificate = { ...DEVICE, ...device };
    const decision = decideRegistration(wanted, certificate, {
      nowMs: NOW,
      isAllowed: (id) => allowed.includes(id),
    });
    expect(decision.kind === 'reject' ? decision.reasons : []).toEqual(reasons);
    expect(decision.kind).toBe(reasons.length === 0 ? 'admit' : 'reject');
    expect(deployedDecision(wanted, certificate, { nowMs: NOW, allowedIds: allowed })).toEqual(decision);
  });

  it('is not revoked because a list is out of date', () => {
    const settings: JitrSettings = {
      ...SETTINGS,
      rejection: 'revoke',
      revoked: { serials: [], nextUpdate: '2026-05-01T00:00:00.000Z' },
    };
    const decision = decideRegistration(settings, DEVICE, { nowMs: NOW, isAllowed: () => true });
    expect(decision).toMatchObject({ kind: 'reject', act: 'leave-pending' });
  });

  it('gets the thing that the settings describe', () => {
    const settings: JitrSettings = {
      ...SETTINGS,
      thing: {
        name: `in-\${CommonName}`,
        typeName: 'Pump',
        groups: ['pumps'],
        attributes: { country: `\${Country}`, serial: `\${SerialNumber}`, model: 'P1' },
        taken: 'refuse',
      },
    };
    expect(decideRegistration(settings, DEVICE, { nowMs: NOW, isAllowed: () => true })).toEqual({
      kind: 'admit',
      policy: { kind: 'existing', name: 'devices' },
      thing: {
        name: 'in-pump-1',
        typeName: 'Pump',
        groups: ['pumps'],
        attributes: { country: 'IN', serial: '31', model: 'P1' },
        taken: 'refuse',
      },
    });
  });
});

describe('an event that repeats', () => {
  it.each([
    { status: 'ACTIVE', reason: 'already-active' },
    { status: 'INACTIVE', reason: 'not-pending' },
    { status: 'REVOKED', reason: 'not-pending' },
  ] as const)('does nothing to a certificate that is $status', ({ status, reason }) => {
    const certificate = { ...DEVICE, status, notAfterMs: 0 };
    const decision = decideRegistration(SETTINGS, certificate, { nowMs: NOW, isAllowed: () => false });
    expect(decision).toEqual({ kind: 'ignore', reason });
  });
});

describe('a pattern of names', () => {
  it.each([
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a*', 'a', true],
    ['*-*-1', 'x-y-z-1', true],
    ['*-*-1', 'x-1-2', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a.c', 'abc', false],
    ['[ab]', 'a', false],
  ])('%s with %s: %s', (pattern, name, matches) => {
    expect(matchesName(pattern, name)).toBe(matches);
  });

  it('takes no longer for what would make a regular expression try for ever', () => {
    expect(matchesName('*a'.repeat(33), 'a'.repeat(5000))).toBe(true);
    expect(matchesName(`${'*a'.repeat(32)}b`, 'a'.repeat(5000))).toBe(false);
  });
});

const name = fc.stringMatching(/^[ab*?-]{0,6}$/);
const template = fc.constantFrom(
  `\${CommonName}`,
  `x-\${Country}`,
  `\${Id}`,
  'fixed',
  'with space',
  `\${Unknown}`,
  `\${__proto__}`,
  `\${SerialNumber}-\${StateName}`,
);
const settings: fc.Arbitrary<JitrSettings> = fc.record({
  name: fc.constant('jitr_1'),
  scope: fc.constant('one-ca'),
  allowList: fc.constantFrom({ kind: 'none' }, { kind: 'ledger' }),
  commonNames: fc.array(name, { maxLength: 3 }),
  checksValidity: fc.boolean(),
  validityDaysMax: fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined }),
  revoked: fc.option(
    fc.record({
      serials: fc.subarray(['1f', '2', 'abc']),
      nextUpdate: fc.constantFrom(undefined, '2026-05-01T00:00:00.000Z', '2026-07-01T00:00:00.000Z'),
    }),
    { nil: undefined },
  ),
  rejection: fc.constantFrom('leave-pending', 'deactivate', 'revoke'),
  policy: fc.constantFrom(
    { kind: 'none' },
    { kind: 'existing', name: 'devices' },
    { kind: 'create', name: 'devices', document: '{}' },
  ),
  thing: fc.option(
    fc.record({
      name: template,
      typeName: fc.constantFrom(undefined, 'Pump'),
      groups: fc.subarray(['one', 'two']),
      attributes: fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), template),
      taken: fc.constantFrom('use', 'refuse'),
    }),
    { nil: undefined },
  ),
});
const certificate: fc.Arbitrary<JitrCertificate> = fc.record({
  certificateId: fc.constantFrom(ID, '00'.repeat(32)),
  status: fc.constantFrom('ACTIVE', 'INACTIVE', 'PENDING_ACTIVATION', 'PENDING_ACTIVATION', 'REVOKED'),
  serialHex: fc.constantFrom('1f', '2'),
  serialNumberDecimal: fc.constantFrom('31', '2'),
  notBeforeMs: fc.integer({ min: NOW - 2 * DAY_MS, max: NOW + DAY_MS }),
  notAfterMs: fc.integer({ min: NOW - DAY_MS, max: NOW + 400 * DAY_MS }),
  subject: fc.record(
    { commonName: name, country: fc.constantFrom('IN', ''), stateName: fc.constantFrom('KA', 'New York') },
    { requiredKeys: [] },
  ),
});

describe('the deployed function', () => {
  it('decides as the console does', () => {
    fc.assert(
      fc.property(settings, certificate, fc.subarray([ID, 'ff'.repeat(32)]), (wanted, device, allowedIds) => {
        const here = decideRegistration(wanted, device, {
          nowMs: NOW,
          isAllowed: (id) => allowedIds.includes(id),
        });
        expect(deployedDecision(wanted, device, { nowMs: NOW, allowedIds })).toEqual(here);
      }),
    );
  });
});
