import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameFacts } from './name-facts';
import { checkSubject, SUBJECT_ATTRIBUTES, type Subject } from './subject';
import { toName } from './subject-name';
import { x509 } from './x509';

describe('a subject that breaks a rule is named with the field at fault', () => {
  test.each<{ subject: Subject; fault: object; reason: string }>([
    { subject: {}, fault: { kind: 'subject-empty', field: 'subject' }, reason: 'nothing to issue' },
    {
      subject: { commonName: '' },
      fault: { kind: 'subject-empty', field: 'subject' },
      reason: 'empty is absent',
    },
    {
      subject: { country: 'IND' },
      fault: { kind: 'subject-country', field: 'country' },
      reason: 'ISO 3166 alpha-3',
    },
    {
      subject: { country: '日本' },
      fault: { kind: 'subject-country', field: 'country' },
      reason: 'two characters, no letters of ours',
    },
    {
      subject: { commonName: 'x'.repeat(65) },
      fault: { kind: 'subject-too-long', field: 'commonName', characters: 65, charactersMax: 64 },
      reason: 'ub-common-name',
    },
    {
      subject: { stateName: 'x'.repeat(129) },
      fault: { kind: 'subject-too-long', field: 'stateName', characters: 129, charactersMax: 128 },
      reason: 'ub-state-name',
    },
    {
      subject: { serialNumber: 'SN_1' },
      fault: { kind: 'subject-not-printable', field: 'serialNumber', character: '_' },
      reason: 'PrintableString has no underscore',
    },
    {
      subject: { dnQualifier: 'ロット' },
      fault: { kind: 'subject-not-printable', field: 'dnQualifier', character: 'ロ' },
      reason: 'PrintableString is ASCII',
    },
    {
      subject: { commonName: 'a\u0000b' },
      fault: { kind: 'subject-control-character', field: 'commonName' },
      reason: 'NUL truncates in C',
    },
    {
      subject: { commonName: '\ud800' },
      fault: { kind: 'subject-control-character', field: 'commonName' },
      reason: 'half a surrogate pair',
    },
    {
      subject: { commonName: 'Demo ' },
      fault: { kind: 'subject-surrounding-space', field: 'commonName' },
      reason: 'invisible',
    },
  ])('$reason', ({ subject, fault }) => {
    expect(checkSubject(subject)).toEqual([fault]);
  });

  test('every fault of every field is told at once', () => {
    expect(
      checkSubject({ country: 'x', commonName: ' ', serialNumber: '*' }).map(({ field }) => field),
    ).toEqual(['country', 'commonName', 'serialNumber']);
  });
});

test.each([
  { subject: { commonName: '🔑'.repeat(64) }, reason: 'bounds count characters, not UTF-16 units' },
  { subject: { country: 'IN', organization: 'AMZ' }, reason: 'the article' },
  { subject: { commonName: 'a,b+c="d"\\<>;#' }, reason: 'what RFC 4514 escapes is plain data here' },
])('a good subject passes: $reason', ({ subject }) => {
  expect(checkSubject(subject)).toEqual([]);
});

test('whatever passes the check comes back from the DER unchanged', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 });
  const subject = fc.record(
    {
      country: fc.constantFrom('IN', 'JP', 'de'),
      stateName: text,
      locality: text,
      organization: text,
      organizationalUnit: text,
      commonName: text,
      serialNumber: fc.stringMatching(/^[A-Za-z0-9'()+,./:=?-]{1,70}$/),
      dnQualifier: fc.stringMatching(/^[A-Za-z0-9]{1,70}$/),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(subject, (candidate) => {
      fc.pre(checkSubject(candidate).length === 0);
      expect(nameFacts(new x509.Name(toName(candidate).toArrayBuffer())).fields).toEqual(candidate);
    }),
  );
});

test('attributes stand in the order of OpenSSL users, each in its own relative name', () => {
  const all = Object.fromEntries(SUBJECT_ATTRIBUTES.map(({ field }) => [field, 'XX']));
  expect(nameFacts(toName(all)).text).toBe(
    'C=XX, ST=XX, L=XX, O=XX, OU=XX, CN=XX, serialNumber=XX, dnQualifier=XX',
  );
});
