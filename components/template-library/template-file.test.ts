import { describe, expect, it } from 'vitest';
import { readAnything } from '@/lib/provisioning/document/read-anything';
import { starterConfig } from '@/lib/provisioning/starters';
import { TEMPLATE_FILE_FORMS, templateFile } from './template-file';

const roleArn = 'arn:aws:iam::123456789012:role/JITPRole';
const { templateBody } = starterConfig('scoped', {
  accountId: '123456789012',
  region: 'eu-central-1',
  roleArn,
  policyName: '',
});
const template = {
  name: 'Fleet',
  type: 'JITP',
  description: 'line "4"',
  isEnabled: true,
  roleArn,
  templateBody,
} as const;

describe('a template saved as a file', () => {
  it.each([
    { form: 'template', read: { templateBody, roleArn, templateName: 'Fleet', description: 'line "4"' } },
    { form: 'body', read: { templateBody, roleArn: undefined, templateName: undefined } },
    { form: 'config', read: { templateBody, roleArn, templateName: undefined } },
  ] as const)('as $form is read again without loss', ({ form, read }) => {
    expect(readAnything(templateFile(form, template).text)).toMatchObject({ ok: true, value: read });
  });

  it('is called after the template, in a name of its own for each form', () => {
    const names = TEMPLATE_FILE_FORMS.map((form) => templateFile(form, template).name);
    expect(new Set(names).size).toBe(TEMPLATE_FILE_FORMS.length);
    expect(names.every((name) => /^Fleet[\w.-]*\.json$/.test(name))).toBe(true);
  });
});
