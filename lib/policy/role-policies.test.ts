import { describe, expect, it } from 'vitest';
import { judgeAction, readIdentityPolicies } from './identity-policy';
import { connectionContext } from './policy-context';
import { judgeAccountTrust, judgeServiceAct, judgeTrust } from './trust-policy';

const SERVICE = 'iot.amazonaws.com';
const context = connectionContext({ extra: { 'aws:SourceAccount': '123456789012' } });

describe('judgeTrust', () => {
  const trust = (members: object) => ({
    Effect: 'Allow',
    Principal: { Service: SERVICE },
    Action: 'sts:AssumeRole',
    ...members,
  });

  it.each([
    [[trust({})], 'trusted', "AWS's own trust policy"],
    [
      [trust({ Principal: { Service: ['lambda.amazonaws.com', SERVICE] } })],
      'trusted',
      'one of several services',
    ],
    [[trust({ Action: ['sts:*'] })], 'trusted', 'a wildcard action'],
    [[trust({ Principal: '*' })], 'trusted', 'everybody'],
    [[trust({ Principal: { AWS: '*' } })], 'trusted', 'everybody, written long'],
    [[trust({ Principal: { Service: 'lambda.amazonaws.com' } })], 'not-trusted', 'another service'],
    [[trust({ Principal: { AWS: SERVICE } })], 'not-trusted', 'the service in the wrong place'],
    [[trust({ Action: 'sts:TagSession' })], 'not-trusted', 'another action'],
    [[trust({}), trust({ Effect: 'Deny' })], 'denied', 'an explicit Deny wins'],
    [
      [trust({ Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } } })],
      'trusted',
      'condition met',
    ],
    [
      [trust({ Condition: { StringEquals: { 'aws:SourceAccount': '999999999999' } } })],
      'conditional',
      'not met',
    ],
    [
      [trust({ Principal: undefined, NotPrincipal: { Service: SERVICE } })],
      'not-trusted',
      'everybody but it',
    ],
    [
      [trust({}), { ...trust({ Effect: 'Deny', Principal: undefined }), NotPrincipal: { Service: SERVICE } }],
      'trusted',
      'a Deny for all others',
    ],
    [[trust({ Principal: undefined })], 'malformed', 'nobody named'],
  ])('%j: %s (%s)', (Statement, expected) => {
    const document = JSON.stringify({ Version: '2012-10-17', Statement });
    expect(judgeTrust(document, SERVICE, context).kind).toBe(expected);
  });
});

describe('judgeAccountTrust', () => {
  it.each<[principal: string | object, expected: string, why: string]>([
    [{ AWS: '123456789012' }, 'trusted', 'the account by its number'],
    [{ AWS: 'arn:aws:iam::123456789012:root' }, 'trusted', 'the account by its ARN'],
    [{ AWS: ['arn:aws:iam::123456789012:role/ci'] }, 'trusted', 'somebody in the account'],
    [{ AWS: 'arn:aws:sts::123456789012:assumed-role/a/b' }, 'trusted', 'a session in the account'],
    ['*', 'trusted', 'everybody'],
    [{ AWS: '999999999999' }, 'not-trusted', 'another account'],
    [{ AWS: 'arn:aws:iam::1234567890123:root' }, 'not-trusted', 'a number that begins alike'],
    [{ Service: '123456789012' }, 'not-trusted', 'the account in the wrong place'],
  ])('%j: %s (%s)', (Principal, expected) => {
    const Statement = { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' };
    const document = JSON.stringify({ Version: '2012-10-17', Statement });
    expect(judgeAccountTrust(document, '123456789012', context).kind).toBe(expected);
  });
});

describe('judgeAction', () => {
  const statement = (members: object) => ({
    Effect: 'Allow',
    Action: 'iot:CreateThing',
    Resource: '*',
    ...members,
  });

  it.each([
    [[statement({})], 'allowed', 'named'],
    [[statement({ Action: 'iot:Create*' })], 'allowed', 'by wildcard'],
    [[statement({ Action: undefined, NotAction: 'iam:*' })], 'allowed', 'by not being excluded'],
    [[statement({ Action: 'iot:AttachPolicy' })], 'implicit-deny', 'not mentioned'],
    [[statement({ Resource: 'arn:aws:iot:*:*:thing/pump-*' })], 'partly', 'for some things only'],
    [
      [statement({}), statement({ Effect: 'Deny', Action: 'iot:*' })],
      'explicit-deny',
      'an explicit Deny wins',
    ],
  ])('%j: %s (%s)', (Statement, expected) => {
    const { policies, malformed } = readIdentityPolicies([
      { name: 'inline', document: JSON.stringify({ Version: '2012-10-17', Statement }) },
    ]);
    expect(malformed).toEqual([]);
    expect(judgeAction(policies, { action: 'iot:CreateThing', resource: '*', context })).toBe(expected);
  });

  it('reads policies longer than an IoT policy may be', () => {
    const Resource = Array.from(
      { length: 100 },
      (_, index) => `arn:aws:iot:eu-central-1:123456789012:thing/${index}`,
    );
    const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement({ Resource })] });
    expect(readIdentityPolicies([{ name: 'long', document }]).malformed).toEqual([]);
  });
});

describe('judgeServiceAct', () => {
  const ruleArn = 'arn:aws:iot:eu-central-1:123456789012:rule/Activate';
  const act = { service: SERVICE, action: 'lambda:InvokeFunction' };
  const ofRule = connectionContext({
    extra: { 'aws:SourceArn': ruleArn, 'aws:SourceAccount': '123456789012' },
  });
  /** As Lambda's GetPolicy answers after AddPermission. */
  const policy = (members: object) =>
    JSON.stringify({
      Version: '2012-10-17',
      Id: 'default',
      Statement: [
        {
          Sid: 'iot',
          Effect: 'Allow',
          Principal: { Service: SERVICE },
          Action: 'lambda:InvokeFunction',
          Resource: 'arn:aws:lambda:eu-central-1:123456789012:function:Activate',
          ...members,
        },
      ],
    });

  it.each<[members: object, kind: string, reason: string]>([
    [{}, 'trusted', 'whichever rule it is'],
    [{ Condition: { ArnLike: { 'AWS:SourceArn': ruleArn } } }, 'trusted', 'this very rule'],
    [{ Condition: { ArnLike: { 'AWS:SourceArn': `${ruleArn}2` } } }, 'conditional', 'another rule'],
    [{ Principal: { Service: 's3.amazonaws.com' } }, 'not-trusted', 'another service'],
    [{ Action: 'lambda:GetFunction' }, 'not-trusted', 'another act'],
  ])('%j is %s: %s', (members, kind) => {
    expect(judgeServiceAct(policy(members), act, ofRule).kind).toBe(kind);
  });
});
