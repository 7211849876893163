import { describe, expect, it } from 'vitest';
import { printSentences } from './builder/policy-sentences';
import { type PolicyStarter, starterSentences } from './builder/policy-starters';
import { connectableClientIds } from './connectable-client-ids';
import { readPolicies } from './decide';
import { type TryOutQuestion, tryOut } from './try-out';

const PLACE = { accountId: '123456789012', region: 'us-east-2' };
const DEVICE = {
  clientId: 'pump-1',
  thingName: 'pump-1',
  certificate: { subject: { CommonName: ['pump-1-cn'] } },
};
const arn = (resource: string) => `arn:aws:iot:us-east-2:123456789012:${resource}`;
const policiesOf = (document: string) => readPolicies([{ name: 'Device', document }]).policies;
const starter = (name: PolicyStarter) => policiesOf(printSentences(starterSentences(name), PLACE));
const allowing = (...resources: string[]) =>
  policiesOf(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: resources }],
    }),
  );

describe('tryOut', () => {
  it.each<[TryOutQuestion, string, string]>([
    [{ action: 'connect', target: 'pump-1' }, 'allowed', 'its own thing name'],
    [{ action: 'connect', target: 'pump-2' }, 'implicit-deny', 'impersonation: no thing is associated'],
    [{ action: 'publish', target: 'pump-1/t' }, 'allowed', 'below its own name'],
    [{ action: 'publish', target: 'pump-2/t' }, 'implicit-deny', 'below another name'],
    [{ action: 'subscribe', target: 'pump-1/#' }, 'allowed', 'a filter below its own name'],
    [{ action: 'subscribe', target: '#' }, 'implicit-deny', 'everything'],
  ])('%j of a device with its own topics: %s (%s)', (question, decision) => {
    expect(tryOut(starter('own-topics'), DEVICE, question, PLACE).decision).toBe(decision);
  });

  it('shows what the statement reads for this device', () => {
    const tried = tryOut(starter('own-topics'), DEVICE, { action: 'publish', target: 'pump-1/t' }, PLACE);
    expect(tried).toMatchObject({
      action: 'iot:Publish',
      resource: arn('topic/pump-1/t'),
      matched: { statementIndex: 1 },
      variables: [{ name: 'iot:Connection.Thing.ThingName', value: 'pump-1' }],
      statements: [{ index: 1, verdict: 'applies', resources: [{ filled: arn('topic/pump-1/*') }] }],
    });
  });

  it('names the variable that has no value', () => {
    const unattached = { ...DEVICE, thingName: undefined };
    const tried = tryOut(starter('own-topics'), unattached, { action: 'connect', target: 'pump-1' }, PLACE);
    expect(tried).toMatchObject({
      decision: 'implicit-deny',
      unresolvedVariables: ['iot:Connection.Thing.ThingName'],
      isThingKnown: false,
      statements: [{ verdict: 'unresolved-variable', resources: [{ filled: undefined }] }],
    });
  });
});

describe('connectableClientIds', () => {
  it.each([
    [starter('own-topics'), { clientIds: ['pump-1'], patterns: [] }, 'its own thing name'],
    [starter('own-topics-by-common-name'), { clientIds: ['pump-1-cn'], patterns: [] }, 'its common name'],
    [starter('everything'), { clientIds: ['pump-1'], patterns: ['*'] }, 'anybody'],
    [
      allowing(arn(`client/\${iot:ClientId}`)),
      { clientIds: ['pump-1'], patterns: ['*'] },
      'repeats the choice',
    ],
    [allowing(arn('client/line-?-*')), { clientIds: [], patterns: ['line-?-*'] }, 'a form of names'],
    [allowing(arn('client/a'), arn('client/b')), { clientIds: ['a', 'b'], patterns: [] }, 'two fixed names'],
    [allowing(arn('topic/pump-1')), { clientIds: [], patterns: [] }, 'no client'],
    [[], { clientIds: [], patterns: [] }, 'no policy'],
  ])('case %#: %j', (policies, expected) => {
    expect(connectableClientIds(policies, DEVICE, PLACE)).toEqual(expected);
  });

  it('takes a wildcard for pinned where a condition pins it', () => {
    const policies = policiesOf(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Action: 'iot:Connect',
          Resource: '*',
          Condition: { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } },
        },
      }),
    );
    expect(connectableClientIds(policies, DEVICE, PLACE)).toEqual({ clientIds: ['pump-1'], patterns: [] });
  });
});
