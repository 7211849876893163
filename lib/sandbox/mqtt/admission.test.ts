import { describe, expect, it } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { type AdmissionFacts, decideAdmission, type Issuer, type KnownCertificate } from './admission';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const DAY_MS = 86_400_000;
const VALID = { notBefore: NOW - DAY_MS, notAfter: NOW + DAY_MS };
const CA = 'ca'.repeat(32);

const leaf = { validity: VALID, issuer: 'C=IN,O=AMZ', keyFault: undefined };
const issuer: Issuer = {
  region: 'us-east-2',
  caCertificateId: CA,
  status: 'ACTIVE',
  autoRegistrationStatus: 'ENABLE',
  certificateMode: 'DEFAULT',
  validity: VALID,
  sent: true,
  sameSubject: 1,
};
const known: KnownCertificate = {
  region: 'us-east-2',
  status: 'ACTIVE',
  certificateMode: 'DEFAULT',
  caCertificateId: CA,
};
const firstContact: AdmissionFacts = {
  now: NOW,
  serverName: { kind: 'expected' },
  leaf,
  known: [],
  issuers: [issuer],
  namesakes: 0,
};
const facts = (differences: Partial<AdmissionFacts>): AdmissionFacts => ({ ...firstContact, ...differences });
const ca = (...differences: Partial<Issuer>[]): Partial<AdmissionFacts> => ({
  issuers: differences.map((one) => ({ ...issuer, ...one })),
});
const registered = (...differences: Partial<KnownCertificate>[]): Partial<AdmissionFacts> => ({
  known: differences.map((one) => ({ ...known, ...one })),
});
const missing = { kind: 'missing' } as const;
const foreign = { kind: 'foreign', name: 'a.example.com' } as const;
const elsewhere = { region: 'eu-west-1' };

/** What is decided, in one word and a code. */
function verdict(given: AdmissionFacts): string {
  const admission = decideAdmission(given);
  if (admission.kind === 'refuse') return `refuse ${admission.reason.code}`;
  return [admission.kind, admission.region, ...admission.warnings.map(({ code }) => code)].join(' ');
}

describe('decideAdmission: a certificate that is not registered', () => {
  it.each<[string, Partial<AdmissionFacts>, string]>([
    ['register us-east-2', {}, 'chain sent, CA open, name given'],
    ['register us-east-2', ca({ sent: false }), 'leaf alone: the CA is found by name'],
    ['register us-east-2', ca({ certificateMode: 'SNI_ONLY' }), 'SNI_ONLY with a name'],
    ['refuse issuer-not-registered', { issuers: [] }, 'no CA of that name'],
    ['refuse issuer-did-not-sign', { issuers: [], namesakes: 1 }, 'another CA of that name'],
    ['refuse ca-not-active', ca({ status: 'INACTIVE' }), 'an inactive CA registers nothing'],
    ['refuse ca-auto-registration-off', ca({ autoRegistrationStatus: 'DISABLE' }), 'auto-registration off'],
    ['refuse ca-out-of-validity', ca({ validity: { notBefore: 0, notAfter: 1 } }), 'CA expired'],
    [
      'refuse ca-out-of-validity',
      ca({ validity: { notBefore: NOW + 1, notAfter: NOW + 2 } }),
      'CA not valid yet',
    ],
    ['refuse certificate-key-refused', { leaf: { ...leaf, keyFault: 'RSA 1024' } }, 'weak key'],
    [
      'refuse certificate-expired',
      { leaf: { ...leaf, validity: { notBefore: 0, notAfter: NOW - 1 } } },
      'leaf expired',
    ],
    [
      'refuse certificate-not-yet-valid',
      { leaf: { ...leaf, validity: { notBefore: NOW + 1, notAfter: NOW + 2 } } },
      'leaf not valid yet',
    ],
    ['refuse client-certificate-missing', { leaf: undefined, issuers: [] }, 'no certificate'],
  ])('%s: %o (%s)', (expected, differences) => {
    expect(verdict(facts(differences))).toBe(expected);
  });
});

describe('decideAdmission: several CAs', () => {
  it.each<[string, Partial<AdmissionFacts>, string]>([
    ['refuse ca-subject-ambiguous', ca({ sent: false, sameSubject: 2 }), 'leaf alone, two CAs of that name'],
    ['register us-east-2', ca({ sameSubject: 2 }), 'the same with the CA sent along'],
    ['refuse ca-in-several-regions', ca({}, elsewhere), 'one CA, open in two Regions'],
    [
      'register eu-west-1',
      ca({ autoRegistrationStatus: 'DISABLE' }, elsewhere),
      'registered in two, open in one',
    ],
    [
      'register eu-west-1',
      ca({ sent: false }, { ...elsewhere, caCertificateId: 'x' }),
      'the one sent is meant',
    ],
    [
      'refuse ca-not-active',
      ca({ status: 'INACTIVE' }, { ...elsewhere, sent: false }),
      'the one sent is meant, even when it is closed',
    ],
    [
      'refuse ca-in-several-regions',
      ca({ sent: false }, { ...elsewhere, sent: false }),
      'leaf alone likewise',
    ],
  ])('%s: %o (%s)', (expected, differences) => {
    expect(verdict(facts(differences))).toBe(expected);
  });
});

