import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '@/lib/policy/json-text';
import { anyJson } from '@/lib/policy/testing/json-arbitrary';
import scoped from '@/lib/provisioning/fixtures/jitp-scoped.json';
import { rangesInConfigText, readConfigText } from './config-text';
import {
  dropBroken,
  type EditorText,
  editTemplate,
  openText,
  replaceBody,
  setRole,
  shownText,
  typeText,
} from './editor-text';

const ROLE = 'arn:aws:iam::123456789012:role/JITPRole';
const opened = () => openText({ body: scoped.templateBody, roleArn: ROLE });

/** The law of the views: the config reads to the template and the role that are shown beside it. */
const expectInStep = ({ config, body, roleArn }: EditorText) =>
  expect(readConfigText(config)).toEqual({ ok: true, value: { body, roleArn } });

const text = fc.oneof(
  fc.string(),
  anyJson(3).map((value) => JSON.stringify(value)),
  anyJson(2).map((value) => JSON.stringify({ templateBody: JSON.stringify(value), roleArn: ROLE, x: value })),
  fc.constantFrom(scoped.templateBody, JSON.stringify(scoped), scoped.templateBody.slice(0, 300), '', '{'),
);
const step = fc.oneof(
  fc.record({ kind: fc.constant('type' as const), view: fc.constantFrom('template', 'config'), text }),
  fc.record({ kind: fc.constant('role' as const), role: fc.constantFrom('', ROLE, 'x"\\') }),
  fc.record({ kind: fc.constant('edit' as const), name: fc.string(), value: anyJson(1) }),
  fc.record({ kind: fc.constant('drop' as const) }),
);

describe('the texts of the editor', () => {
  it('say the same whatever is typed, and lose nothing that is typed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let state = opened();
        for (const act of steps) {
          if (act.kind === 'type') {
            state = typeText(state, act.view, act.text);
            expect(shownText(state, act.view)).toBe(act.text);
          } else if (act.kind === 'role') state = setRole(state, act.role);
          else if (act.kind === 'drop') state = dropBroken(state);
          else state = editTemplate(state, [{ kind: 'set', path: [act.name], value: act.value }]);
          expectInStep(state);
          expect(readJson(state.body).ok).toBe(true);
        }
      }),
    );
  });

  it('bring any document through every view unchanged', () => {
    fc.assert(
      fc.property(anyJson(4), (value) => {
        const body = JSON.stringify(value, null, 2);
        const typed = typeText(opened(), 'template', body);
        const pasted = typeText(opened(), 'config', shownText(typed, 'config'));
        expect(shownText(pasted, 'template')).toBe(body);
      }),
    );
  });

  it('keep the manner and the unknown members of a config that was pasted', () => {
    const config = `{"note": 1,\n   "roleArn" : "${ROLE}", "templateBody" : "{}" }`;
    const state = replaceBody(typeText(opened(), 'config', config), '{"a":"b"}');
    expect(state.config).toBe(
      `{"note": 1,\n   "roleArn" : "${ROLE}", "templateBody" : "{\\"a\\":\\"b\\"}" }`,
    );
  });

  it('hold what is typed and broken, with its place, and change nothing else meanwhile', () => {
    const broken = typeText(opened(), 'template', '{"Parameters": }');
    expect(broken.broken).toMatchObject({
      view: 'template',
      code: 'not-json',
      range: { start: 15, end: 16 },
    });
    expect(shownText(broken, 'config')).toBe(opened().config);
    expect(setRole(broken, '')).toBe(broken);
    expect(editTemplate(broken, [{ kind: 'remove', path: ['Resources'] }])).toBe(broken);
    expect(dropBroken(broken)).toEqual(opened());
    expect(typeText(broken, 'template', opened().body)).toEqual(opened());
  });

  it.each([
    { config: '{', code: 'not-json', at: 1, why: 'it is cut off' },
    { config: '[]', code: 'not-an-object', at: 0, why: 'it is a list' },
    { config: '{"templateName": "x"}', code: 'no-template-body', at: 0, why: 'it names a template' },
    { config: '{"templateBody": {}}', code: 'not-a-string', at: 17, why: 'the body is not escaped' },
    {
      config: '{"templateBody": "{}", "roleArn": 1}',
      code: 'not-a-string',
      at: 34,
      why: 'the role is a number',
    },
    {
      config: '{"templateBody": "{\\"a\\" 1}"}',
      code: 'body-not-json',
      at: 25,
      why: 'the body lacks a colon',
    },
  ])('place the fault of a config: $why', ({ config, code, at }) => {
    expect(typeText(opened(), 'config', config).broken).toMatchObject({ code, range: { start: at } });
  });

  it('find a place of the template in the config', () => {
    const { body, config } = opened();
    const start = body.indexOf('ThingName');
    const range = rangesInConfigText(config)({ start, end: start + 'ThingName'.length });
    expect(range && config.slice(range.start, range.end)).toBe('ThingName');
  });

  it('open what is no JSON as a text being typed', () => {
    const state = openText({ body: 'oops', roleArn: ROLE });
    expect(shownText(state, 'template')).toBe('oops');
    expectInStep(state);
  });
});
