import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyJsonEdits } from '@/lib/policy/json-edit';
import { DEVICE_ACTIONS } from '@/lib/policy/lint/device-actions';
import { lintPolicy } from '@/lib/policy/lint/lint-policy';
import { anyJson } from '@/lib/policy/testing/json-arbitrary';
import scoped from '@/lib/provisioning/fixtures/jitp-scoped.json';
import { fitScopes } from './fit-scopes';
import { addSentence, printSentences, readSentences, removeSentence, setSentence } from './policy-sentences';
import { LAB_ONLY_POLICY_STARTERS, POLICY_STARTERS, starterSentences } from './policy-starters';
import { printSentence, readStatement, type Scope, type Sentence, scopeTypesFor } from './sentence';

const PLACE = { accountId: '123456789012', region: 'us-east-2' };
const type = fc.constantFrom('client', 'topic', 'topicfilter', 'thing', 'rolealias');
const owner = fc.constantFrom('thing-name', 'common-name', 'client-id');
const scope: fc.Arbitrary<Scope> = fc.oneof(
  fc.record({ kind: fc.constant('everything') }),
  fc.record({ kind: fc.constant('own'), type, owner }),
  fc.record({
    kind: fc.constant('own-subtree'),
    type: fc.constantFrom('topic', 'topicfilter'),
    owner,
    before: fc.constantFrom('', 'dt/', 'a/b/'),
  }),
  fc.record({
    kind: fc.constant('pattern'),
    type,
    pattern: fc.constantFrom('*', 'a/*', 'pump-?', `x\${iot:ClientId}`, `a*/\${iot:ClientId}/*`),
  }),
);
const sentence: fc.Arbitrary<Sentence> = fc.record({
  effect: fc.constantFrom('Allow', 'Deny'),
  actions: fc.uniqueArray(fc.constantFrom('iot:*', ...DEVICE_ACTIONS), { minLength: 1, maxLength: 3 }),
  scopes: fc.array(scope, { minLength: 1, maxLength: 3 }),
  condition: fc.constantFrom('thing-attached', undefined),
  sid: fc.constantFrom('One', undefined),
});

const sentencesOf = (text: string) => {
  const read = readSentences(text, PLACE);
  if (!read.ok) expect.fail(read.failure.code);
  return read.value;
};

