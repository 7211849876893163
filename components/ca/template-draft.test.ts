import { describe, expect, it } from 'vitest';
import { starterConfig } from '@/lib/provisioning/starters';
import { readDraft, type TemplateDraft } from './template-draft';

const place = { accountId: '123456789012', region: 'eu-central-1' };
const ROLE = 'arn:aws:iam::123456789012:role/JITPRole';
const OTHER_ROLE = 'arn:aws:iam::123456789012:role/Other';
const { templateBody } = starterConfig('scoped', { ...place, roleArn: '', policyName: '' });

const draft = (change: Partial<TemplateDraft>): TemplateDraft => ({
  source: 'own',
  starter: 'scoped',
  policyName: '',
  templateName: '',
  text: '',
  roleArn: '',
  enablesAutoRegistration: false,
  ...change,
});
const read = (change: Partial<TemplateDraft>) => readDraft(draft(change), place);

describe('a draft that can be sent', () => {
  it.each([
    { form: 'a starter with a typed role', change: { source: 'starter' as const, roleArn: ` ${ROLE} ` } },
    { form: 'a pasted template with a typed role', change: { text: templateBody, roleArn: ROLE } },
    {
      form: 'a pasted config, by its own role',
      change: { text: JSON.stringify({ templateBody, roleArn: ROLE }) },
    },
    {
      form: 'a pasted config whose role was overruled',
      change: { text: JSON.stringify({ templateBody, roleArn: OTHER_ROLE }), roleArn: ROLE },
    },
  ])('$form', ({ change }) => {
    expect(read(change).config).toEqual({ kind: 'inline', templateBody, roleArn: ROLE });
  });

  it.each([
    { templateName: 'Fleet', config: { kind: 'named', templateName: 'Fleet' } },
    { templateName: '', config: undefined },
  ])('a chosen template "$templateName", which brings its own role', ({ templateName, config }) => {
    expect(read({ source: 'named', templateName })).toMatchObject({ config, needsRole: false });
  });

  it('a template by name, without any role', () => {
    expect(read({ text: 'templateName=Fleet' })).toMatchObject({
      config: { kind: 'named', templateName: 'Fleet' },
      needsRole: false,
    });
  });

  it('the starter that names a policy, with the policy in it', () => {
    const { config } = read({
      source: 'starter',
      starter: 'predefined-policy',
      policyName: 'Fleet_Policy',
      roleArn: ROLE,
    });
    expect(config?.kind === 'inline' && config.templateBody).toContain('Fleet_Policy');
  });
});

describe('a draft that cannot be sent yet', () => {
  it.each([
    { reason: 'nothing was pasted', change: {} },
    { reason: 'there is no role', change: { source: 'starter' as const } },
    { reason: 'the role is no role', change: { source: 'starter' as const, roleArn: 'JITPRole' } },
    {
      reason: 'the policy has no name',
      change: { source: 'starter' as const, starter: 'predefined-policy' as const, roleArn: ROLE },
    },
    {
      reason: 'AWS would refuse it: a parameter that JITP does not have',
      change: { text: templateBody.replaceAll('Certificate::Country', 'Certificate::Colour'), roleArn: ROLE },
    },
  ])('$reason', ({ change }) => {
    expect(read(change).config).toBeUndefined();
  });

  it('says where the text stops being JSON', () => {
    const { fault, config } = read({ text: '{\n "Parameters": {]', roleArn: ROLE });
    expect({ code: fault?.code, line: fault?.json?.at.line, config }).toEqual({
      code: 'not-json',
      line: 2,
      config: undefined,
    });
  });
});
