import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOnAttach } from './check-on-attach';
import { evaluate } from './evaluate';
import admin from './fixtures/jitp-admin.json';
import predefined from './fixtures/jitp-predefined-policy.json';
import scoped from './fixtures/jitp-scoped.json';
import { actionsForPlan, actionsForTemplate, THINGS_REGISTRATION_ACTIONS } from './provisioning-role';
import { UNKNOWN_REGISTRY } from './registry-facts';
import { requiredParameters } from './required-parameters';
import { STARTER_KINDS, starterConfig } from './starters';
import { parseTemplate } from './template';

const ROLE = 'arn:aws:iam::123456789012:role/service/JITPRole';
const FIXTURES = [admin, predefined, scoped];

function withPolicy(properties: object): string {
  const value = JSON.parse(predefined.templateBody);
  value.Resources.policy.Properties = properties;
  return JSON.stringify(value);
}

describe('checkOnAttach', () => {
  it.each(FIXTURES)(
    "takes AWS's own template, and points at the account id left to fill in",
    ({ templateBody }) => {
      expect(checkOnAttach(templateBody, ROLE)).toMatchObject({
        refusal: undefined,
        failsForEveryDevice: [],
      });
      const { findings } = checkOnAttach(scoped.templateBody, ROLE);
      expect(findings).toContainEqual({
        code: 'placeholder-left',
        path: '$.templateBody',
        params: { placeholder: '<ACCOUNT_ID>' },
      });
    },
  );

  it("answers in AWS's words when a policy has neither name nor document", () => {
    expect(checkOnAttach(withPolicy({}), ROLE).refusal).toMatchObject({
      awsName: 'InvalidRequestException',
      message:
        'Invalid registration template. Neither policyName nor policyDocument is present in the Template.',
      authority: 'measured',
    });
  });

  it.each(
    byReason<[string, string, string]>([
      ['{"Resources":{}}', 'Parameters is not present in the Template.', 'a section is missing'],
      ['{"Parameters":[],"Resources":{}}', '$.Parameters is not a JSON object.', 'a list'],
      [
        '{"Parameters":{},"Resources":{"a":{}}}',
        '$.Resources.a.Type is not present in the Template.',
        'no type',
      ],
      ['{"Parameters":{},"Resources":{"a":{"Type":1}}}', '$.Resources.a.Type is not a string.', 'a number'],
    ]),
  )('says what is malformed: $reason', ({ row: [templateBody, sentence] }) => {
    const { refusal } = checkOnAttach(templateBody, ROLE);
    expect(refusal?.message).toBe(`Invalid registration template. ${sentence}`);
  });

  it.each(
    byReason<[string, string, string]>([
      ['', 'template-not-json', 'an empty body, as an unset shell variable gives'],
      ['{', 'template-not-json', 'cut off'],
      ['{}', 'template-malformed', 'no sections'],
      ['x'.repeat(10_241), 'template-too-long', 'over 10240 characters'],
      [
        scoped.templateBody.replaceAll('Certificate::Country', 'Certificate::Locality'),
        'parameter-not-available',
        'no such parameter',
      ],
      [
        scoped.templateBody.replace('AWS::IoT::Thing', 'AWS::IoT::Topic'),
        'resource-type-unknown',
        'no such type',
      ],
      [
        scoped.templateBody.replace('CertificateId', 'CertificatePem'),
        'certificate-id-missing',
        'JITP knows only the id',
      ],
      [scoped.templateBody.replace('"ThingName"', '"Thing"'), 'property-missing', 'a thing without name'],
    ]),
  )('refuses as $row.1: $reason', ({ row: [body, code] }) => {
    expect(checkOnAttach(body, ROLE).refusals.map((refusal) => refusal.code)).toContain(code);
  });

  it.each<[string, string | undefined, string]>([
    ['arn:aws:iam::<ACCOUNT_ID>:role/JITPRole', 'role-arn-malformed', 'the placeholder'],
    ['JITPRole', 'role-arn-malformed', 'a name'],
    ['arn:aws:iam::123456789012:user/JITPRole', 'role-arn-malformed', 'a user'],
    [ROLE, undefined, 'a role with a path'],
    ['arn:aws-cn:iam::123456789012:role/JITPRole', undefined, 'another partition'],
  ])('judges the role %s: %s (%s)', (roleArn, code) => {
    expect(checkOnAttach(predefined.templateBody, roleArn).refusal?.code).toBe(code);
  });

  it.each(
    byReason<[string, string, string]>([
      [
        withPolicy({ PolicyDocument: '{"Statement":' }),
        'policy-document-malformed',
        'AWS reads it only later',
      ],
      [
        scoped.templateBody.replace('"v1"', '{"Ref":"AWS::Region"}'),
        'unresolved-reference',
        'no pseudo parameters',
      ],
      [scoped.templateBody.replace('"v1"', '{"Fn::Sub":"x"}'), 'function-not-supported', 'no functions'],
    ]),
  )('foresees that every device will fail with $row.1: $reason', ({ row: [body, code] }) => {
    const check = checkOnAttach(body, ROLE);
    expect(check.refusal).toBeUndefined();
    expect(check.failsForEveryDevice.map((failure) => failure.code)).toEqual([code]);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.string(), (body, role) => {
        expect(checkOnAttach(body, role)).toBeDefined();
      }),
    );
  });
});

