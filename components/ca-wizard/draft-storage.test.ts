import { describe, expect, it } from 'vitest';
import { draftKey, parseDraft, printDraft } from './draft-storage';
import { type CaFacts, type KeyCustody, NEW_DRAFT, type WizardDraft } from './wizard-draft';

const facts: CaFacts = {
  caId: 'a'.repeat(64),
  subject: 'C=IN, O=AMZ',
  commonName: undefined,
  isSelfIssued: true,
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2036-01-01T00:00:00.000Z',
  keyName: 'RSA 2048',
  signatureAlgorithm: 'sha256WithRSAEncryption',
};
const withCustody = (custody: KeyCustody): WizardDraft => ({
  ...NEW_DRAFT,
  step: 'template',
  completed: ['authority', 'key', 'mode'],
  parent: { pem: 'ROOT', facts, issuers: [] },
  created: {
    pem: 'PEM',
    facts,
    custody,
    madeFrom: NEW_DRAFT.form,
    issuers: [{ pem: 'ROOT', subject: 'CN=Root' }],
    parentId: facts.caId,
  },
  brought: { pem: 'PEM', facts, issuers: [], custody: 'absent' },
});

describe('a draft over a reload', () => {
  it.each([['downloaded'], ['proved']] as const)('comes back whole when its key is %s', (custody) => {
    expect(parseDraft(printDraft(withCustody(custody)))).toEqual(withCustody(custody));
  });

  it('goes back to the first step when the key was nowhere but in the page, and keeps what was typed', () => {
    const draft = parseDraft(printDraft(withCustody('unsaved')));
    expect(draft).toEqual({
      ...withCustody('unsaved'),
      created: undefined,
      step: 'authority',
      completed: [],
    });
  });

  it('is another one for another operator, and in another environment', () => {
    const places = ['a', 'b'].flatMap((operatorId) =>
      ['sandbox', 'prod'].map((environmentId) => draftKey({ operatorId, environmentId })),
    );
    expect(new Set(places).size).toBe(4);
  });

  it.each([
    ['-----BEGIN PRIVATE KEY-----\nMIIE', 'PKCS #8'],
    ['{"x":1}\n-----BEGIN EC PRIVATE KEY-----', 'SEC 1, behind a template'],
    ['-----BEGIN ENCRYPTED PRIVATE KEY-----', 'encrypted'],
  ])('never holds a private key that was pasted into a field: %s (%s)', (pasted) => {
    const draft: WizardDraft = {
      ...NEW_DRAFT,
      form: { ...NEW_DRAFT.form, subject: { ...NEW_DRAFT.form.subject, commonName: pasted } },
      template: { ...NEW_DRAFT.template, choice: 'own', ownText: pasted },
    };
    const stored = printDraft(draft);
    expect(stored).not.toContain('PRIVATE');
    expect(parseDraft(stored)?.template).toEqual({ ...NEW_DRAFT.template, choice: 'own', ownText: '' });
  });

  it.each([
    ['', 'nothing'],
    ['{', 'no JSON'],
    ['{"version":0}', 'another version'],
    [printDraft(NEW_DRAFT).replace('"create"', '"steal"'), 'a value that does not exist'],
    [printDraft(NEW_DRAFT).replace('"draft":{', '"draft":{"passphrase":"x",'), 'a member that has no place'],
    [' '.repeat(500_000), 'longer than anything written here'],
  ])('is begun anew from %#: %s', (text) => {
    expect(parseDraft(text)).toBeUndefined();
  });
});
