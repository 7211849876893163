import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactJson, layOutJson } from '@/lib/policy/json-layout';
import { readJsonTree } from '@/lib/policy/json-tree';
import type { CertificateFacts } from '@/lib/provisioning/certificate-parameters';
import { rangesInConfigText } from '@/lib/provisioning/document/config-text';
import { readTemplateDocument } from '@/lib/provisioning/document/template-document';
import { anyTemplateText } from '@/lib/provisioning/document/testing/template-arbitrary';
import admin from '@/lib/provisioning/fixtures/jitp-admin.json';
import predefined from '@/lib/provisioning/fixtures/jitp-predefined-policy.json';
import scoped from '@/lib/provisioning/fixtures/jitp-scoped.json';
import { printRegistrationConfig } from '@/lib/provisioning/registration-config';
import { profileOf } from './certificate-profile';
import { lintTemplate, type TemplateLintContext } from './lint-template';
import { applyFix, type TemplateLint } from './template-finding';

const PLACE = { accountId: '123456789012', region: 'us-east-2' };
const CN = 'AWS::IoT::Certificate::CommonName';
const ID = 'AWS::IoT::Certificate::Id';

type Changes = {
  parameters?: object;
  thing?: object;
  certificate?: object;
  policy?: object;
  sections?: object;
  resources?: object;
};
const body = ({
  parameters = {},
  thing = {},
  certificate = {},
  policy,
  sections = {},
  resources = {},
}: Changes = {}) =>
  JSON.stringify({
    Parameters: { [CN]: { Type: 'String' }, [ID]: { Type: 'String' }, ...parameters },
    Resources: {
      thing: { Type: 'AWS::IoT::Thing', Properties: { ThingName: { Ref: CN }, ...thing } },
      certificate: {
        Type: 'AWS::IoT::Certificate',
        Properties: { CertificateId: { Ref: ID }, Status: 'ACTIVE', ...certificate },
      },
      policy: { Type: 'AWS::IoT::Policy', Properties: policy ?? { PolicyName: 'fleet' } },
      ...resources,
    },
    ...sections,
  });
const lint = (text: string, context: TemplateLintContext = { place: PLACE }) =>
  lintTemplate(readTemplateDocument(text), context);
const certificate = (commonName: string, organization?: string): CertificateFacts => ({
  certificateId: 'a'.repeat(64),
  serialNumberDecimal: '7',
  subject: { commonName, organization },
});

