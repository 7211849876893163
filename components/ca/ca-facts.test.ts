import { describe, expect, it } from 'vitest';
import type { RegistrationConfig } from '@/lib/registry/certificate-authority';
import { caName, firstContactOf } from './ca-facts';
import { type CaTableRow, matchesFilter } from './ca-row';

const ID = '4c1f'.repeat(16);
const named = (fields: object) => ({ subject: { text: '', attributes: [], fields } });

describe('the name of a CA', () => {
  it.each([
    {
      reason: 'the common name comes first',
      fields: { commonName: 'Plant', organization: 'Org' },
      name: 'Plant',
    },
    {
      reason: 'a CA without common name goes by its unit',
      fields: { organizationalUnit: 'Line 2', organization: 'Org' },
      name: 'Line 2',
    },
    { reason: 'or by its organization', fields: { organization: 'Org' }, name: 'Org' },
    { reason: 'an empty common name is none', fields: { commonName: '', organization: 'Org' }, name: 'Org' },
    { reason: 'an empty subject leaves the id', fields: {}, name: '4c1f4c1f' },
  ])('$reason', ({ fields, name }) => {
    expect(caName(named(fields), ID)).toBe(name);
  });

  it('is the beginning of the id where the certificate cannot be decoded', () => {
    expect(caName(undefined, ID)).toBe('4c1f4c1f');
  });
});

describe('what a CA does with a new device', () => {
  const inline: RegistrationConfig = { kind: 'inline', templateBody: '{}', roleArn: 'arn' };
  const byName: RegistrationConfig = { kind: 'named', templateName: 'Fleet' };
  it.each([
    { autoRegistration: true, registrationConfig: inline, means: { kind: 'jitp' } },
    {
      autoRegistration: true,
      registrationConfig: byName,
      means: { kind: 'jitp-named', templateName: 'Fleet' },
    },
    { autoRegistration: true, registrationConfig: undefined, means: { kind: 'jitr' } },
    { autoRegistration: false, registrationConfig: inline, means: { kind: 'off', keepsTemplate: true } },
    { autoRegistration: false, registrationConfig: undefined, means: { kind: 'off', keepsTemplate: false } },
  ])(
    'auto-registration $autoRegistration, config $registrationConfig.kind: $means.kind',
    ({ means, ...ca }) => {
      expect(firstContactOf(ca)).toEqual(means);
    },
  );
});

describe('the filter of the list', () => {
  const row: CaTableRow = {
    caId: ID,
    status: 'ACTIVE',
    createdAt: undefined,
    detail: {
      name: 'Plant Nuremberg',
      subject: 'C=DE, O=Example, CN=Plant Nuremberg',
      autoRegistration: true,
      firstContact: { kind: 'jitr' },
      mode: 'DEFAULT',
      notBefore: undefined,
      notAfter: undefined,
    },
  };
  it.each([
    { text: 'nuremberg', found: true, reason: 'capitals do not matter' },
    { text: ' O=Example ', found: true, reason: 'the subject counts, white space around does not' },
    { text: '4C1F', found: true, reason: 'the id counts' },
    { text: 'Munich', found: false, reason: 'it is nowhere' },
  ])('$text: $reason', ({ text, found }) => {
    expect(matchesFilter(row, text)).toBe(found);
  });

  it('knows a row without details by its id alone', () => {
    const unread = { ...row, detail: undefined };
    expect([matchesFilter(unread, '4c1f'), matchesFilter(unread, 'plant')]).toEqual([true, false]);
  });
});