describe('requiredParameters', () => {
  it('tells the issue form which subject fields a template needs, and why', () => {
    const value = JSON.parse(scoped.templateBody);
    value.Parameters['AWS::IoT::Certificate::Organization'] = { Type: 'String', Default: 'Example' };
    value.Parameters['AWS::IoT::Certificate::StateName'] = { Type: 'String' };
    const parsed = parseTemplate(JSON.stringify(value));
    if (!parsed.ok) expect.fail(JSON.stringify(parsed.failure));
    const needs = requiredParameters(parsed.value).map(({ source, need }) => [
      source.kind === 'subject' ? source.field : source.kind,
      need,
    ]);
    expect(needs).toEqual([
      ['commonName', 'referenced'],
      ['country', 'referenced'],
      ['certificate-id', 'referenced'],
      ['organization', 'optional'],
      ['stateName', 'declared'],
    ]);
  });
});

describe('the provisioning role', () => {
  const values = { accountId: '123456789012', region: 'cn-north-1', roleArn: ROLE, policyName: 'Fleet"$&' };

  it.each(STARTER_KINDS)(
    'AWSIoTThingsRegistration suffices for the %s starter, and the table covers every plan',
    (kind) => {
      const parsed = parseTemplate(starterConfig(kind, { ...values, policyName: 'Fleet' }).templateBody);
      if (!parsed.ok) expect.fail(JSON.stringify(parsed.failure));
      const facts = {
        certificateId: 'a',
        serialNumberDecimal: '1',
        subject: { commonName: 'x', country: 'DE' },
      };
      const evaluation = evaluate({ template: parsed.value, certificate: facts, registry: UNKNOWN_REGISTRY });
      if (evaluation.kind === 'failure') expect.fail(JSON.stringify(evaluation.failures));
      expect(actionsForTemplate(parsed.value)).toEqual(
        expect.arrayContaining(actionsForPlan(evaluation.plan)),
      );
      expect(THINGS_REGISTRATION_ACTIONS).toEqual(expect.arrayContaining(actionsForTemplate(parsed.value)));
    },
  );

  it('fills account, partition, Region and a policy name with awkward characters as data', () => {
    expect(starterConfig('scoped', values).templateBody).toContain(
      'arn:aws-cn:iot:cn-north-1:123456789012:client',
    );
    const body = JSON.parse(starterConfig('predefined-policy', values).templateBody);
    expect(body.Resources.policy.Properties.PolicyName).toBe('Fleet"$&');
    expect(() => starterConfig('scoped', { ...values, accountId: '1' })).toThrow(RangeError);
  });
});

/** Rows named by their last column, since the first is too long to print. */
function byReason<Row extends readonly [...unknown[], string]>(rows: readonly Row[]) {
  return rows.map((row) => ({ row, reason: row.at(-1) }));
}