describe('lintTemplate', () => {
  it('has nothing to say of a sound template', () => {
    expect(lint(body())).toEqual([]);
  });

  it.each([
    ['admin', admin, []],
    ['predefined', predefined, []],
    ['scoped', scoped, ['placeholder-left', 'policy/account-malformed']],
  ])('says of the published %s config only its known weaknesses', (_, file, known) => {
    const errors = lint(file.templateBody).filter(({ severity }) => severity === 'error');
    expect(new Set(errors.map(({ id }) => id))).toEqual(new Set(known));
  });

  it('takes what a function names for used: neither warned of, nor removed', () => {
    const joined = (name: string) =>
      body({
        parameters: { [name]: { Type: 'String' } },
        thing: { ThingName: { 'Fn::Join': ['-', ['pump', { Ref: name }]] } },
      });
    expect(lint(joined(CN)).map(({ id }) => id)).not.toContain('parameter-unused');
    const fleets = lint(joined('SerialNumber')).find(({ id }) => id === 'parameter-not-available');
    const mended = fleets?.fix && applyFix(joined('SerialNumber'), fleets.fix);
    expect(mended).toMatchObject({
      ok: true,
      value: expect.stringContaining('{"Ref":"AWS::IoT::Certificate::SerialNumber"}'),
    });
  });

  it('names the admin config for what it is', () => {
    expect(lint(admin.templateBody).map(({ id }) => id)).toContain('policy/everything-allowed');
  });

  it.each<[string, string, TemplateLintContext]>([
    ['template-not-json', '{"Parameters":', {}],
    ['template-malformed', '{"Parameters":{}}', {}],
    ['template-too-long', layOutJson(body({ thing: { AttributePayload: { a: 'x'.repeat(10_200) } } })), {}],
    ['template-size-near-limit', body({ sections: { Note: 'x'.repeat(9000) } }), {}],
    [
      'unresolved-reference',
      body({ thing: { BillingGroup: { Ref: 'AWS::IoT::Certificate::Country' } } }),
      {},
    ],
    ['unresolved-reference', body({ thing: { BillingGroup: { Ref: 'AWS::AccountId' } } }), { place: PLACE }],
    ['unresolved-reference', body({ thing: { BillingGroup: { Ref: 'AWS::IoT::Certificate::State' } } }), {}],
    ['parameter-not-available', body({ parameters: { SerialNumber: { Type: 'String' } } }), {}],
    [
      'parameter-not-available',
      body({
        parameters: { SerialNumber: { Type: 'String' } },
        thing: { ThingName: { Ref: 'SerialNumber' } },
      }),
      {},
    ],
    ['function-not-supported', body({ thing: { ThingName: { 'Fn::Join': ['-', ['a', { Ref: CN }]] } } }), {}],
    ['function-not-supported', body({ thing: { ThingTypeName: { 'Fn::Join': ['-', ['a', 'b']] } } }), {}],
    ['function-not-supported', body({ thing: { ThingName: { 'Fn::Sub': `\${${CN}}` } } }), {}],
    ['fleet-only-section', body({ sections: { Mappings: {} } }), {}],
    ['fleet-only-section', body({ sections: { DeviceConfiguration: { a: 'b' } } }), {}],
    ['parameter-unused', body({ parameters: { 'AWS::IoT::Certificate::Country': { Type: 'String' } } }), {}],
    ['parameter-type-unknown', body({ parameters: { [CN]: { Type: 'Number' } } }), {}],
    ['property-unknown', body({ thing: { ThingTypename: 'a' } }), {}],
    ['policy-name-and-document-missing', body({ policy: {} }), {}],
    ['policy-name-and-document-both', body({ policy: { PolicyName: 'a', PolicyDocument: '{}' } }), {}],
    [
      'policy-document-is-object',
      body({ policy: { PolicyDocument: { Version: '2012-10-17', Statement: [] } } }),
      {},
    ],
    ['policy/statement-missing', body({ policy: { PolicyDocument: '{"Version":"2012-10-17"}' } }), {}],
    ['certificate-id-missing', body({ certificate: { CertificateId: 'a', CertificatePem: 'b' } }), {}],
    ['certificate-status-unknown', body({ certificate: { Status: 'ON' } }), {}],
    ['thing-name-invalid', body({ thing: { ThingName: 'a.b' } }), {}],
    ['thing-name-invalid', body(), { samples: [certificate('pump.example.com')] }],
    [
      'attribute-value-invalid',
      body({
        parameters: { 'AWS::IoT::Certificate::Organization': { Type: 'String' } },
        thing: { AttributePayload: { owner: { Ref: 'AWS::IoT::Certificate::Organization' } } },
      }),
      { samples: [certificate('pump', 'Example Corp')] },
    ],
    ['too-many-attributes', body({ thing: { AttributePayload: { a: '1', b: '2', c: '3', d: '4' } } }), {}],
    ['thing-name-constant', body({ thing: { ThingName: 'pump' } }), {}],
    [
      'thing-name-not-unique',
      body({
        parameters: { 'AWS::IoT::Certificate::Organization': { Type: 'String' } },
        thing: { ThingName: { Ref: 'AWS::IoT::Certificate::Organization' } },
      }),
      {},
    ],
    [
      'serial-number-two-meanings',
      body({
        parameters: { 'AWS::IoT::Certificate::SerialNumber': { Type: 'String' } },
        thing: { ThingName: { Ref: 'AWS::IoT::Certificate::SerialNumber' } },
      }),
      {},
    ],
    ['field-never-in-certificates', body(), { profile: { commonName: 'never' } }],
    [
      'field-not-in-every-certificate',
      body({
        parameters: { 'AWS::IoT::Certificate::Country': { Type: 'String' } },
        thing: { AttributePayload: { country: { Ref: 'AWS::IoT::Certificate::Country' } } },
      }),
      { profile: { country: 'sometimes' } },
    ],
    ['role-arn-malformed', body(), { roleArn: 'role' }],
    ['role-missing', body(), { roleFacts: { kind: 'missing' } }],
    ['role-other-account', body(), { roleFacts: { kind: 'other-account', accountId: '1' } }],
    [
      'role-not-assumable',
      body(),
      {
        roleFacts: {
          kind: 'seen',
          trust: { kind: 'not-trusted' },
          permissions: { kind: 'seen', actions: [], malformed: [] },
          permissionsBoundaryArn: undefined,
        },
      },
    ],
    [
      'role-action-missing',
      body(),
      {
        roleFacts: {
          kind: 'seen',
          trust: { kind: 'trusted' },
          permissions: {
            kind: 'seen',
            actions: [{ action: 'iot:CreateThing', verdict: 'implicit-deny' }],
            malformed: [],
          },
          permissionsBoundaryArn: undefined,
        },
      },
    ],
    [
      'too-many-policies',
      body({
        resources: Object.fromEntries(
          Array.from({ length: 11 }, (_, index) => [
            `p${index}`,
            { Type: 'AWS::IoT::Policy', Properties: { PolicyName: `p${index}` } },
          ]),
        ),
      }),
      {},
    ],
    [
      'connect-not-allowed',
      body({
        policy: { PolicyDocument: publishOnly('a') },
        resources: { second: { Type: 'AWS::IoT::Policy', Properties: { PolicyDocument: publishOnly('b') } } },
      }),
      {},
    ],
  ])('%s, and its fix removes it: %s', (id, text, context) => {
    const found = lint(text, context).filter((finding) => finding.id === id);
    expect(found).not.toEqual([]);
    for (const { fix, path, range } of found) {
      if (range !== undefined) expect(range.end).toBeLessThanOrEqual(text.length);
      if (fix === undefined) continue;
      const fixed = applyFix(text, fix);
      if (!fixed.ok) expect.fail(JSON.stringify(fixed.failure));
      expect(readJsonTree(fixed.value).ok).toBe(true);
      const left = lint(fixed.value, context).filter((finding) => finding.id === id);
      expect(left.map((finding) => finding.path)).not.toContainEqual(path);
    }
  });

  it('fixes what has one way to be fixed', () => {
    const fixable = (text: string, id: string) =>
      lint(text).find((finding) => finding.id === id)?.fix !== undefined;
    expect(
      fixable(
        body({ thing: { BillingGroup: { Ref: 'AWS::IoT::Certificate::Country' } } }),
        'unresolved-reference',
      ),
    ).toBe(true);
    expect(
      fixable(body({ thing: { ThingName: { 'Fn::Sub': `\${${CN}}` } } }), 'function-not-supported'),
    ).toBe(true);
    expect(fixable(body({ thing: { ThingName: 'pump' } }), 'thing-name-constant')).toBe(true);
    expect(fixable(body({ policy: {} }), 'policy-name-and-document-missing')).toBe(false);
  });

  it('points at the same value in the template and in the escaped config', () => {
    const text = layOutJson(admin.templateBody);
    const config = printRegistrationConfig({ kind: 'inline', templateBody: text, roleArn: 'r' });
    const finding = lint(text).find(({ id }) => id === 'policy/everything-allowed');
    if (finding?.range === undefined) expect.fail('not found');
    const inTemplate = text.slice(finding.range.start, finding.range.end);
    expect(inTemplate).toBe(String.raw`{\"Effect\":\"Allow\",\"Action\":\"iot:*\",\"Resource\":\"*\"}`);
    const range = rangesInConfigText(config)(finding.range);
    expect(config.slice(range?.start, range?.end)).toBe(JSON.stringify(inTemplate).slice(1, -1));
  });

  it('learns from certificates which fields they carry', () => {
    expect(profileOf([certificate('a', 'x'), certificate('b')])).toMatchObject({
      commonName: 'always',
      organization: 'sometimes',
      country: 'never',
    });
  });

  it('never throws, stays in the text, and offers only fixes that can be made and leave JSON', () => {
    const context = { place: PLACE, samples: [certificate('a b')], profile: { country: 'never' as const } };
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), anyTemplateText), (text) => {
        for (const { id, range, params, fix } of lint(text, context)) {
          expect(range === undefined || (range.start <= range.end && range.end <= text.length)).toBe(true);
          const fixed = fix && applyFix(text, fix);
          if (fixed === undefined) continue;
          if (!fixed.ok) expect.fail(`${id}: ${fixed.failure.code} in ${text}`);
          expect(readJsonTree(fixed.value).ok, id).toBe(true);
          const same = (all: TemplateLint[]) =>
            all.filter((other) => other.id === id && other.params['sample'] === params['sample']).length;
          expect(same(lint(fixed.value, context)), `${id}: ${text} -> ${fixed.value}`).toBeLessThan(
            same(lint(text, context)),
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  it('says the same whatever the layout', () => {
    fc.assert(
      fc.property(anyTemplateText, (text) => {
        const plain = (layout: string) =>
          lint(layout)
            .filter(({ id }) => !id.startsWith('template-'))
            .map(({ id, path }) => `${id} ${JSON.stringify(path)}`);
        expect(plain(layOutJson(text))).toEqual(plain(compactJson(text)));
      }),
    );
  });
});

function publishOnly(topic: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'iot:Publish',
        Resource: `arn:aws:iot:us-east-2:123456789012:topic/${topic}`,
      },
    ],
  });
}
