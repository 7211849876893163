import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decision, decide, readPolicies } from './decide';
import { associatedThing, type ConnectionFacts, connectionContext } from './policy-context';

const ARN = 'arn:aws:iot:eu-central-1:123456789012:';
const THING = `\${iot:Connection.Thing.ThingName}`;

type Statements = object | object[];

function decideWith(
  statements: Statements,
  action: string,
  resource: string,
  facts: ConnectionFacts = {},
): Decision {
  const document = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const { policies, malformed } = readPolicies([{ name: 'p', document }]);
  expect(malformed).toEqual([]);
  return decide(policies, { action, resource: `${ARN}${resource}`, context: connectionContext(facts) });
}

const allow = (Action: string | string[], resource: string, Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource: `${ARN}${resource}`,
  ...(Condition === undefined ? {} : { Condition }),
});
const deny = (action: string, resource: string, condition?: object) => ({
  ...allow(action, resource, condition),
  Effect: 'Deny',
});

describe('decide: the scoped policy of the just-in-time provisioning article', () => {
  const scoped = [
    allow('iot:Connect', `client/${THING}`),
    allow(['iot:Publish', 'iot:Receive'], `topic/${THING}/*`),
    allow('iot:Subscribe', `topicfilter/${THING}/*`),
  ];
  const facts: ConnectionFacts = { clientId: 'DemoThing', thing: { name: 'DemoThing' } };

  it.each([
    ['iot:Connect', 'client/DemoThing', 'allowed', 'client id is the thing name'],
    ['iot:Connect', 'client/Other', 'implicit-deny', 'another client id'],
    ['iot:Publish', 'topic/DemoThing/test', 'allowed', 'its own topic'],
    ['iot:Publish', 'topic/DemoThing', 'implicit-deny', 'the pattern asks for a level below'],
    ['iot:Publish', 'topic/Other/test', 'implicit-deny', "somebody else's topic"],
    ['iot:Receive', 'topic/DemoThing/test', 'allowed', 'Receive is granted with Publish'],
    ['iot:Subscribe', 'topicfilter/DemoThing/#', 'allowed', 'MQTT wildcards are ordinary characters'],
    ['iot:Subscribe', 'topic/DemoThing/x', 'implicit-deny', 'Subscribe acts on topicfilter, not topic'],
    ['iot:RetainPublish', 'topic/DemoThing/test', 'implicit-deny', 'retaining is its own permission'],
  ])('%s on %s: %s (%s)', (action, resource, expected) => {
    expect(decideWith(scoped, action, resource, facts).decision).toBe(expected);
  });

  it('names the variable when no thing belongs to the connection', () => {
    const decision = decideWith(scoped, 'iot:Connect', 'client/DemoThing', { clientId: 'DemoThing' });
    expect(decision).toMatchObject({
      decision: 'implicit-deny',
      matched: undefined,
      unresolvedVariables: ['iot:Connection.Thing.ThingName'],
      missed: [{ policyName: 'p', statementIndex: 0, reason: 'unresolved-variable' }],
    });
  });

  it('does not let a client in that calls itself like the unresolved variable', () => {
    expect(decideWith(scoped, 'iot:Connect', `client/${THING}`, { clientId: THING }).decision).toBe(
      'implicit-deny',
    );
  });
});