describe('sentences', () => {
  it('are recognised in the statements written of them', () => {
    fc.assert(
      fc.property(sentence, (value) => {
        expect(readStatement(printSentence(value, PLACE), PLACE)).toEqual({
          kind: 'sentence',
          sentence: value,
        });
      }),
    );
  });

  it('say what the statement says, or leave it as it is', () => {
    const allow = { Effect: 'Allow', Action: 'iot:Connect', Resource: '*' };
    const wrapped = (value: unknown) => (Array.isArray(value) ? value : [value]);
    const statement = fc.oneof(
      anyJson(2),
      anyJson(1).map((value) => ({ ...allow, Condition: value })),
      anyJson(1).map((value) => ({ ...allow, Resource: value })),
      anyJson(1).map((value) => ({ ...allow, NotAction: value })),
    );
    fc.assert(
      fc.property(statement, (value) => {
        const read = readStatement(value, PLACE);
        if (read.kind === 'other') expect(read.statement).toBe(value);
        else {
          const printed = printSentence(read.sentence, PLACE);
          expect(value).toMatchObject({ Effect: printed['Effect'] });
          const given: Record<string, unknown> = Object.fromEntries(Object.entries(value ?? {}));
          expect(new Set(Object.keys(given))).toEqual(new Set(Object.keys(printed)));
          expect(wrapped(printed['Resource'])).toEqual(wrapped(given['Resource']));
        }
      }),
    );
  });

  it("recognise AWS's scoped policy", () => {
    const { Resources } = JSON.parse(scoped.templateBody);
    const text: string = Resources.policy.Properties.PolicyDocument.replaceAll(
      '<ACCOUNT_ID>',
      PLACE.accountId,
    );
    expect(sentencesOf(text).statements).toMatchObject([
      {
        sentence: {
          actions: ['iot:Connect'],
          scopes: [{ kind: 'own', type: 'client', owner: 'thing-name' }],
        },
      },
      {
        sentence: { actions: ['iot:Publish', 'iot:Receive'], scopes: [{ kind: 'own-subtree', before: '' }] },
      },
      { sentence: { actions: ['iot:Subscribe'], scopes: [{ kind: 'own-subtree', type: 'topicfilter' }] } },
    ]);
  });

  it.each<[string, object]>([
    [
      'another account',
      { Effect: 'Allow', Action: 'iot:Connect', Resource: 'arn:aws:iot:us-east-2:999999999999:client/a' },
    ],
    [
      'a condition',
      { Effect: 'Allow', Action: 'iot:Connect', Resource: '*', Condition: { Bool: { a: 'true' } } },
    ],
    ['an unknown element', { Effect: 'Allow', Action: 'iot:Connect', Resource: '*', Comment: 'x' }],
    ['NotResource', { Effect: 'Allow', Action: 'iot:Connect', NotResource: '*' }],
  ])('leave %s to the text', (_, statement) => {
    expect(readStatement({ ...statement }, PLACE).kind).toBe('other');
  });

  it('are added, changed and removed one at a time', () => {
    const [connect, publish] = starterSentences('telemetry-only');
    if (connect === undefined || publish === undefined) expect.fail('no sentences');
    const single = JSON.stringify({ Version: '2012-10-17', Statement: printSentence(connect, PLACE) });
    const added = applyJsonEdits(single, addSentence(sentencesOf(single), publish, PLACE));
    expect(added).toEqual({ ok: true, value: printSentences([connect, publish], PLACE) });
    const text = printSentences([connect, publish], PLACE, 2);
    const path = sentencesOf(text).statements[1]?.path ?? [];
    const denied = applyJsonEdits(text, setSentence(path, { ...publish, effect: 'Deny' }, PLACE));
    expect(denied.ok && denied.value).toBe(text.replace(/Allow(?=[^A]*Action": "iot:Publish)/, 'Deny'));
    const removed = applyJsonEdits(text, removeSentence(path));
    expect(removed.ok && sentencesOf(removed.value).statements).toHaveLength(1);
    expect(scopeTypesFor(['iot:Publish', 'iot:Subscribe'])).toEqual(['topic', 'topicfilter']);
  });

  it.each(POLICY_STARTERS)('start with %s, which the lint finds as safe as it is said to be', (starter) => {
    const text = printSentences(starterSentences(starter), PLACE);
    const findings = lintPolicy(text, { place: PLACE });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(findings.some(({ severity }) => severity === 'warning')).toBe(
      LAB_ONLY_POLICY_STARTERS.includes(starter),
    );
    expect(sentencesOf(text).statements.map((read) => read.kind === 'sentence' && read.sentence)).toEqual(
      starterSentences(starter),
    );
  });
});

describe('fitScopes', () => {
  it('gives every action a resource of its kind and keeps those that fit', () => {
    fc.assert(
      fc.property(sentence, sentence, ({ scopes }, { actions }) => {
        const fitted = fitScopes(scopes, actions);
        const wanted = scopeTypesFor(actions);
        expect(fitted.length).toBeGreaterThan(0);
        for (const fit of fitted) expect(fit.kind === 'everything' || wanted.includes(fit.type)).toBe(true);
        const kept = scopes.filter((one) => one.kind === 'everything' || wanted.includes(one.type));
        if (wanted.length > 0) expect(fitted).toEqual(expect.arrayContaining(kept));
        expect(fitScopes(fitted, actions)).toEqual(fitted);
      }),
    );
  });

  it.each<[Scope[], string[], Scope[], string]>([
    [
      [{ kind: 'own', type: 'client', owner: 'thing-name' }],
      ['iot:Publish'],
      [{ kind: 'own-subtree', type: 'topic', owner: 'thing-name', before: '' }],
      'nothing fits: below the own name',
    ],
    [
      [{ kind: 'own-subtree', type: 'topic', owner: 'common-name', before: 'dt/' }],
      ['iot:Subscribe'],
      [{ kind: 'own-subtree', type: 'topicfilter', owner: 'common-name', before: 'dt/' }],
      'the filter of a topic',
    ],
    [
      [{ kind: 'pattern', type: 'topic', pattern: 'a/*' }],
      ['iot:Publish', 'iot:Subscribe'],
      [
        { kind: 'pattern', type: 'topic', pattern: 'a/*' },
        { kind: 'pattern', type: 'topicfilter', pattern: 'a/*' },
      ],
      'both where both are needed',
    ],
  ])('%j for %j', (scopes, actions, expected) => {
    expect(fitScopes(scopes, actions)).toEqual(expected);
  });
});
