import { describe, expect, it } from 'vitest';
import { messageArguments } from '@/lib/i18n/message-arguments';
import { MESSAGES } from '@/lib/i18n/messages';
import { lintPolicy } from '@/lib/policy/lint/lint-policy';
import type { PolicyLintId } from '@/lib/policy/lint/policy-finding';
import { readTemplateDocument } from '@/lib/provisioning/document/template-document';
import scoped from '@/lib/provisioning/fixtures/jitp-scoped.json';
import { lintTemplate } from '@/lib/provisioning/lint/lint-template';
import type { TemplateLintId } from '@/lib/provisioning/lint/template-finding';

const SENTENCES = MESSAGES.en['template-lint'];
type Sentence = { cause: string; advice: string };
/** The types of the ids decide: an id without a sentence is a type error here, in every language by `Messages`. */
const ofPolicies: Record<PolicyLintId, Sentence> = SENTENCES.policy;
const ofTemplates: Record<Exclude<TemplateLintId, `policy/${PolicyLintId}`>, Sentence> = SENTENCES.template;

const PLACE = { accountId: '123456789012', region: 'us-east-2' };
const statement = (more: object) => ({ Effect: 'Allow', Action: 'iot:Connect', Resource: '*', ...more });
const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const arn = (rest: string) => `arn:aws:iot:us-east-2:123456789012:${rest}`;

const POLICIES = [
  '{',
  '{"Version":"2012-10-17"}',
  JSON.stringify({ Version: '1', Statement: [], Extra: 1 }),
  JSON.stringify({ Statement: [statement({ Resource: arn(`client/\${iot:ClientId}`) })] }),
  policy(statement({ Action: 'iot:*' })),
  policy(statement({ Action: 'iot:Conect', Effect: 'allow' })),
  policy(statement({ Action: 'iot:Conect' })),
  policy(statement({ Resource: arn('topic/a') }), statement({ Resource: arn('client/a') })),
  policy(statement({ Action: ['iot:Publish', 'iot:Subscribe'], Resource: arn('topic/a/#') })),
  policy(statement({ Action: 'iot:Publish', Resource: arn('topicfilter/a') })),
  policy(statement({ Action: 'iot:GetThingShadow', Resource: arn('topic/a') })),
  policy(statement({ Resource: arn(`client/\${iot:ClientID2}`) })),
  policy(statement({ Resource: 'arn:aws-cn:s3:eu-west-1:999999999999:client/a' })),
  policy(statement({ Resource: 'arn:aws:iot:us-east-2:<ACCOUNT>:client/a' })),
  policy(statement({ Resource: 'no-arn' }), statement({ Condition: { Odd: { a: 'b' } } })),
  policy(statement({}), statement({}), statement({ Effect: 'Deny' })),
  policy(
    statement({ Action: 'iot:Receive', Resource: arn('topic/a/*') }),
    statement({ Action: 'iot:Subscribe', Resource: arn('topicfilter/a/*') }),
    statement({ Effect: 'Deny', Action: 'iot:Subscribe', Resource: arn('topicfilter/a/b/*') }),
  ),
  policy(...Array.from({ length: 40 }, (_, index) => statement({ Resource: arn(`client/${index}`) }))),
];

const template = (change: (body: { Parameters: object; Resources: Record<string, object> }) => void) => {
  const body = JSON.parse(scoped.templateBody);
  change(body);
  return JSON.stringify(body);
};
const CERTIFICATE = 'AWS::IoT::Certificate';

const TEMPLATES = [
  '{',
  '{}',
  scoped.templateBody,
  template(({ Resources }) =>
    Object.assign(Resources, { thing: { Type: 'AWS::IoT::Thing', Properties: {} } }),
  ),
  template(({ Resources }) => Object.assign(Resources, { other: { Type: 'AWS::S3::Bucket' } })),
  template(({ Resources }) =>
    Object.assign(Resources, { policy: { Type: 'AWS::IoT::Policy', Properties: {} } }),
  ),
  template(({ Resources }) =>
    Object.assign(Resources, {
      thing: {
        Type: 'AWS::IoT::Thing',
        Properties: { ThingName: 'a b', AttributePayload: { 'x y': 'a b' } },
      },
    }),
  ),
  template(({ Resources }) =>
    Object.assign(Resources, {
      certificate: { Type: CERTIFICATE, Properties: { CertificateId: 'x', Status: 'ODD' } },
      thing: {
        Type: 'AWS::IoT::Thing',
        Properties: { ThingName: { Ref: 'Nowhere' }, ThingGroups: 'a', Odd: 1 },
        OverrideSettings: { ThingGroups: 'ODD' },
      },
    }),
  ),
  template(({ Parameters }) =>
    Object.assign(Parameters, { Odd: { Type: 'Number' }, [`${CERTIFICATE}::StateName`]: { Type: 'String' } }),
  ),
];

describe('the sentences of the lint', () => {
  const cases = [
    ...POLICIES.flatMap((text) =>
      lintPolicy(text, { place: PLACE }).map(({ id, params }) => ({ id, params, sentence: ofPolicies[id] })),
    ),
    ...TEMPLATES.flatMap((text) =>
      lintTemplate(readTemplateDocument(text), {
        place: PLACE,
        profile: { stateName: 'never', country: 'sometimes' },
      }).flatMap(({ id, params }) => {
        const own = Object.entries(ofTemplates).find(([known]) => known === id)?.[1];
        return own === undefined ? [] : [{ id, params, sentence: own }];
      }),
    ),
  ];

  it('are tried with most ids there are', () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBeGreaterThan(45);
  });

  it.each(cases)('have what they name: $id', ({ params, sentence }) => {
    const asked = [...messageArguments(sentence.cause), ...messageArguments(sentence.advice)];
    const given = Object.keys(params).map((name) => `${name}:string`);
    expect(given).toEqual(expect.arrayContaining(asked));
  });

  it('name the attack of every finding that has one', () => {
    const ids = [...Object.keys(ofPolicies), ...Object.keys(ofTemplates)];
    expect(ids).toEqual(expect.arrayContaining(Object.keys(SENTENCES.attack)));
  });
});