describe('decide: evaluation (guide, "AWS IoT Core policies")', () => {
  const anything = { Effect: 'Allow', Action: '*', Resource: '*' };

  it.each<[object[], string, string]>([
    [[], 'implicit-deny', 'no statement about it'],
    [[anything], 'allowed', 'Action "*"'],
    [[{ ...anything, Action: 'iot:*' }], 'allowed', 'Action "iot:*"'],
    [[{ ...anything, Action: 'IOT:publish' }], 'allowed', 'actions are compared without case'],
    [
      [anything, deny('iot:Publish', 'topic/a')],
      'explicit-deny',
      'an explicit Deny wins, whatever the order',
    ],
    [[deny('iot:Publish', 'topic/b'), anything], 'allowed', 'a Deny of something else'],
    [
      [{ ...anything, Resource: undefined, NotResource: `${ARN}topic/a` }],
      'implicit-deny',
      'NotResource excludes it',
    ],
    [
      [{ ...anything, Resource: undefined, NotResource: `${ARN}topic/b` }],
      'allowed',
      'NotResource excludes another',
    ],
    [
      [{ ...anything, Action: undefined, NotAction: 'iot:Publish' }],
      'implicit-deny',
      'NotAction excludes it',
    ],
  ])('%j: %s (%s)', (statements, expected) => {
    const all = statements.length === 0 ? [allow('iot:Connect', '*')] : statements;
    expect(decideWith(all, 'iot:Publish', 'topic/a').decision).toBe(expected);
  });

  it('reports the statement that decided', () => {
    const statements = [
      allow('iot:Connect', 'client/x'),
      { ...deny('iot:Connect', 'client/*'), Sid: 'Stop' },
    ];
    expect(decideWith(statements, 'iot:Connect', 'client/x').matched).toEqual({
      policyName: 'p',
      statementIndex: 1,
      sid: 'Stop',
    });
  });

  it('leaves variables as text in the 2008 version, where IAM does not know them', () => {
    const document = JSON.stringify({
      Version: '2008-10-17',
      Statement: [allow('iot:Connect', `client/\${iot:ClientId}`)],
    });
    const { policies } = readPolicies([{ name: 'old', document }]);
    const request = {
      action: 'iot:Connect',
      resource: `${ARN}client/x`,
      context: connectionContext({ clientId: 'x' }),
    };
    expect(decide(policies, request).decision).toBe('implicit-deny');
  });

  it('lets no NotResource with an unresolved variable allow, nor loosen a Deny', () => {
    const not = { Action: 'iot:Publish', NotResource: `${ARN}topic/${THING}` };
    expect(decideWith({ Effect: 'Allow', ...not }, 'iot:Publish', 'topic/a').decision).toBe('implicit-deny');
    const both = [anything, { Effect: 'Deny', ...not }];
    expect(decideWith(both, 'iot:Publish', 'topic/a').decision).toBe('explicit-deny');
  });

  it('reports a stored policy that cannot be read, and grants nothing by it', () => {
    const { policies, malformed } = readPolicies([{ name: 'bad', document: '{' }]);
    expect(policies).toEqual([]);
    expect(malformed).toMatchObject([{ name: 'bad', faults: [{ code: 'not-json' }] }]);
  });
});

describe('decide: laws', () => {
  const part = fc.constantFrom('*', 'a', 'b', '?', `\${iot:ClientId}`, THING);
  const anyStatement = fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: fc.constantFrom('*', 'iot:*', 'iot:Publish', 'iot:Connect'),
    Resource: fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => `${ARN}topic/${parts.join('/')}`),
  });
  const policy = fc.array(anyStatement, { minLength: 1, maxLength: 4 });
  const topic = fc
    .array(fc.constantFrom('a', 'b', '*'), { minLength: 1, maxLength: 3 })
    .map((all) => `topic/${all.join('/')}`);
  const facts = fc.constantFrom<ConnectionFacts>(
    {},
    { clientId: 'a' },
    { clientId: '*', thing: { name: 'b' } },
  );

  it('adding an Allow never turns an explicit Deny into anything else', () => {
    fc.assert(
      fc.property(policy, anyStatement, topic, facts, (statements, extra, resource, given) => {
        fc.pre(decideWith(statements, 'iot:Publish', resource, given).decision === 'explicit-deny');
        const more = [{ ...extra, Effect: 'Allow' }, ...statements];
        expect(decideWith(more, 'iot:Publish', resource, given).decision).toBe('explicit-deny');
      }),
    );
  });

  it('removing an Allow never allows more', () => {
    fc.assert(
      fc.property(policy, topic, facts, (statements, resource, given) => {
        const fewer = statements.filter(({ Effect }) => Effect === 'Deny');
        if (fewer.length === 0) return;
        expect(decideWith(fewer, 'iot:Publish', resource, given).decision).not.toBe('allowed');
      }),
    );
  });

  it('does not depend on the order of the statements', () => {
    fc.assert(
      fc.property(policy, topic, facts, (statements, resource, given) => {
        const forwards = decideWith(statements, 'iot:Publish', resource, given).decision;
        expect(decideWith([...statements].reverse(), 'iot:Publish', resource, given).decision).toBe(forwards);
      }),
    );
  });
});

