import { describe, expect, it } from 'vitest';
import scopedConfig from '@/lib/provisioning/fixtures/jitp-scoped.json';
import { ARTICLE_FORM, type CaFacts, type KeyCustody, NEW_DRAFT, type WizardDraft } from './wizard-draft';
import { applyChange, isOutdated, type WizardChange, wouldLoseKey } from './wizard-state';
import { isReviewable, stepsOf } from './wizard-steps';

const facts: CaFacts = {
  caId: 'a'.repeat(64),
  subject: 'CN=Fleet CA',
  commonName: 'Fleet CA',
  isSelfIssued: true,
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2036-01-01T00:00:00.000Z',
  keyName: 'P-256',
  signatureAlgorithm: 'ecdsa-with-SHA256',
};

const apply = (changes: WizardChange[], draft: WizardDraft = NEW_DRAFT): WizardDraft =>
  changes.reduce(applyChange, draft);

const created = apply([
  { kind: 'subject-set', field: 'commonName', value: 'Fleet CA' },
  {
    kind: 'ca-created',
    pem: 'PEM',
    facts,
    issuers: [],
    parentId: undefined,
    madeFrom: { ...NEW_DRAFT.form, subject: { ...NEW_DRAFT.form.subject, commonName: 'Fleet CA' } },
  },
]);
const brought = apply([
  { kind: 'road-chosen', road: 'bring' },
  { kind: 'ca-brought', pem: 'PEM', facts, issuers: [] },
]);

describe('a change that alters nothing gives the very same draft', () => {
  it.each<WizardChange>([
    { kind: 'road-chosen', road: 'create' },
    { kind: 'subject-set', field: 'country', value: '' },
    { kind: 'algorithm-chosen', algorithm: 'P-256' },
    { kind: 'validity-set', days: 3650 },
    { kind: 'signer-chosen', signer: 'self' },
    { kind: 'parent-removed' },
    { kind: 'custody-changed', caId: facts.caId, custody: 'proved' },
    { kind: 'mode-chosen', mode: 'DEFAULT' },
    { kind: 'template-changed', template: { starter: 'scoped' } },
    { kind: 'role-changed', role: {} },
    { kind: 'registration-changed', setAsActive: true },
    { kind: 'step-back' },
    { kind: 'step-entered', step: 'authority' },
    { kind: 'restarted' },
  ])('$kind', (change) => {
    expect(applyChange(NEW_DRAFT, change)).toBe(NEW_DRAFT);
  });
});

describe('the CA that was made', () => {
  it('stays while the form is as it was, and is outdated as soon as it is not', () => {
    expect(isOutdated(created)).toBe(false);
    expect(isOutdated(apply([{ kind: 'algorithm-chosen', algorithm: 'P-384' }], created))).toBe(true);
    expect(isOutdated(apply([{ kind: 'subject-set', field: 'country', value: 'DE' }], created))).toBe(true);
  });

  it('is up to date again when the edit is taken back', () => {
    const edited = apply(
      [
        { kind: 'validity-set', days: 10 },
        { kind: 'validity-set', days: 3650 },
      ],
      created,
    );
    expect(isOutdated(edited)).toBe(false);
  });

  it.each<[custody: KeyCustody, isLost: boolean, why: string]>([
    ['unsaved', true, 'it exists in this tab only'],
    ['downloaded', true, 'nobody knows that the file can be opened'],
    ['proved', false, 'the person has it'],
  ])('with its key %s would be lost: %s (%s)', (custody, isLost) => {
    expect(wouldLoseKey(apply([{ kind: 'custody-changed', caId: facts.caId, custody }], created))).toBe(
      isLost,
    );
  });

  it('does not take an answer about another CA', () => {
    expect(applyChange(created, { kind: 'custody-changed', caId: 'b'.repeat(64), custody: 'proved' })).toBe(
      created,
    );
  });

  it('takes the values of the article to the letter', () => {
    expect(apply([{ kind: 'article-applied' }], created).form).toEqual(ARTICLE_FORM);
  });
});

describe('a CA that was brought', () => {
  it('can only be SNI_ONLY while its key is not there', () => {
    expect(brought.mode).toBe('SNI_ONLY');
  });

  it('can be proved again once its key arrives', () => {
    const arrival: WizardChange = { kind: 'custody-changed', caId: facts.caId, custody: 'plain-file' };
    expect(applyChange(brought, arrival).mode).toBe('DEFAULT');
    const decided: WizardDraft = { ...brought, completed: ['authority', 'mode'] };
    expect(applyChange(decided, arrival).mode, 'chosen by the person').toBe('SNI_ONLY');
  });

  it('keeps its key when the same certificate is dropped again', () => {
    const withKey = apply(
      [{ kind: 'custody-changed', caId: facts.caId, custody: 'encrypted-file' }],
      brought,
    );
    expect(applyChange(withKey, { kind: 'ca-brought', pem: 'PEM', facts, issuers: [] })).toBe(withKey);
  });
});

describe('the steps', () => {
  it.each([
    { what: 'a created CA', draft: created, without: [] },
    { what: 'a brought CA without its key', draft: brought, without: ['key'] },
    {
      what: 'a brought CA with an encrypted key file',
      draft: apply([{ kind: 'custody-changed', caId: facts.caId, custody: 'encrypted-file' }], brought),
      without: ['key'],
    },
    {
      what: 'a brought CA with a plain key file',
      draft: apply([{ kind: 'custody-changed', caId: facts.caId, custody: 'plain-file' }], brought),
      without: [],
    },
    {
      what: 'no template',
      draft: apply([{ kind: 'template-changed', template: { choice: 'none' } }], created),
      without: ['role'],
    },
    {
      what: 'a template by name, which has its own role',
      draft: apply(
        [{ kind: 'template-changed', template: { choice: 'own', ownText: 'templateName=fleet' } }],
        created,
      ),
      without: ['role'],
    },
  ])('of $what leave out $without', ({ draft, without }) => {
    const all = ['authority', 'key', 'mode', 'template', 'role', 'review', 'run'];
    expect(stepsOf(draft)).toEqual(all.filter((step) => !without.includes(step)));
  });

  it('go on to the next one that applies, and back', () => {
    const atMode = apply([{ kind: 'step-completed' }], brought);
    expect(atMode).toMatchObject({ step: 'mode', completed: ['authority'] });
    expect(applyChange(atMode, { kind: 'step-back' }).step).toBe('authority');
  });

  it('can be reviewed once every one before has been left by "Next"', () => {
    const next: WizardChange = { kind: 'step-completed' };
    const nearly = apply([next, next, next, next], created);
    expect(isReviewable(nearly)).toBe(false);
    const atReview = apply([next], nearly);
    expect(atReview.step).toBe('review');
    expect(isReviewable(atReview)).toBe(true);
  });
});

describe('the role that a pasted config names', () => {
  const pasted = apply([
    { kind: 'template-changed', template: { choice: 'own', ownText: JSON.stringify(scopedConfig) } },
  ]);

  it('is taken over, placeholders included', () => {
    expect(pasted.role).toMatchObject({
      choice: 'typed',
      typedArn: 'arn:aws:iam::<ACCOUNT_ID>:role/JITPRole',
    });
  });

  it('does not come back over a later choice', () => {
    const chosen = apply(
      [
        { kind: 'role-changed', role: { choice: 'new' } },
        { kind: 'template-changed', template: { ownText: `${JSON.stringify(scopedConfig)}\n` } },
      ],
      pasted,
    );
    expect(chosen.role.choice).toBe('new');
  });
});
