import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import admin from '@/lib/provisioning/fixtures/jitp-admin.json';
import scoped from '@/lib/provisioning/fixtures/jitp-scoped.json';
import { printAwsCommand } from '@/lib/registry/aws-command';
import { printCloudFormation } from './cloudformation';
import { parseHcl } from './hcl';
import { readAnything } from './read-anything';
import { shellWords } from './shell-words';
import { attachCommand, createTemplateCommand, createVersionCommand } from './template-commands';
import { printTerraform } from './terraform';
import { anyTemplateText } from './testing/template-arbitrary';

const BODY = scoped.templateBody;
const ROLE = 'arn:aws:iam::123456789012:role/JITPRole';
const TARGET = { region: 'us-east-1', endpoints: { iot: undefined, iam: undefined } };
const NAMED = {
  templateName: 'pumps',
  description: `for "pumps" at \${site}`,
  templateBody: BODY,
  roleArn: ROLE,
};

describe('readAnything', () => {
  it('reads back what the console writes, character for character', () => {
    fc.assert(
      fc.property(
        anyTemplateText,
        fc.constantFrom('it’s', `a \${b} %{c} $\${d}`, undefined),
        (text, description) => {
          const named = { ...NAMED, templateBody: text, description };
          const expected = { templateBody: text, roleArn: ROLE };
          for (const written of [
            printCloudFormation(named),
            printTerraform(named),
            printAwsCommand(createTemplateCommand(named), TARGET),
          ]) {
            expect(readAnything(written)).toMatchObject({
              ok: true,
              value: { ...expected, templateName: 'pumps', description, notes: [] },
            });
          }
          const attach = printAwsCommand(attachCommand('a'.repeat(64), text, ROLE), TARGET);
          expect(readAnything(attach)).toMatchObject({ ok: true, value: expected });
          const version = printAwsCommand(createVersionCommand('pumps', text, { isDefault: true }), TARGET);
          expect(readAnything(version)).toMatchObject({ ok: true, value: { templateBody: text } });
        },
      ),
    );
  });

  const event = (name: string, requestParameters: object) => ({ eventName: name, requestParameters });
  it.each<[string, string, object]>([
    ['the file', JSON.stringify(scoped), { form: 'registration-config', roleArn: scoped.roleArn }],
    ['the template', BODY, { form: 'template-body' }],
    ['the escaped string', JSON.stringify(BODY).slice(1, -1), { form: 'escaped-template-body' }],
    [
      'the escaped string with escaped slashes',
      JSON.stringify(BODY).replaceAll('/', '\\/'),
      { form: 'escaped-template-body' },
    ],
    [
      'a command copied with its prompt, over several lines',
      `$ aws iot register-ca-certificate \\\n  --ca-certificate file://ca.pem \\\n  --registration-config '${JSON.stringify({ templateBody: BODY, roleArn: ROLE })}'`,
      { form: 'aws-cli', roleArn: ROLE },
    ],
    [
      'a command with a profile before its service',
      `aws --profile lab iot create-provisioning-template --template-name=pumps --template-body '${BODY}' --provisioning-role-arn ${ROLE}`,
      { form: 'aws-cli', roleArn: ROLE, templateName: 'pumps' },
    ],
    [
      'an event',
      JSON.stringify(
        event('UpdateCACertificate', { registrationConfig: { templateBody: BODY, roleArn: ROLE } }),
      ),
      { form: 'cloudtrail', roleArn: ROLE },
    ],
    [
      'lookup-events',
      JSON.stringify({
        Events: [
          {
            CloudTrailEvent: JSON.stringify(
              event('CreateProvisioningTemplate', {
                templateName: 'pumps',
                templateBody: BODY,
                provisioningRoleArn: ROLE,
              }),
            ),
          },
        ],
      }),
      { form: 'cloudtrail', templateName: 'pumps', roleArn: ROLE },
    ],
    [
      'a log file with two calls',
      JSON.stringify({
        Records: [
          event('ListThings', {}),
          event('CreateProvisioningTemplateVersion', { templateBody: BODY }),
          event('CreateProvisioningTemplateVersion', { templateBody: admin.templateBody }),
        ],
      }),
      { form: 'cloudtrail', notes: ['others-left-out'] },
    ],
    [
      'describe-ca-certificate',
      JSON.stringify({
        certificateDescription: {},
        registrationConfig: { templateBody: BODY, roleArn: ROLE },
      }),
      { form: 'describe-ca-certificate', roleArn: ROLE },
    ],
    [
      'describe-provisioning-template',
      JSON.stringify({ templateArn: 'a', templateName: 't', templateBody: BODY, provisioningRoleArn: ROLE }),
      { form: 'describe-provisioning-template', templateName: 't', roleArn: ROLE },
    ],
    [
      'a stack whose CA takes its role from another resource',
      JSON.stringify({
        Resources: {
          ca: {
            Type: 'AWS::IoT::CACertificate',
            Properties: {
              RegistrationConfig: { TemplateBody: BODY, RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } },
            },
          },
        },
      }),
      { form: 'cloudformation', roleArn: undefined, notes: ['role-is-a-reference'] },
    ],
    [
      'a Terraform CA with a heredoc and a role by reference',
      `# ours\nresource "aws_iot_ca_certificate" "ca" {\n  active = true\n  registration_config {\n    role_arn = aws_iam_role.jitp.arn\n    template_body = <<EOF\n${BODY.replace(/\$(?=\{)/g, '$$$$')}\nEOF\n  }\n}`,
      { form: 'terraform', roleArn: undefined, templateBody: `${BODY}\n`, notes: ['role-is-a-reference'] },
    ],
  ])('takes %s', (_, text, expected) => {
    expect(readAnything(text)).toMatchObject({ ok: true, value: { templateBody: BODY, ...expected } });
  });

  it('takes jsonencode with literal values as the text it makes', () => {
    const text = `resource "aws_iot_provisioning_template" "t" {
      name = "t"
      template_body = jsonencode({ Parameters = {}, Resources : {
        thing = { Type = "AWS::IoT::Thing", Properties = { ThingName = "a", n = [1, true, null] } } // here
      } })
    }`;
    const pasted = readAnything(text);
    expect(pasted.ok && JSON.parse(pasted.value.templateBody ?? '')).toEqual({
      Parameters: {},
      Resources: { thing: { Type: 'AWS::IoT::Thing', Properties: { ThingName: 'a', n: [1, true, null] } } },
    });
  });

  it.each<[string, string, object]>([
    [
      'aws iot register-ca-certificate --registration-config file://config.json',
      'file-reference',
      { found: 'config.json' },
    ],
    [
      'aws iot create-provisioning-template --template-body "$(cat t.json)"',
      'shell-expansion',
      { found: '$(cat t.json)' },
    ],
    [
      `aws iot create-provisioning-template --template-body "{ \${iot:ClientId} }"`,
      'shell-expansion',
      { found: `\${iot:ClientId}` },
    ],
    ["aws iot create-provisioning-template --template-body '{", 'unclosed-quote', { found: "'" }],
    ['aws iot list-things', 'command-without-template', { command: 'iot list-things' }],
    [
      'aws iot register-ca-certificate --registration-config templateBody=x,roleArn=y',
      'cli-shorthand-body',
      {},
    ],
    ["aws iot register-ca-certificate --registration-config '{'", 'not-json', {}],
    ['{"eventName":"ListThings","requestParameters":{}}', 'no-template-in-event', {}],
    [
      '{"Resources":{"t":{"Type":"AWS::IoT::ProvisioningTemplate","Properties":{"TemplateBody":{"Fn::Sub":"x"}}}}}',
      'computed-template',
      { found: 'Fn::Sub' },
    ],
    ['Resources:\n  T:\n    Type: AWS::IoT::ProvisioningTemplate\n', 'yaml-not-read', {}],
    ['-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n', 'pem', {}],
    ['a key:\n-----BEGIN EC PRIVATE KEY-----\nAA==\n-----END EC PRIVATE KEY-----\n', 'private-key', {}],
    [
      'resource "aws_iot_provisioning_template" "t" {\n template_body = file("t.json")\n}',
      'computed-template',
      { found: 'file("t.json")' },
    ],
    [
      `resource "aws_iot_provisioning_template" "t" {\n template_body = "\${local.body}"\n}`,
      'computed-template',
      { found: `"\${local.body}"` },
    ],
    ['resource "aws_iot_thing" "t" {\n name = "a"\n}', 'no-template-resource', {}],
    ['resource "aws_iot_thing" "t" {\n name', 'not-terraform', {}],
    ['hello', 'not-json', {}],
    ['', 'empty', {}],
  ])('refuses %s as %s', (text, code, params) => {
    expect(readAnything(text)).toMatchObject({ ok: false, failure: { code, params } });
  });

  it('never throws, and never invents a template', () => {
    const piece = fc.constantFrom(
      'aws iot ',
      '--template-body ',
      "'",
      '"',
      '\\',
      '$(',
      '{',
      '}',
      '[',
      'resource "a" "b" ',
      '<<EOF\n',
      'EOF',
      '\n',
      '=',
      '{"Resources":',
      '{}',
    );
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.array(fc.oneof(piece, fc.string())).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (pasted) => {
        const read = readAnything(pasted);
        if (read.ok && read.value.templateBody !== undefined) expect(pasted.length).toBeGreaterThan(1);
        expect(shellWords(pasted)).toHaveProperty('ok');
        expect([undefined, true]).toContain(parseHcl(pasted)?.every(({ type }) => type.length > 0));
      }),
      { numRuns: 1000 },
    );
  });
});
