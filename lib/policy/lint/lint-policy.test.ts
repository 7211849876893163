import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyJsonEdits } from '@/lib/policy/json-edit';
import { isSameJson, readJsonTree } from '@/lib/policy/json-tree';
import { lintPolicy } from './lint-policy';
import type { PolicyLint, PolicyLintContext } from './policy-finding';

const PLACE = { accountId: '123456789012', region: 'us-east-1' };
const ARN = 'arn:aws:iot:us-east-1:123456789012:';
const THING = `\${iot:Connection.Thing.ThingName}`;

type Parts = { Effect?: string; Action: string | string[]; Resource: string | string[]; Condition?: object };
const policy = (...statements: Parts[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
  });
const connect = { Action: 'iot:Connect', Resource: `${ARN}client/${THING}` };
const ids = (text: string, context: PolicyLintContext = { place: PLACE }) =>
  lintPolicy(text, context).map(({ id }) => id);

describe('lintPolicy', () => {
  it('has nothing to say of least privilege', () => {
    const text = policy(
      connect,
      { Action: ['iot:Publish', 'iot:Receive'], Resource: `${ARN}topic/${THING}/*` },
      { Action: 'iot:Subscribe', Resource: `${ARN}topicfilter/${THING}/*` },
    );
    expect(ids(text)).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['everything-allowed', policy({ Action: 'iot:*', Resource: '*' }), 'one key opens the account'],
    ['client-id-unpinned', policy({ Action: 'iot:Connect', Resource: `${ARN}client/*` }), 'impersonation'],
    ['client-id-unpinned', policy({ Action: 'iot:Connect', Resource: '*' }), 'impersonation by everything'],
    [
      'client-id-unpinned',
      policy({ Action: 'iot:Connect', Resource: `${ARN}client/\${iot:ClientId}` }),
      'a variable that the client chooses pins nothing',
    ],
    ['client-id-unpinned', policy({ Action: 'iot:Connect', Resource: `${ARN}client/pump-*` }), 'any pump'],
    [
      'client-id-fixed',
      policy({ Action: 'iot:Connect', Resource: `${ARN}client/pump` }),
      'one for all devices',
    ],
    ['topic-arn-in-connect', policy({ Action: 'iot:Connect', Resource: `${ARN}topic/a` }), 'never matches'],
    [
      'topicfilter-in-publish',
      policy(connect, { Action: 'iot:Publish', Resource: `${ARN}topicfilter/a` }),
      'never matches',
    ],
    [
      'topic-in-subscribe',
      policy(connect, { Action: 'iot:Subscribe', Resource: `${ARN}topic/a` }),
      'never matches',
    ],
    [
      'action-without-resource',
      policy(connect, { Action: ['iot:Publish', 'iot:Subscribe', 'iot:Receive'], Resource: `${ARN}topic/a` }),
      'subscribes to nothing',
    ],
    ['resource-fits-no-action', policy({ Action: 'iot:Connect', Resource: `${ARN}thing/a` }), 'a thing ARN'],
    [
      'action-unknown',
      policy(connect, { Action: 'iot:Recieve', Resource: `${ARN}topic/a` }),
      'a typing mistake',
    ],
    [
      'mqtt-wildcard-in-topic',
      policy(connect, { Action: 'iot:Publish', Resource: `${ARN}topic/a/#` }),
      'an ordinary character here',
    ],
    [
      'publish-anywhere',
      policy(connect, { Action: 'iot:Publish', Resource: `${ARN}topic/*` }),
      'other topics',
    ],
    ['read-everything', policy(connect, { Action: 'iot:Receive', Resource: '*' }), 'eavesdropping'],
    [
      'denied-subtree-reachable',
      policy(
        connect,
        { Action: 'iot:Subscribe', Resource: `${ARN}topicfilter/a/*` },
        { Action: 'iot:Receive', Resource: `${ARN}topic/a/*` },
        { Effect: 'Deny', Action: 'iot:Subscribe', Resource: `${ARN}topicfilter/a/restricted/*` },
      ),
      'a/# delivers it',
    ],
    [
      'variable-unknown',
      policy({ Action: 'iot:Connect', Resource: `${ARN}client/\${iot:Thing.ThingName}` }),
      'no such',
    ],
    [
      'variable-unknown',
      policy({ Action: 'iot:Connect', Resource: `${ARN}client/\${AWS::IoT::Certificate::CommonName}` }),
      'a template parameter, which policies do not know',
    ],
    [
      'version-without-variables',
      policy(connect).replace('2012-10-17', '2008-10-17'),
      'the variable is text in that version',
    ],
    ['other-region', policy(connect).replace('us-east-1', 'eu-west-1'), 'copied from elsewhere'],
    ['other-partition', policy(connect).replace('arn:aws:', 'arn:aws-cn:'), 'copied from China'],
    ['other-account', policy(connect).replace('123456789012', '210987654321'), 'copied from elsewhere'],
    [
      'account-malformed',
      policy(connect).replace('123456789012', '<ACCOUNT_ID>'),
      "the article's placeholder",
    ],
    [
      'service-not-iot',
      policy(connect).replace(':iot:us', ':iotdata:us'),
      'no such service in device policies',
    ],
    ['statement-duplicate', policy(connect, connect), 'twice the same'],
    [
      'statement-covered',
      policy(
        connect,
        { Action: 'iot:Publish', Resource: `${ARN}topic/a/*` },
        { Action: 'iot:Publish', Resource: `${ARN}topic/a/b` },
      ),
      'changes nothing',
    ],
    [
      'allow-denied-entirely',
      policy(connect, { Effect: 'Deny', Action: '*', Resource: '*' }),
      'never applies',
    ],
    [
      'connect-not-allowed',
      policy({ Action: 'iot:Publish', Resource: `${ARN}topic/a` }),
      'cannot even connect',
    ],
    [
      'subscribe-without-receive',
      policy(connect, { Action: 'iot:Subscribe', Resource: `${ARN}topicfilter/a` }),
      'hears nothing',
    ],
    [
      'too-large',
      policy(connect, { Action: 'iot:Publish', Resource: `${ARN}topic/${'x'.repeat(2048)}` }),
      'over the limit',
    ],
    [
      'size-near-limit',
      policy(connect, { Action: 'iot:Publish', Resource: `${ARN}topic/${'x'.repeat(1700)}` }),
      'little is left',
    ],
    [
      'unknown-condition-operator',
      policy({ ...connect, Condition: { Likes: { a: 'b' } } }),
      'no such operator',
    ],
    ['not-json', '{"Version":', 'cut off'],
    ['statement-missing', '{"Version":"2012-10-17"}', 'no statement'],
    [
      'resource-is-no-arn',
      policy({ Action: 'iot:Connect', Resource: 'client/a' }),
      'a name instead of an ARN',
    ],
  ])('%s: %s (%s)', (id, text) => {
    expect(ids(text)).toContain(id);
  });

  it.each<[string, string, PolicyLintContext, string]>([
    [
      'client-id-unpinned',
      policy({ ...connect, Resource: '*', Condition: { StringEquals: { 'iot:ClientId': 'a' } } }),
      {},
      'pinned by a condition',
    ],
    [
      'connect-not-allowed',
      policy({ Action: 'iot:Publish', Resource: `${ARN}topic/a` }),
      { hasCompanions: true },
      'another policy may allow it',
    ],
    [
      'denied-subtree-reachable',
      policy(
        { Action: ['iot:Subscribe', 'iot:Receive'], Resource: [`${ARN}topicfilter/a/*`, `${ARN}topic/a/*`] },
        {
          Effect: 'Deny',
          Action: ['iot:Subscribe', 'iot:Receive'],
          Resource: [`${ARN}topicfilter/a/r/*`, `${ARN}topic/a/r/*`],
        },
      ),
      {},
      'what is delivered is denied too',
    ],
    [
      'variable-unknown',
      policy({ Action: 'iot:Connect', Resource: `${ARN}client/\${iot:Certificate.Subject.CommonName.1}` }),
      {},
      'the second value',
    ],
    ['other-region', policy(connect).replace('us-east-1', '*'), { place: PLACE }, 'every Region'],
  ])('not %s: %s %j (%s)', (id, text, context) => {
    expect(ids(text, context)).not.toContain(id);
  });

  it('knows which variables a connection has', () => {
    expect(ids(policy(connect), { connection: 'https-certificate' })).toContain(
      'variable-not-for-this-connection',
    );
  });

  it('points at the very value', () => {
    const text = policy(connect, { Action: 'iot:Publish', Resource: ['a:b', `${ARN}topic/*`] });
    const wide = lintPolicy(text, {}).find(({ id }) => id === 'publish-anywhere');
    expect(text.slice(wide?.range.start, wide?.range.end)).toBe(JSON.stringify(`${ARN}topic/*`));
    expect(wide?.path).toEqual(['Statement', 1, 'Resource', 1]);
  });
});

