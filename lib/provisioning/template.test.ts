import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import admin from './fixtures/jitp-admin.json';
import predefined from './fixtures/jitp-predefined-policy.json';
import scoped from './fixtures/jitp-scoped.json';
import {
  parseTemplate,
  printTemplate,
  TEMPLATE_BODY_CHARACTERS_MAX,
  templateFromJson,
  templateToJson,
} from './template';

const FIXTURES = { admin, predefined, scoped };

describe('template document', () => {
  it.each(Object.entries(FIXTURES))(
    'reads the %s config of the AWS article and prints it equal',
    (_, { templateBody }) => {
      const parsed = parseTemplate(templateBody);
      if (!parsed.ok) expect.fail(JSON.stringify(parsed.failure));
      expect(parsed.value.resources.map(({ kind }) => kind)).toEqual(['thing', 'certificate', 'policy']);
      expect(JSON.parse(printTemplate(parsed.value))).toEqual(JSON.parse(templateBody));
    },
  );

  it('loses nothing of any template, known to us or not', () => {
    const json = fc
      .jsonValue({ maxDepth: 3 })
      .filter((value) => !JSON.stringify(value).includes('-0') && isExact(value));
    const name = fc.oneof(
      fc.string(),
      fc.constantFrom('__proto__', 'constructor', '1', 'Type', 'a/b', 'AWS::IoT::Certificate::Id'),
    );
    const object = fc.dictionary(name, json, { maxKeys: 3 });
    const parameter = fc.record(
      { Type: fc.string(), Default: fc.string(), Description: json },
      { requiredKeys: [] },
    );
    const resource = fc
      .record({ Properties: object, OverrideSettings: object, Metadata: json }, { requiredKeys: [] })
      .chain((members) =>
        fc
          .constantFrom('AWS::IoT::Thing', 'AWS::IoT::Certificate', 'AWS::IoT::Policy', 'X')
          .map((Type) => ({ Type, ...members })),
      );
    const template = fc
      .record({
        Parameters: fc.dictionary(name, parameter, { maxKeys: 3 }),
        Resources: fc.dictionary(name, resource, { maxKeys: 3 }),
      })
      .chain((sections) =>
        fc
          .dictionary(fc.constantFrom('Mappings', 'Description', 'x'), json)
          .map((rest) => ({ ...sections, ...rest })),
      );
    fc.assert(
      fc.property(template, fc.integer({ min: 0, max: 2 }), (value, indent) => {
        const body = JSON.stringify(value);
        fc.pre(body.length < TEMPLATE_BODY_CHARACTERS_MAX / 4);
        const first = parseTemplate(body);
        if (!first.ok) expect.fail(JSON.stringify(first.failure));
        expect(sorted(templateToJson(first.value))).toBe(sorted(JSON.parse(body)));
        expect(parseTemplate(printTemplate(first.value, { indent }))).toEqual(first);
      }),
    );
  });

  it('takes a slash with and without its optional backslash as the same', () => {
    const withBackslash =
      '{"Parameters":{},"Resources":{"p":{"Type":"AWS::IoT::Policy","Properties":{"PolicyDocument":"a\\/b"}}}}';
    expect(parseTemplate(withBackslash)).toEqual(parseTemplate(withBackslash.replace('\\/', '/')));
  });

  it.each(
    byReason<[string, string, string, string]>([
      ['{', 'not-json', '$', 'cut off'],
      ['[]', 'not-an-object', '$', 'a list'],
      ['{"Resources":{}}', 'section-missing', '$.Parameters', 'both sections are mandatory'],
      ['{"Parameters":{}}', 'section-missing', '$.Resources', 'both sections are mandatory'],
      ['{"Parameters":[],"Resources":{}}', 'not-an-object', '$.Parameters', 'a list of parameters'],
      [
        '{"Parameters":{"A::B":"String"},"Resources":{}}',
        'not-an-object',
        '$.Parameters["A::B"]',
        'a type without its object',
      ],
      [
        '{"Parameters":{"a":{"Default":1}},"Resources":{}}',
        'not-a-string',
        '$.Parameters.a.Default',
        'parameters are strings',
      ],
      ['{"Parameters":{},"Resources":{"t":{}}}', 'type-missing', '$.Resources.t.Type', 'no type'],
      [`{"x":"${'x'.repeat(TEMPLATE_BODY_CHARACTERS_MAX)}"}`, 'too-long', '$', 'over 10240 characters'],
    ]),
  )('refuses as $row.1 at $row.2: $reason', ({ row: [body, code, path] }) => {
    expect(parseTemplate(body)).toMatchObject({ ok: false, failure: [{ code, path }] });
  });

  it('never throws, whatever the text or value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseTemplate(text)).toHaveProperty('ok');
      }),
    );
    fc.assert(
      fc.property(fc.json(), fc.json(), (parameters, resources) => {
        const sections = { Parameters: JSON.parse(parameters), Resources: JSON.parse(resources) };
        expect(templateFromJson(sections)).toHaveProperty('ok');
      }),
    );
  });
});

/** Members in one order, so that only their presence and values count. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1))
      : member,
  );
}

/** Whether every number survives being read: the reader refuses the others, which has its own test. */
function isExact(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isInteger(value) || Number.isSafeInteger(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(isExact);
}

/** Rows named by their last column, since the first is too long to print. */
function byReason<Row extends readonly [...unknown[], string]>(rows: readonly Row[]) {
  return rows.map((row) => ({ row, reason: row.at(-1) }));
}
