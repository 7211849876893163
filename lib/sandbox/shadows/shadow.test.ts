import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import type { JsonObject, JsonValue } from './json';
import { deltaOf, merge, mergeTimes, timesOf, timesOfDelta } from './merge';
import { clientTokenOf, readUpdate } from './read-update';
import { type Shadow, updatedShadow } from './shadow';
import { gotDocument, updatedDocument } from './shadow-documents';

const NOW = 1_700_000_000;

/** What GetThingShadow says of the state after these updates. */
function stateAfter(...updates: JsonObject[]): JsonValue {
  let shadow: Shadow | undefined;
  for (const state of updates) {
    const update = readUpdate(JSON.stringify({ state }));
    if (!update.ok) throw new Error(update.failure.message);
    shadow = updatedShadow(shadow, update.value, NOW);
  }
  return shadow === undefined ? null : (gotDocument(shadow, { timestamp: NOW })['state'] ?? null);
}

behaviour(
  'The delta of a shadow holds what is desired and not so reported: objects member by member, lists whole',
  { known: 'measured', source: 'getmoto/moto, test_delta_calculation (aws_verified)' },
  () => {
    const table: [JsonObject, JsonObject, JsonObject][] = [
      [
        { desired: { on: true } },
        { reported: { on: false } },
        { desired: { on: true }, reported: { on: false }, delta: { on: true } },
      ],
      [
        { desired: { on: true } },
        { reported: { up: false, on: true } },
        { desired: { on: true }, reported: { up: false, on: true } },
      ],
      [{}, { reported: { on: false } }, { reported: { on: false } }],
      [{}, { reported: { on: null } }, {}],
      [{ desired: {} }, { reported: { on: false } }, { reported: { on: false } }],
      [{ desired: { on: true } }, { reported: {} }, { desired: { on: true }, delta: { on: true } }],
      [
        { reported: { l: ['a', 'b'] } },
        { desired: { l: ['a'] } },
        { desired: { l: ['a'] }, reported: { l: ['a', 'b'] }, delta: { l: ['a'] } },
      ],
      [
        { reported: { l: [['a'], ['b']] } },
        { desired: { l: [['a']] } },
        { desired: { l: [['a']] }, reported: { l: [['a'], ['b']] }, delta: { l: [['a']] } },
      ],
      [
        { reported: { a: { b: { c: 'd', e: 'f' } } } },
        { desired: { a: { b: { c: 'd2' } } } },
        {
          delta: { a: { b: { c: 'd2' } } },
          desired: { a: { b: { c: 'd2' } } },
          reported: { a: { b: { c: 'd', e: 'f' } } },
        },
      ],
      [
        { reported: { a: { b: { c: 'd' } } } },
        { desired: { a: { b: { c: 'd' } }, x: { y: 'z' } } },
        {
          delta: { x: { y: 'z' } },
          desired: { a: { b: { c: 'd' } }, x: { y: 'z' } },
          reported: { a: { b: { c: 'd' } } },
        },
      ],
    ];
    for (const [first, second, expected] of table) expect(stateAfter(first, second)).toEqual(expected);
  },
);

behaviour(
  'An update may put an empty object in the place of nothing or of a value',
  { known: 'measured', source: 'getmoto/moto, test_update_desired (aws_verified)' },
  () => {
    const initial = { a: 1, b: { c: 3 } };
    for (const updated of [
      { a: 1, b: { c: 3 }, d: {} },
      { a: 1, b: { c: {} }, d: {} },
      { a: 1, b: { c: { d: 3 } } },
    ]) {
      expect(stateAfter({ desired: initial }, { desired: updated })).toEqual({
        desired: updated,
        delta: updated,
      });
    }
  },
);

behaviour(
  'In a shadow null removes a member, and a section with its last member',
  { known: 'measured', source: 'getmoto/moto #4045' },
  () => {
    expect(stateAfter({ desired: { a: 1, b: 2 } }, { desired: { a: null } })).toMatchObject({
      desired: { b: 2 },
    });
    expect(stateAfter({ desired: { a: 1 } }, { desired: { a: null } })).toEqual({});
    expect(stateAfter({ desired: { a: 1 }, reported: { a: 1 } }, { desired: null })).toEqual({
      reported: { a: 1 },
    });
  },
);

behaviour(
  'A state of null empties a shadow, and is answered with null and its time; an empty state changes nothing',
  { known: 'measured', source: 'getmoto/moto #9237; aws-greengrass/aws-greengrass-shadow-manager #193' },
  () => {
    const update = { state: null };
    const shadow = updatedShadow({ state: { desired: { a: 1 } }, metadata: {}, version: 17 }, update, NOW);
    expect(shadow).toEqual({ state: {}, metadata: {}, version: 18 });
    expect(JSON.stringify(updatedDocument(update, 18, { timestamp: NOW }))).toBe(
      `{"state":null,"metadata":{"timestamp":${NOW}},"version":18,"timestamp":${NOW}}`,
    );
    expect(stateAfter({ reported: { a: 1 } }, {})).toEqual({ reported: { a: 1 } });
  },
);