describe('associatedThing (guide, "Thing policy variables")', () => {
  it.each<[string | undefined, { name: string; exclusive?: boolean }[], string | undefined, string]>([
    ['a', [{ name: 'a' }], 'a', 'attached and named like the client id'],
    ['b', [{ name: 'a' }], undefined, 'attached, but the client id differs'],
    ['b', [{ name: 'a', exclusive: true }], 'a', 'attached exclusively: the client id may differ'],
    [undefined, [{ name: 'a' }], undefined, 'HTTPS publishes without a client id'],
  ])('client %s with %j: %s (%s)', (clientId, attached, expected) => {
    expect(associatedThing(clientId, attached)?.name).toBe(expected);
  });
});

describe('conditions (IAM User Guide, "Condition operators")', () => {
  const certificate = {
    serialNumberDecimal: '10525622389124227206',
    subject: {
      Organization: ['Example Corp', 'Second'],
      CommonName: ['a*b'],
      State: ['O=x'],
      Title: ['t'.repeat(1025)],
    },
  };
  const facts: ConnectionFacts = {
    clientId: 'pump-7',
    sourceIp: '::ffff:192.0.2.17',
    thing: { name: 'pump-7', typeName: 'pump', attributes: { site: 'Kyoto' } },
    certificate,
    connectAttributes: ['PersistentConnect'],
    lastWillTopic: 'arn:aws:iot:us-east-1:123456789012:topic/will/x',
    extra: {
      'test:Number': '10',
      'test:Arn': 'arn:aws:iot:r:1:thing/a/b',
      'aws:CurrentTime': '2026-01-02T00:00:00Z',
    },
  };

  it.each<[string, string, unknown, boolean, string]>([
    ['StringEquals', 'iot:ClientId', 'pump-7', true, 'equal'],
    ['StringEquals', 'iot:ClientId', 'pump-*', false, 'no wildcards in StringEquals'],
    ['StringEquals', 'iot:ClientId', ['x', 'pump-7'], true, 'any of several values'],
    [
      'StringEquals',
      'iot:ClientId',
      `\${iot:Connection.Thing.ThingName}`,
      true,
      'variables in expected values',
    ],
    ['StringNotEquals', 'iot:ClientId', 'pump-7', false, 'negated'],
    ['StringNotEquals', 'iot:ClientId', ['x', 'pump-7'], false, 'negated: none of several'],
    ['StringNotEquals', 'test:Absent', 'x', true, 'a missing key satisfies a negated operator'],
    [
      'StringNotEquals',
      'iot:ClientId',
      `\${test:Absent}`,
      false,
      'never allowed by what could not be compared',
    ],
    ['StringEqualsIgnoreCase', 'iot:ClientId', 'PUMP-7', true, 'case does not matter'],
    ['StringLike', 'iot:ClientId', 'pump-?', true, 'wildcards in StringLike'],
    ['StringNotLike', 'iot:ClientId', 'pump-*', false, 'negated'],
    ['StringEquals', 'test:Absent', 'x', false, 'a missing key fails a positive operator'],
    ['StringEqualsIfExists', 'test:Absent', 'x', true, 'unless the operator says IfExists'],
    ['StringEqualsIfExists', 'iot:ClientId', 'x', false, 'IfExists still compares what is there'],
    ['Bool', 'iot:Connection.Thing.IsAttached', 'true', true, "the guide's own condition"],
    ['Bool', 'iot:Connection.Thing.IsAttached', [false], false, 'attached is not unattached'],
    ['Null', 'iot:Certificate.SerialNumber', 'false', true, 'present'],
    ['Null', 'iot:Certificate.Subject.Country', 'false', false, 'absent'],
    ['Null', 'iot:Certificate.Subject.Country', true, true, 'absent, asked as such'],
    ['NumericEquals', 'test:Number', '10.0', true, 'as numbers'],
    ['NumericLessThan', 'test:Number', 11, true, '10 < 11, though "10" > "9"'],
    ['NumericGreaterThanEquals', 'test:Number', '10', true, 'boundary'],
    ['NumericLessThan', 'iot:ClientId', '11', false, 'no number'],
    ['DateLessThan', 'aws:CurrentTime', '2026-01-03T00:00:00Z', true, 'before'],
    ['IpAddress', 'aws:SourceIp', '192.0.2.0/24', true, 'IPv4 reported as mapped IPv6'],
    ['IpAddress', 'AWS:sourceip', '192.0.2.16/32', false, 'global keys without case; another address'],
    ['NotIpAddress', 'aws:SourceIp', '198.51.100.0/24', true, 'outside'],
    ['IpAddress', 'aws:SourceIp', 'nonsense', false, 'an unreadable range holds nothing'],
    ['ArnLike', 'test:Arn', 'arn:aws:iot:*:*:thing/*', true, 'part by part'],
    ['ArnLike', 'test:Arn', 'arn:*:thing/a/b', false, '* does not cross a colon'],
    ['ArnEquals', 'test:Arn', 'arn:aws:iot:r:1:thing/a/?', true, 'ArnEquals is ArnLike'],
    [
      'ForAnyValue:StringEquals',
      'iot:Certificate.Subject.Organization.List',
      ['Second'],
      true,
      '.List has all',
    ],
    [
      'ForAllValues:StringEquals',
      'iot:Certificate.Subject.Organization.List',
      ['Second'],
      false,
      'not all are in it',
    ],
    ['ForAllValues:StringEquals', 'test:Absent', ['x'], true, 'all of none'],
    ['ForAnyValue:StringEquals', 'test:Absent', ['x'], false, 'any of none'],
    [
      'ForAllValues:StringEquals',
      'iot:ConnectAttributes',
      ['LastWill'],
      false,
      'a persistent session is asked for',
    ],
    ['StringEquals', 'iot:Certificate.Subject.Organization', 'Example Corp', true, 'the first value'],
    ['StringEquals', 'iot:Certificate.Subject.Organization.1', 'Second', true, '.1 is the second value'],
    ['StringEquals', 'iot:Certificate.Subject.Organization.2', 'x', false, 'there is no third'],
    [
      'StringEquals',
      'iot:Certificate.Subject.CommonName',
      'a*b',
      false,
      'values with wildcards are not substituted',
    ],
    [
      'StringEquals',
      'iot:Certificate.Subject.Title',
      't'.repeat(1025),
      false,
      'values over 1024 are not substituted',
    ],
    ['StringEquals', 'iot:Certificate.Subject.State', 'O\\=x', true, 'special characters carry a backslash'],
    ['StringEquals', 'iot:Certificate.SerialNumber', '10525622389124227206', true, 'decimal'],
    ['ArnEquals', 'iot:LastWillTopic', 'arn:aws:iot:us-east-1:123456789012:topic/will/*', true, 'will topic'],
    ['StringRhymes', 'iot:ClientId', 'dump-7', false, 'an unknown operator never allows'],
  ])('%s %s %j: %s (%s)', (operator, key, expected, holds) => {
    const statement = allow('iot:Connect', 'client/*', { [operator]: { [key]: expected } });
    const { decision } = decideWith(statement, 'iot:Connect', 'client/pump-7', facts);
    expect(decision).toBe(holds ? 'allowed' : 'implicit-deny');
  });

  it('lets a Deny with an unknown operator deny', () => {
    const statements = [
      allow('iot:Connect', '*'),
      deny('iot:Connect', '*', { StringRhymes: { 'iot:ClientId': 'x' } }),
    ];
    expect(decideWith(statements, 'iot:Connect', 'client/pump-7', facts).decision).toBe('explicit-deny');
  });

  it('asks for all conditions of a statement', () => {
    const condition = {
      StringEquals: { 'iot:ClientId': 'pump-7' },
      Bool: { 'iot:Connection.Thing.IsAttached': 'false' },
    };
    expect(
      decideWith(allow('iot:Connect', '*', condition), 'iot:Connect', 'client/pump-7', facts).decision,
    ).toBe('implicit-deny');
  });

  it.each([
    [`\${iot:Connection.Thing.ThingTypeName}`, 'pump', 'thing type'],
    [`\${iot:Connection.Thing.Attributes[site]}`, 'Kyoto', 'thing attribute'],
    [`\${iot:Certificate.Subject.Organization.1}`, 'Second', 'second certificate value'],
    [`\${iot:Certificate.SerialNumber}`, '10525622389124227206', 'certificate serial number'],
  ])('fills %s with %s (%s)', (variable, value) => {
    const statement = allow('iot:Publish', `topic/${variable}`);
    expect(decideWith(statement, 'iot:Publish', `topic/${value}`, facts).decision).toBe('allowed');
  });
});
