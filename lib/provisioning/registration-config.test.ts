import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import admin from './fixtures/jitp-admin.json';
import predefined from './fixtures/jitp-predefined-policy.json';
import scoped from './fixtures/jitp-scoped.json';
import {
  CONFIG_CHARACTERS_MAX,
  parseRegistrationConfig,
  printRegistrationConfig,
} from './registration-config';

const BODY = scoped.templateBody;
const ROLE = 'arn:aws:iam::123456789012:role/JITPRole';
const inline = (templateBody: string, roleArn?: string) => ({ kind: 'inline', templateBody, roleArn });

describe('parseRegistrationConfig', () => {
  it.each([
    ['admin', admin],
    ['predefined', predefined],
    ['scoped', scoped],
  ])('takes the %s file of the AWS article and gives it back equal', (_, file) => {
    const parsed = parseRegistrationConfig(JSON.stringify(file));
    if (!parsed.ok) expect.fail(parsed.failure.code);
    expect(parsed.value).toEqual({
      form: 'registration-config',
      config: inline(file.templateBody, file.roleArn),
      notes: [],
    });
    expect(JSON.parse(printRegistrationConfig(parsed.value.config))).toEqual(file);
  });

  it.each(
    byReason<[string, string, object, string[], string]>([
      [
        JSON.stringify({ templateBody: BODY, roleArn: ROLE }),
        'registration-config',
        inline(BODY, ROLE),
        [],
        'the file',
      ],
      [
        `\uFEFF${JSON.stringify({ templateBody: BODY })}\r\n`,
        'registration-config',
        inline(BODY),
        [],
        'byte order mark',
      ],
      [BODY, 'template-body', inline(BODY), [], 'the bare template'],
      [JSON.stringify(BODY), 'escaped-template-body', inline(BODY), [], 'the escaped string with its quotes'],
      [JSON.stringify(BODY).slice(1, -1), 'escaped-template-body', inline(BODY), [], 'without its quotes'],
      [
        JSON.stringify(BODY).replaceAll('/', '\\/'),
        'escaped-template-body',
        inline(BODY),
        [],
        'with the optional backslashes before slashes',
      ],
      [`'${BODY}'`, 'template-body', inline(BODY), ['shell-quotes-removed'], 'copied with its shell quotes'],
      [
        JSON.stringify({ templateBody: JSON.stringify(BODY), roleArn: ROLE }),
        'registration-config',
        inline(BODY, ROLE),
        ['double-escaped'],
        'escaped once too often',
      ],
      [
        JSON.stringify({ templateBody: JSON.parse(BODY), roleArn: ROLE }),
        'registration-config',
        inline(JSON.stringify(JSON.parse(BODY)), ROLE),
        ['template-body-was-an-object'],
        'not escaped at all',
      ],
      [
        JSON.stringify({
          certificateDescription: {},
          registrationConfig: { templateBody: BODY, roleArn: ROLE },
        }),
        'describe-ca-certificate',
        inline(BODY, ROLE),
        [],
        'what describe-ca-certificate prints',
      ],
      [
        JSON.stringify({
          templateArn: 'a',
          templateName: 't',
          templateBody: BODY,
          provisioningRoleArn: ROLE,
        }),
        'describe-provisioning-template',
        inline(BODY, ROLE),
        [],
        'what describe-provisioning-template prints',
      ],
      [
        '{"templateName":"fleet"}',
        'registration-config',
        { kind: 'named', templateName: 'fleet' },
        [],
        'by name',
      ],
      [
        'templateName=fleet',
        'cli-shorthand',
        { kind: 'named', templateName: 'fleet' },
        [],
        "the CLI's shorthand",
      ],
    ]),
  )('takes $row.1: $reason', ({ row: [text, form, config, notes] }) => {
    expect(parseRegistrationConfig(text)).toEqual({ ok: true, value: { form, config, notes } });
  });

  it.each(
    byReason<[string, string, string]>([
      [' ', 'empty', 'nothing'],
      ['hello', 'not-json', 'prose'],
      ['[1]', 'not-a-config', 'a list'],
      ['{"Version":"2012-10-17","Statement":[]}', 'not-a-config', 'a policy instead of a template'],
      ['{"certificateDescription":{}}', 'no-registration-config', 'a CA without template'],
      ['{"templateName":"a","templateBody":"{}"}', 'template-name-and-body', 'both'],
      ['{"templateName":"a b"}', 'template-name-invalid', 'a space in the name'],
      ['{"templateBody":1}', 'not-a-string', 'a number'],
      ['x'.repeat(CONFIG_CHARACTERS_MAX + 1), 'too-large', 'over the bound'],
    ]),
  )('refuses as $row.1: $reason', ({ row: [text, code] }) => {
    expect(parseRegistrationConfig(text)).toMatchObject({ ok: false, failure: { code } });
  });

  it('says where JSON breaks', () => {
    expect(parseRegistrationConfig('{\n "templateBody": "x",\n}')).toMatchObject({
      failure: { json: { at: { line: 3, column: 1, offset: 24 } } },
    });
  });

  it('removes indentation only when the body is too long with it', () => {
    const long = JSON.stringify({ ...JSON.parse(BODY), Description: 'x'.repeat(6000) }, null, 10).replaceAll(
      '\n',
      `\n${' '.repeat(100)}`,
    );
    const parsed = parseRegistrationConfig(long);
    expect(parsed.ok && parsed.value.notes).toEqual(['white-space-removed']);
  });

  it('reads back every config it prints', () => {
    const body = fc.oneof(
      fc.jsonValue().map((value) => JSON.stringify({ Parameters: {}, Resources: {}, x: value })),
      fc.string().filter((text) => !text.trimStart().startsWith('"')),
    );
    const config = fc.oneof(
      fc.record({
        kind: fc.constant('inline' as const),
        templateBody: body,
        roleArn: fc.option(fc.string(), { nil: undefined }),
      }),
      fc.record({
        kind: fc.constant('named' as const),
        templateName: fc.stringMatching(/^[0-9A-Za-z_-]{1,36}$/),
      }),
    );
    fc.assert(
      fc.property(config, (value) => {
        const parsed = parseRegistrationConfig(printRegistrationConfig(value));
        expect(parsed.ok && parsed.value.config).toEqual(value);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseRegistrationConfig(text)).toHaveProperty('ok');
      }),
    );
  });
});

/** Rows named by their last column, since the first is too long to print. */
function byReason<Row extends readonly [...unknown[], string]>(rows: readonly Row[]) {
  return rows.map((row) => ({ row, reason: row.at(-1) }));
}
