import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyJsonEdits, type JsonEdit } from './json-edit';
import { compactJson, layOutJson } from './json-layout';
import { stringOffsets } from './json-string';
import { canonicalJson, isSameJson, locate, nodeAt, nodeValue, readJsonTree } from './json-tree';
import { anyJson } from './testing/json-arbitrary';

const TEXT = '{\n  "a": 1,\n  "b": { "c": [1, 2] },\n  "9": "x\\/y"\n}';

const edited = (text: string, ...edits: JsonEdit[]) => {
  const result = applyJsonEdits(text, edits);
  return result.ok ? result.value : result.failure.code;
};

const json = anyJson();

describe('applyJsonEdits', () => {
  it.each<[JsonEdit, string, string]>([
    [{ kind: 'set', path: ['a'], value: 2 }, TEXT.replace('1,\n', '2,\n'), 'a value in its place'],
    [
      { kind: 'set', path: ['d'], value: true },
      TEXT.replace('"x\\/y"', '"x\\/y",\n  "d": true'),
      'a new member on a line of its own, the others as they were spelled',
    ],
    [{ kind: 'set', path: ['b', 'c', 2], value: 3 }, TEXT.replace('1, 2', '1, 2,3'), 'a new item'],
    [
      { kind: 'set', path: ['b', 'd', 'e'], value: 1 },
      TEXT.replace('2] }', '2], "d": {\n    "e": 1\n  } }'),
      'with the parents it lacks',
    ],
    [{ kind: 'remove', path: ['a'] }, TEXT.replace('"a": 1,\n  ', ''), 'the first member'],
    [{ kind: 'remove', path: ['9'] }, TEXT.replace(',\n  "9": "x\\/y"', ''), 'the last member'],
    [{ kind: 'remove', path: ['b', 'c', 1] }, TEXT.replace(', 2', ''), 'an item'],
    [{ kind: 'rename', path: ['b'], name: 'z' }, TEXT.replace('"b"', '"z"'), 'a name in its place'],
    [{ kind: 'rename', path: ['b'], name: 'a' }, 'name-taken', 'two members of one name are no document'],
    [{ kind: 'remove', path: ['x'] }, 'no-such-place', 'nothing there'],
    [{ kind: 'move', path: ['b', 'c', 0], to: 1 }, TEXT.replace('[1, 2]', '[2, 1]'), 'an item to the end'],
    [{ kind: 'move', path: ['b', 'c', 0], to: 2 }, 'no-such-place', 'behind the end'],
    [{ kind: 'move', path: ['b'], to: 0 }, 'no-such-place', 'a member has no index'],
  ])('%j touches nothing else', (edit, expected) => {
    expect(edited(TEXT, edit)).toBe(expected);
  });

  it('edits the document inside a string', () => {
    const text = JSON.stringify({ p: '{ "Version": "1" }' });
    const within: JsonEdit = {
      kind: 'within',
      path: ['p'],
      edits: [{ kind: 'set', path: ['Version'], value: '2' }],
    };
    expect(edited(text, within)).toBe(JSON.stringify({ p: '{ "Version": "2" }' }));
    expect(edited('{"p":{"Version":"1"}}', within)).toBe('{"p":{"Version":"2"}}');
  });

  it('makes of any document and any value at any of its places JSON that has the value there', () => {
    fc.assert(
      fc.property(json, json, fc.nat(), fc.integer({ min: 0, max: 3 }), (document, value, seed, indent) => {
        const text = JSON.stringify(document, null, indent);
        const paths = placesIn(document);
        const path = paths[seed % paths.length] ?? [];
        const result = readJsonTree(edited(text, { kind: 'set', path, value }));
        if (!result.ok) expect.fail(result.failure.code);
        const node = nodeAt(result.value, path);
        expect(node === undefined ? undefined : JSON.stringify(nodeValue(node))).toBe(JSON.stringify(value));
      }),
    );
  });

  it('moves an item as it is spelled, and back to the same text', () => {
    const list = fc.array(json, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(list, fc.nat(), fc.nat(), fc.integer({ min: 0, max: 2 }), (items, one, other, indent) => {
        const from = one % items.length;
        const to = other % items.length;
        const text = JSON.stringify(items, null, indent);
        const moved = edited(text, { kind: 'move', path: [from], to });
        const expected = items.filter((_, index) => index !== from);
        expected.splice(to, 0, ...items.slice(from, from + 1));
        expect(JSON.stringify(JSON.parse(moved))).toBe(JSON.stringify(expected));
        expect(edited(moved, { kind: 'move', path: [to], to: from })).toBe(text);
      }),
    );
  });

  it('removes exactly what was added', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), json),
        json,
        fc.integer({ min: 0, max: 2 }),
        (object, value, indent) => {
          fc.pre(!Object.hasOwn(object, 'added'));
          const text = JSON.stringify(object, null, indent);
          const path = ['added'];
          expect(edited(text, { kind: 'set', path, value }, { kind: 'remove', path })).toBe(text);
        },
      ),
    );
  });
});

describe('layout', () => {
  it('changes white space and nothing else', () => {
    fc.assert(
      fc.property(json, fc.integer({ min: 0, max: 4 }), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(layOutJson(text)).toBe(JSON.stringify(value, null, 2));
        expect(compactJson(text)).toBe(JSON.stringify(value));
      }),
    );
  });

  it('keeps escapes and numbers as they are spelled, and leaves alone what is no JSON', () => {
    expect(compactJson('{ "a" : "x\\/y\\u0041 , {" , "n" : 1.50 }')).toBe(
      '{"a":"x\\/y\\u0041 , {","n":1.50}',
    );
    expect(compactJson('{ "a" : ')).toBe('{ "a" : ');
  });
});

describe('tree', () => {
  it('keeps the order of members named like numbers', () => {
    const read = readJsonTree('{"b":1,"2":2,"1":3}');
    expect(read.ok && canonicalJson(read.value)).toBe('{"b":1,"2":2,"1":3}');
    expect(isSameJson('{"b":1,"2":2}', '{"2":2,"b":1}')).toBe(false);
    expect(isSameJson('{"a":"\\/"}', '{ "a" : "/" }')).toBe(true);
  });

  it.each([
    ['$.b.c[1]', '2', true, 'an item'],
    ['$["9"]', '"x\\/y"', true, 'a name in brackets'],
    ['$.b.missing.deeper', '{ "c": [1, 2] }', false, 'the nearest there is'],
  ])('%s stands at %s', (path, found, isExact) => {
    const read = readJsonTree(TEXT);
    if (!read.ok) expect.fail(read.failure.code);
    const located = locate(read.value, path);
    expect(TEXT.slice(located.node.start, located.node.end)).toBe(found);
    expect(located.isExact).toBe(isExact);
  });

  it('knows where each character of a decoded string stands', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const text = `[${JSON.stringify(value).replaceAll('/', '\\/')}]`;
        const toOuter = stringOffsets(text, { start: 1, end: text.length - 1 });
        for (let at = 0; at < value.length; at += 1) {
          const spelled = text.slice(toOuter(at), toOuter(at + 1));
          expect(JSON.parse(`"${spelled}"`)).toBe(value.charAt(at));
        }
      }),
    );
  });
});

function placesIn(value: unknown): (string | number)[][] {
  const places: (string | number)[][] = [[]];
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      places.push(...placesIn(item).map((path) => [index, ...path]));
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      places.push(...placesIn(item).map((path) => [name, ...path]));
    }
  }
  return places;
}