const ACTIONS = [
  'iot:*',
  '*',
  'iot:Connect',
  'iot:Publish',
  'iot:Receive',
  'iot:Subscribe',
  'iot:Recieve',
  'iot:GetThingShadow',
];
const RESOURCES = [
  '*',
  'client/a',
  `${ARN}client/*`,
  `${ARN}client/${THING}`,
  `${ARN}topic/*`,
  `${ARN}topic/a/#`,
  `${ARN}topic/a/*`,
  `${ARN}topicfilter/a/*`,
  `${ARN}topicfilter/a/b/*`,
  `${ARN}topicfilter/#`,
  `arn:aws:iot:eu-west-1:<ACCOUNT_ID>:topic/\${iot:ClientID}`,
];
const oneOrMore = (texts: string[]) =>
  fc.oneof(
    fc.constantFrom(...texts),
    fc.uniqueArray(fc.constantFrom(...texts), { minLength: 1, maxLength: 3 }),
  );
const anyPolicy = fc
  .record({
    Version: fc.constantFrom('2012-10-17', '2008-10-17'),
    Statement: fc.array(
      fc.record({
        Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
        Action: oneOrMore(ACTIONS),
        Resource: oneOrMore(RESOURCES),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .chain((document) =>
    fc.integer({ min: 0, max: 2 }).map((indent) => JSON.stringify(document, null, indent)),
  );

describe('fixes', () => {
  // A statement that is removed lets the next one take its place, so the places themselves cannot be compared.
  const isSame =
    ({ id }: PolicyLint) =>
    (other: PolicyLint) =>
      id === other.id;

  it('remove what they are offered for, and leave JSON', () => {
    fc.assert(
      fc.property(anyPolicy, (text) => {
        for (const finding of lintPolicy(text, { place: PLACE })) {
          if (finding.fix === undefined) continue;
          const fixed = applyJsonEdits(text, finding.fix);
          if (!fixed.ok) expect.fail(`${finding.id}: ${fixed.failure.code}`);
          expect(readJsonTree(fixed.value).ok).toBe(true);
          expect(isSameJson(fixed.value, text), finding.id).toBe(false);
          const count = (all: PolicyLint[]) => all.filter(isSame(finding)).length;
          const before = count(lintPolicy(text, { place: PLACE }));
          const after = count(lintPolicy(fixed.value, { place: PLACE }));
          expect(after, `${finding.id} in ${text} -> ${fixed.value}`).toBeLessThan(before);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('receive what a filter delivers: its wildcards are those of policies in a topic', () => {
    const filter = `${ARN}topicfilter/a/+/\${iot:ClientId}/#`;
    const text = policy(connect, { Action: 'iot:Subscribe', Resource: filter });
    const found = lintPolicy(text, { place: PLACE }).find(({ id }) => id === 'subscribe-without-receive');
    const fixed = applyJsonEdits(text, found?.fix ?? []);
    if (!fixed.ok) expect.fail(fixed.failure.code);
    expect(fixed.value).toContain(`topic/a/*/\${iot:ClientId}/*"`);
    expect(lintPolicy(fixed.value, { place: PLACE }).filter(({ severity }) => severity === 'error')).toEqual(
      [],
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), anyPolicy), (text) => {
        for (const { range } of lintPolicy(text, { place: PLACE })) {
          expect(range.start).toBeLessThanOrEqual(range.end);
          expect(range.end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});
