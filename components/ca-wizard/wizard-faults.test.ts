import { describe, expect, it } from 'vitest';
import scopedConfig from '@/lib/provisioning/fixtures/jitp-scoped.json';
import type { Place } from './place';
import { NEW_DRAFT, type StepId, type WizardDraft } from './wizard-draft';
import { stepFaults } from './wizard-faults';

const place: Place = {
  environmentId: 'lab',
  accountId: '123456789012',
  region: 'eu-central-1',
  endpoints: { iot: undefined, iam: undefined },
};
const template = (changed: Partial<WizardDraft['template']>): WizardDraft => ({
  ...NEW_DRAFT,
  template: { ...NEW_DRAFT.template, ...changed },
});
const role = (changed: Partial<WizardDraft['role']>): WizardDraft => ({
  ...NEW_DRAFT,
  role: { ...NEW_DRAFT.role, ...changed },
});
const named: WizardDraft = {
  ...NEW_DRAFT,
  form: { ...NEW_DRAFT.form, subject: { ...NEW_DRAFT.form.subject, commonName: 'Fleet CA' } },
};
const brought = (mode: WizardDraft['mode']): WizardDraft => ({
  ...NEW_DRAFT,
  road: 'bring',
  mode,
  brought: {
    pem: 'PEM',
    custody: 'absent',
    issuers: [],
    facts: {
      caId: 'a'.repeat(64),
      subject: 'CN=x',
      commonName: 'x',
      isSelfIssued: true,
      notBefore: '2026-01-01T00:00:00.000Z',
      notAfter: '2036-01-01T00:00:00.000Z',
      keyName: 'P-256',
      signatureAlgorithm: 'ecdsa-with-SHA256',
    },
  },
});
const predefined = template({ starter: 'predefined-policy', policyName: 'FleetPolicy' });

describe('what keeps a step from being left', () => {
  it.each<[step: StepId, draft: WizardDraft, fault: string | undefined, why: string]>([
    ['authority', NEW_DRAFT, 'commonName subjectEmpty', 'X.509 wants an issuer name'],
    ['authority', named, undefined, 'a common name is enough'],
    [
      'authority',
      { ...named, form: { ...named.form, validityDays: 0 } },
      'validityDays validityDays',
      'no day',
    ],
    [
      'authority',
      { ...named, form: { ...named.form, validityDays: Number.NaN } },
      'validityDays validityDays',
      'an emptied field',
    ],
    ['authority', { ...NEW_DRAFT, road: 'bring' }, 'certificate certificateMissing', 'nothing was dropped'],
    ['key', named, 'keyFile keyNotProved', 'the key was not saved'],
    ['template', NEW_DRAFT, undefined, 'the scoped starter is whole'],
    ['template', template({ choice: 'none' }), undefined, 'JITR'],
    ['template', template({ choice: 'own', ownText: '' }), 'ownText templateUnread', 'nothing was pasted'],
    [
      'template',
      template({ choice: 'own', ownText: '{"Parameters":{}}' }),
      'ownText templateRefused',
      'no resources',
    ],
    [
      'template',
      template({ choice: 'own', ownText: JSON.stringify(scopedConfig) }),
      'ownText placeholderLeft',
      "the article's placeholder",
    ],
    [
      'template',
      template({
        choice: 'own',
        ownText: JSON.stringify(scopedConfig).replaceAll('<ACCOUNT_ID>', '123456789012'),
      }),
      undefined,
      'the placeholder is filled',
    ],
    ['template', predefined, 'policyName policyAbsent', 'seen not to exist'],
    [
      'template',
      { ...predefined, template: { ...predefined.template, createsPolicy: true } },
      undefined,
      'the run creates it',
    ],
    [
      'template',
      { ...predefined, template: { ...predefined.template, policyName: 'There' } },
      undefined,
      'it exists',
    ],
    [
      'template',
      { ...predefined, template: { ...predefined.template, policyName: 'a b' } },
      'policyName policyName',
      'no policy can be called that',
    ],
    ['role', NEW_DRAFT, undefined, 'the default name'],
    ['role', role({ newName: 'a b' }), 'newName roleName', 'IAM has no blanks in names'],
    ['role', role({ choice: 'existing' }), 'existingRole roleMissing', 'none was chosen'],
    ['role', role({ choice: 'typed', typedArn: 'JITPRole' }), 'typedArn roleArn', 'a name is no ARN'],
    [
      'role',
      role({ choice: 'typed', typedArn: ' arn:aws:iam::123456789012:role/x ' }),
      undefined,
      'blanks around it do not matter',
    ],
    ['review', NEW_DRAFT, 'review caMissing', 'there is nothing to register'],
    [
      'review',
      brought('DEFAULT'),
      'keyFile keyNeeded',
      'the proof needs the key, which is gone after a reload',
    ],
    ['review', brought('SNI_ONLY'), undefined, 'no proof, no key'],
    ['mode', brought('DEFAULT'), 'mode modeNeedsKey', 'the key was not brought'],
  ])('%s -> %4$s', (step, draft, expected) => {
    const [first] = stepFaults(step, draft, place, {
      policyNames: new Set(['There']),
      isKeyHeld: false,
      isParentKeyHeld: false,
    });
    expect(first && `${first.field} ${first.code}`).toBe(expected);
  });

  it('does not hold a policy against the person that could not be looked up', () => {
    expect(
      stepFaults('template', predefined, place, {
        policyNames: undefined,
        isKeyHeld: false,
        isParentKeyHeld: false,
      }),
    ).toEqual([]);
  });
});