describe('decideAdmission: the server name', () => {
  it.each<[string, Partial<AdmissionFacts>, string]>([
    ['refuse server-name-foreign', { serverName: foreign }, 'a wrong name fails'],
    ['refuse server-name-foreign', { serverName: foreign, ...registered({}) }, 'for active ones too'],
    ['register us-east-2 server-name-advised', { serverName: missing }, 'missing, chain sent: warned'],
    [
      'refuse server-name-required',
      { serverName: missing, ...ca({ sent: false }) },
      'missing on a leaf-only first contact',
    ],
    [
      'refuse server-name-required',
      { serverName: missing, ...ca({ certificateMode: 'SNI_ONLY' }) },
      'missing for a CA in SNI_ONLY',
    ],
    [
      'refuse server-name-required',
      { serverName: missing, ...registered({ certificateMode: 'SNI_ONLY' }) },
      'missing for a certificate in SNI_ONLY',
    ],
    [
      'authorize us-east-2 server-name-advised',
      { serverName: missing, ...registered({}) },
      'missing for an active DEFAULT one: warned',
    ],
  ])('%s: %o (%s)', (expected, differences) => {
    expect(verdict(facts(differences))).toBe(expected);
  });
});

describe('decideAdmission: a registered certificate', () => {
  const expired = { leaf: { ...leaf, validity: { notBefore: 0, notAfter: NOW - 1 } } };
  it.each<[string, Partial<AdmissionFacts>, string]>([
    ['authorize us-east-2', registered({}), 'active'],
    [
      'authorize us-east-2',
      { ...registered({}), ...ca({ status: 'INACTIVE' }) },
      'its CA does not matter any more',
    ],
    ['authorize us-east-2', { ...registered({}), issuers: [] }, 'nor whether it is still registered'],
    ['retry us-east-2', registered({ status: 'PENDING_ACTIVATION' }), 'pending: told and tried again'],
    [
      'refuse certificate-pending-without-ca',
      registered({ status: 'PENDING_ACTIVATION', caCertificateId: undefined }),
      'pending, but not by auto-registration',
    ],
    ['refuse certificate-not-active', registered({ status: 'INACTIVE' }), 'inactive'],
    ['refuse certificate-not-active', registered({ status: 'REVOKED' }), 'revoked'],
    ['refuse certificate-expired', { ...registered({}), ...expired }, 'active but expired'],
    [
      'authorize us-east-2',
      { ...registered({}), leaf: { ...leaf, keyFault: 'RSA 1024' } },
      'let in once, let in',
    ],
    ['refuse certificate-in-several-regions', registered({}, elsewhere), 'active in two Regions'],
    ['authorize us-east-2', registered({}, { ...elsewhere, status: 'REVOKED' }), 'active in one of two'],
    [
      'retry eu-west-1',
      registered({ status: 'INACTIVE' }, { ...elsewhere, status: 'PENDING_ACTIVATION' }),
      'pending in one, inactive in the other',
    ],
  ])('%s: %o (%s)', (expected, differences) => {
    expect(verdict(facts(differences))).toBe(expected);
  });
});

behaviour(
  'Of the CAs that signed a certificate those count which the device sent, also when they are closed; others of that name come second',
  { known: 'assumed', source: '' },
  () => {
    const found = { ...elsewhere, caCertificateId: 'found by name', sent: false };
    const closed = { status: 'INACTIVE' } as const;
    expect(verdict(facts(ca({ caCertificateId: 'sent' }, found)))).toBe('register us-east-2');
    expect(verdict(facts(ca(closed, found)))).toBe('refuse ca-not-active');
    expect(verdict(facts(ca({ ...closed, sent: false }, found)))).toBe('register eu-west-1');
  },
);

behaviour(
  'The key of a registered certificate is not judged again when its device connects, its dates are',
  { known: 'assumed', source: '' },
  () => {
    const weak = { leaf: { ...leaf, keyFault: 'RSA 1024' } };
    expect(verdict(facts(weak))).toBe('refuse certificate-key-refused');
    expect(verdict(facts({ ...registered({}), ...weak }))).toBe('authorize us-east-2');
    const ended = { leaf: { ...leaf, validity: { notBefore: 0, notAfter: NOW - 1 } } };
    expect(verdict(facts({ ...registered({}), ...ended }))).toBe('refuse certificate-expired');
  },
);