behaviour(
  'The metadata of a shadow keep the time of each value and of each item of a list, those of an earlier update too',
  { known: 'measured', source: 'getmoto/moto #3849' },
  () => {
    const first = updatedShadow(undefined, { state: { desired: { a: 1, l: ['x', { y: 1 }] } } }, 1);
    const second = updatedShadow(first, { state: { desired: { b: { c: 2 } } } }, 2);
    expect(second.metadata).toEqual({
      desired: {
        a: { timestamp: 1 },
        l: [{ timestamp: 1 }, { y: { timestamp: 1 } }],
        b: { c: { timestamp: 2 } },
      },
    });
  },
);

behaviour(
  'An update of a shadow is refused in the words of the guide',
  { known: 'documented', source: 'guide, "Device Shadow error messages"' },
  () => {
    const deep = (levels: number): JsonValue => (levels === 0 ? 1 : { a: deep(levels - 1) });
    const table: [string, string | undefined][] = [
      ['{}', 'Missing required node: state'],
      ['{"state":1}', 'State node must be an object'],
      ['{"state":{"desired":1}}', 'Desired node must be an object'],
      ['{"state":{"reported":[]}}', 'Reported node must be an object'],
      ['{"state":{"other":{}}}', "State contains an invalid node: 'other'"],
      ['{"state":{},"version":"1"}', 'Invalid version'],
      [`{"state":{},"clientToken":"${'t'.repeat(64)}"}`, undefined],
      [`{"state":{},"clientToken":"${'t'.repeat(65)}"}`, 'Invalid clientToken'],
      ['{"state":{"desired":{"a":[null]}}}', 'State contains an invalid node'],
      [JSON.stringify({ state: { desired: deep(8) } }), undefined],
      [
        JSON.stringify({ state: { desired: deep(9) } }),
        'JSON contains too many levels of nesting; maximum is 8',
      ],
    ];
    for (const [text, message] of table) {
      const result = readUpdate(text);
      expect(result.ok ? undefined : result.failure, text).toEqual(message && { code: 400, message });
    }
  },
);

behaviour(
  'What is no JSON object is "Payload contains invalid json"',
  { known: 'measured', source: 'awslabs/aws-sdk-android-samples #128' },
  () => {
    for (const text of ['', '{', '[]', 'null', '{"state":{"desired":{"a":Auto}}}']) {
      expect(readUpdate(text)).toMatchObject({ failure: { message: 'Payload contains invalid json' } });
    }
  },
);

const leaf = fc.oneof(fc.integer(), fc.boolean(), fc.string({ maxLength: 3 }));
const key = fc.oneof(fc.constantFrom('a', 'b', 'c', '__proto__', 'timestamp'), fc.string({ maxLength: 2 }));
const tree = fc.letrec<{ value: JsonValue; object: JsonObject }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, tie('object'), fc.array(leaf, { maxLength: 2 })),
  object: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
}));
const object: fc.Arbitrary<JsonObject> = tree.object;

describe('laws', () => {
  it('merging into nothing gives what is merged, merging again changes nothing', () => {
    fc.assert(
      fc.property(object, object, (before, update) => {
        expect(merge({}, update)).toEqual(update);
        const once = merge(before, update);
        expect(merge(once, update)).toEqual(once);
        expect(merge(before, {})).toEqual(before);
      }),
    );
  });

  it('a report of the delta leaves none', () => {
    fc.assert(
      fc.property(object, object, (desired, reported) => {
        expect(deltaOf(desired, desired)).toBeUndefined();
        expect(deltaOf(desired, merge(reported, deltaOf(desired, reported) ?? {}))).toBeUndefined();
      }),
    );
  });

  it('times have the shape of what they are of, and a delta has all of its own', () => {
    fc.assert(
      fc.property(object, object, object, (before, update, reported) => {
        const times = mergeTimes(timesOf(before, 1) as JsonObject, { before, update, timestamp: 1 });
        const after = merge(before, update);
        expect(times).toEqual(timesOf(after, 1));
        const delta = deltaOf(after, reported) ?? {};
        expect(timesOfDelta(times, delta)).toEqual(timesOf(delta, 1));
      }),
    );
  });

  it('any text is an update or a fault, and its token is read or not', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(typeof readUpdate(text).ok).toBe('boolean');
        expect(['string', 'undefined']).toContain(typeof clientTokenOf(text));
      }),
    );
  });
});

it('stands a payload of nothing but brackets', () => {
  expect(readUpdate(`{"state":{"desired":{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}}}`).ok).toBe(false);
});
