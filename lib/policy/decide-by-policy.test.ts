import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, readPolicies } from './decide';
import { decideByPolicy } from './decide-by-policy';
import { type ConnectionFacts, connectionContext } from './policy-context';

const TOPIC = 'arn:aws:iot:eu-central-1:123456789012:topic/';

type Statements = Readonly<Record<string, readonly object[]>>;

/** Decides a publish to topic `a` by policies that are given by their names. */
function decidePublish(statements: Statements, facts: ConnectionFacts = {}) {
  const documents = Object.entries(statements).map(([name, Statement]) => ({
    name,
    document: JSON.stringify({ Version: '2012-10-17', Statement }),
  }));
  const { policies } = readPolicies(documents);
  const request = { action: 'iot:Publish', resource: `${TOPIC}a`, context: connectionContext(facts) };
  return { byPolicy: decideByPolicy(policies, request), decided: decide(policies, request) };
}

const allow = (Resource = '*', more: object = {}) => ({
  Effect: 'Allow',
  Action: 'iot:Publish',
  Resource,
  ...more,
});
const deny = (Resource = '*', more: object = {}) => ({ ...allow(Resource, more), Effect: 'Deny' });

describe('decideByPolicy', () => {
  it('tells who allows, who denies and who says nothing', () => {
    const { byPolicy } = decidePublish({
      open: [allow()],
      other: [allow(`${TOPIC}b`)],
      closed: [allow(), deny(`${TOPIC}a`)],
    });
    expect(byPolicy).toEqual({
      decision: 'explicit-deny',
      allowing: ['open'],
      denying: ['closed'],
      silent: ['other'],
      applying: [
        { policyName: 'open', statementIndex: 0, sid: undefined },
        { policyName: 'closed', statementIndex: 0, sid: undefined },
        { policyName: 'closed', statementIndex: 1, sid: undefined },
      ],
      missingContextValues: [],
    });
  });

  it('reads on after a Deny for what is missing', () => {
    const variable = `${TOPIC}\${iot:Connection.Thing.ThingName}`;
    const source = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
    const { byPolicy } = decidePublish({
      first: [deny()],
      second: [allow(variable), allow('*', { Condition: source })],
    });
    expect(byPolicy.missingContextValues).toEqual(['iot:Connection.Thing.ThingName', 'aws:SourceIp']);
  });

  it('does not miss a key that is only asked whether it is there', () => {
    const Condition = { Null: { 'aws:SourceIp': 'true' } };
    const { byPolicy } = decidePublish({ absent: [allow('*', { Condition })] });
    expect(byPolicy).toMatchObject({ decision: 'allowed', missingContextValues: [] });
  });

  it('decides as decide does', () => {
    const resource = fc.constantFrom('*', `${TOPIC}a`, `${TOPIC}b`, `${TOPIC}\${iot:ClientId}`);
    const statement = fc.oneof(
      resource.map((one) => allow(one)),
      resource.map((one) => deny(one)),
    );
    const policies = fc.dictionary(fc.constantFrom('p', 'q', 'r'), fc.array(statement, { minLength: 1 }));
    fc.assert(
      fc.property(policies, fc.constantFrom(undefined, 'a', 'b'), (statements, clientId) => {
        const { byPolicy, decided } = decidePublish(statements, { clientId });
        expect(byPolicy.decision).toBe(decided.decision);
        const named = [...byPolicy.allowing, ...byPolicy.denying, ...byPolicy.silent];
        expect(new Set(named)).toEqual(new Set(Object.keys(statements)));
        expect(named).toHaveLength(Object.keys(statements).length);
      }),
    );
  });
});
