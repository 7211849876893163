import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POLICY_CHARACTERS_MAX, parsePolicy } from './policy-document';

const statement = (members: object) => JSON.stringify({ Version: '2012-10-17', Statement: [members] });
const ALLOW = { Effect: 'Allow', Action: 'iot:*', Resource: '*' };

describe('parsePolicy', () => {
  it.each([
    [statement(ALLOW), 'a single string for Action and Resource'],
    [statement({ ...ALLOW, Action: '*' }), 'Action "*"'],
    [statement({ ...ALLOW, Action: ['iot:Connect', 'iot:Publish'] }), 'a list of actions'],
    [statement({ Effect: 'Deny', Action: 'iot:*', NotResource: ['*'] }), 'NotResource instead of Resource'],
    [statement({ ...ALLOW, Sid: 'One' }), 'a statement id'],
    [statement({ ...ALLOW, Condition: { Bool: { k: true } } }), 'a bare boolean in a condition'],
    [JSON.stringify({ Version: '2012-10-17', Statement: ALLOW }), 'one statement without brackets'],
  ])('reads %s (%s)', (document) => {
    expect(parsePolicy(document)).toMatchObject({ ok: true, value: { findings: [] } });
  });

  it.each([
    ['{', 'not-json', '$', 'broken JSON'],
    ['[]', 'not-an-object', '$', 'a list'],
    ['{"Version":"2012-10-17"}', 'statement-missing', '$.Statement', 'nothing said'],
    ['{"Version":"2012-10-17","Statement":[]}', 'statement-missing', '$.Statement', 'an empty list'],
    ['{"Version":"2024-01-01","Statement":[]}', 'version-unknown', '$.Version', 'no such version'],
    [statement({ Action: 'iot:*', Resource: '*' }), 'effect-missing', '$.Statement[0].Effect', 'no effect'],
    [statement({ ...ALLOW, Effect: 'allow' }), 'effect-unknown', '$.Statement[0].Effect', 'wrong case'],
    [statement({ Effect: 'Allow', Resource: '*' }), 'action-missing', '$.Statement[0]', 'no action'],
    [statement({ Effect: 'Allow', Action: '*' }), 'resource-missing', '$.Statement[0]', 'no resource'],
    [
      statement({ ...ALLOW, Principal: '*' }),
      'principal-not-allowed',
      '$.Statement[0]',
      'IoT policies name nobody',
    ],
    [
      statement({ ...ALLOW, Actions: 'x' }),
      'unknown-element',
      '$.Statement[0].Actions',
      'a misspelt element',
    ],
    [statement({ ...ALLOW, Resource: [1] }), 'not-a-string', '$.Statement[0].Resource[0]', 'a number'],
    [statement({ ...ALLOW, Resource: [] }), 'empty-list', '$.Statement[0].Resource', 'an empty list'],
    [
      statement({ ...ALLOW, NotResource: '*' }),
      'both-element-and-its-negation',
      '$.Statement[0].NotResource',
      'both',
    ],
    [
      statement({ ...ALLOW, Condition: { Bool: 'x' } }),
      'condition-malformed',
      '$.Statement[0].Condition.Bool',
      'no key',
    ],
  ])('refuses %s as %s at %s (%s)', (document, code, path) => {
    const parsed = parsePolicy(document);
    expect(parsed.ok ? [] : parsed.failure).toContainEqual(expect.objectContaining({ code, path }));
  });

  it('counts 2048 characters without white space, and not one more (AWS IoT quotas)', () => {
    const empty = statement({ ...ALLOW, Sid: '' }).length;
    const atLimit = statement({ ...ALLOW, Sid: 'x'.repeat(POLICY_CHARACTERS_MAX - empty) });
    const spread = JSON.stringify(JSON.parse(atLimit), null, 8);
    expect(atLimit.length).toBe(POLICY_CHARACTERS_MAX);
    expect(parsePolicy(spread).ok).toBe(true);
    expect(parsePolicy(atLimit.replace('xx', 'xxx'))).toMatchObject({ failure: [{ code: 'too-large' }] });
  });

  it('finds what is legal but odd: no version, an unknown operator, a resource that is no ARN', () => {
    const parsed = parsePolicy({
      Statement: [{ ...ALLOW, Resource: 'topic/x', Condition: { StringRhymes: { k: 'v' } } }],
    });
    expect(parsed.ok && parsed.value.findings.map(({ code }) => code)).toEqual([
      'version-without-variables',
      'unknown-condition-operator',
      'resource-is-no-arn',
    ]);
  });

  it('never throws, whatever the text or value', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.json()),
        fc.constantFrom('iot', 'identity', 'trust'),
        (text, dialect) => {
          expect(parsePolicy(text, dialect)).toHaveProperty('ok');
        },
      ),
    );
    const element = fc.oneof(fc.jsonValue(), fc.constantFrom('Allow', 'Deny', '*', 'iot:*'));
    const shaped = fc.record(
      {
        Effect: element,
        Action: element,
        Resource: element,
        Principal: element,
        Condition: fc.oneof(element, fc.dictionary(fc.string(), fc.dictionary(fc.string(), element))),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(shaped, (members) => {
        expect(parsePolicy(statement(members))).toHaveProperty('ok');
      }),
    );
  });
});
