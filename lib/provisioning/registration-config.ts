/**
 * The registration config of a CA, in every form people have it in.
 * AWS IoT API Reference, RegistrationConfig; AWS CLI `register-ca-certificate`, `describe-ca-certificate`.
 * @module
 */
import {
  isJsonObject,
  type JsonFault,
  type JsonObject,
  type JsonValue,
  member,
  readJson,
} from '@/lib/policy/json-text';
import { fail, ok, type Result } from '@/lib/result';
import { TEMPLATE_BODY_CHARACTERS_MAX } from './template';

/** `templateBody` is kept character for character, so that what AWS holds and what we show are the same. */
export type RegistrationConfig =
  | { kind: 'inline'; templateBody: string; roleArn: string | undefined }
  | { kind: 'named'; templateName: string };

/** How the text was taken; shown so that a person sees that we understood it. */
export type ConfigForm =
  | 'registration-config'
  | 'cli-shorthand'
  | 'template-body'
  | 'escaped-template-body'
  | 'describe-ca-certificate'
  | 'describe-provisioning-template';

/** What we put right on the way. */
export type ConfigNote =
  | 'template-body-was-an-object'
  | 'double-escaped'
  | 'white-space-removed'
  | 'shell-quotes-removed';

export type ParsedConfig = { form: ConfigForm; config: RegistrationConfig; notes: ConfigNote[] };

export type ConfigFault = {
  code:
    | 'too-large'
    | 'empty'
    | 'not-json'
    | 'not-a-config'
    | 'no-registration-config'
    | 'template-name-and-body'
    | 'template-name-invalid'
    | 'not-a-string';
  /** JSON path from `$`; `$` when the text itself is at fault. */
  path: string;
  json: JsonFault | undefined;
  params: Record<string, string | number>;
};

/** Six times the longest template body: room for three levels of escaping and for what the CLI prints around it. */
export const CONFIG_CHARACTERS_MAX = 65_536;

const TEMPLATE_NAME = /^[0-9A-Za-z_-]{1,36}$/;

/**
 * Reads a pasted or dropped registration config.
 *
 * Takes `{templateBody, roleArn}`, `{templateName}`, the CLI's `templateName=…`, a template as JSON, a template as
 * escaped string with or without its quotes, and the output of `describe-ca-certificate` or
 * `describe-provisioning-template`.
 */
export function parseRegistrationConfig(text: string): Result<ParsedConfig, ConfigFault> {
  if (text.length > CONFIG_CHARACTERS_MAX) {
    return fail(fault('too-large', '$', { characters: text.length, max: CONFIG_CHARACTERS_MAX }));
  }
  const notes: ConfigNote[] = [];
  const trimmed = stripShellQuotes(text.replace(/^\uFEFF/, '').trim(), notes);
  if (trimmed === '') return fail(fault('empty', '$'));

  const shorthand = /^templateName=(\S*)$/.exec(trimmed)?.[1];
  if (shorthand !== undefined) return named(shorthand, 'cli-shorthand', '$', notes);

  const read = readJson(trimmed);
  if (read.ok) return interpret(read.value, trimmed, notes);
  const unescaped = readEscaped(trimmed);
  if (unescaped !== undefined) return interpret(unescaped, trimmed, notes);
  return fail(fault('not-json', '$', {}, read.failure));
}

/** The JSON file of a config, as `--registration-config file://…` takes it; read back it is equal. */
export function printRegistrationConfig(config: RegistrationConfig): string {
  if (config.kind === 'named') return JSON.stringify({ templateName: config.templateName }, null, 1);
  const { templateBody, roleArn } = config;
  return JSON.stringify(roleArn === undefined ? { templateBody } : { templateBody, roleArn }, null, 1);
}

function interpret(value: JsonValue, text: string, notes: ConfigNote[]): Result<ParsedConfig, ConfigFault> {
  if (typeof value === 'string') return inline('escaped-template-body', value, undefined, notes);
  if (!isJsonObject(value)) return fail(fault('not-a-config', '$'));
  const nested = member(value, 'registrationConfig');
  if (isJsonObject(nested))
    return fromConfig(nested, 'describe-ca-certificate', '$.registrationConfig', notes);
  if (Object.hasOwn(value, 'certificateDescription')) return fail(fault('no-registration-config', '$'));
  if (Object.hasOwn(value, 'templateBody') || Object.hasOwn(value, 'templateName')) {
    const isDescription = Object.hasOwn(value, 'provisioningRoleArn') || Object.hasOwn(value, 'templateArn');
    return isDescription
      ? fromDescription(value, notes)
      : fromConfig(value, 'registration-config', '$', notes);
  }
  if (Object.hasOwn(value, 'Resources') || Object.hasOwn(value, 'Parameters')) {
    return inline('template-body', text, undefined, notes);
  }
  return fail(fault('not-a-config', '$', { members: Object.keys(value).slice(0, 5).join(', ') }));
}

function fromConfig(
  config: JsonObject,
  form: ConfigForm,
  path: string,
  notes: ConfigNote[],
): Result<ParsedConfig, ConfigFault> {
  const name = member(config, 'templateName');
  const body = member(config, 'templateBody');
  // Both at once is not documented; whichever we chose would be a guess.
  if (name !== undefined && body !== undefined) return fail(fault('template-name-and-body', path));
  if (name !== undefined) {
    if (typeof name !== 'string') return fail(fault('not-a-string', `${path}.templateName`));
    return named(name, form, `${path}.templateName`, notes);
  }
  const roleArn = member(config, 'roleArn');
  if (roleArn !== undefined && typeof roleArn !== 'string')
    return fail(fault('not-a-string', `${path}.roleArn`));
  return fromBody(form, body, roleArn, { path: `${path}.templateBody`, notes });
}

/** A named template's text, role and all: taken as an inline config, since the name already has its own form. */
function fromDescription(value: JsonObject, notes: ConfigNote[]): Result<ParsedConfig, ConfigFault> {
  const roleArn = member(value, 'provisioningRoleArn');
  const role = typeof roleArn === 'string' ? roleArn : undefined;
  return fromBody('describe-provisioning-template', member(value, 'templateBody'), role, {
    path: '$.templateBody',
    notes,
  });
}

function fromBody(
  form: ConfigForm,
  body: JsonValue | undefined,
  roleArn: string | undefined,
  { path, notes }: { path: string; notes: ConfigNote[] },
): Result<ParsedConfig, ConfigFault> {
  if (typeof body === 'string') return inline(form, body, roleArn, notes);
  if (!isJsonObject(body))
    return fail(fault(body === undefined ? 'no-registration-config' : 'not-a-string', path));
  notes.push('template-body-was-an-object');
  return inline(form, JSON.stringify(body), roleArn, notes);
}

function inline(
  form: ConfigForm,
  body: string,
  roleArn: string | undefined,
  notes: ConfigNote[],
): Result<ParsedConfig, ConfigFault> {
  const templateBody = shorten(unwrap(body, notes), notes);
  return ok({ form, config: { kind: 'inline', templateBody, roleArn }, notes });
}

function named(
  templateName: string,
  form: ConfigForm,
  path: string,
  notes: ConfigNote[],
): Result<ParsedConfig, ConfigFault> {
  if (!TEMPLATE_NAME.test(templateName)) return fail(fault('template-name-invalid', path, { templateName }));
  return ok({ form, config: { kind: 'named', templateName }, notes });
}

/** One escaping too many is the commonest mistake with this format: the body is then a string within a string. */
function unwrap(body: string, notes: ConfigNote[]): string {
  if (!body.trimStart().startsWith('"')) return body;
  const read = readJson(body);
  if (!read.ok || typeof read.value !== 'string') return body;
  if (!notes.includes('double-escaped')) notes.push('double-escaped');
  return unwrap(read.value, notes);
}

/** A body that is too long only for its indentation is sent without it. */
function shorten(body: string, notes: ConfigNote[]): string {
  if (body.length <= TEMPLATE_BODY_CHARACTERS_MAX) return body;
  const read = readJson(body);
  if (!read.ok) return body;
  const short = JSON.stringify(read.value);
  if (short.length > TEMPLATE_BODY_CHARACTERS_MAX) return body;
  notes.push('white-space-removed');
  return short;
}

function stripShellQuotes(text: string, notes: ConfigNote[]): string {
  if (text.length < 2 || !text.startsWith("'") || !text.endsWith("'")) return text;
  notes.push('shell-quotes-removed');
  return text.slice(1, -1).trim();
}

/** An escaped body copied without its surrounding quotes, perhaps wrapped over lines. */
function readEscaped(text: string): string | undefined {
  if (!text.includes('\\"')) return undefined;
  const oneLine = text.replace(/[\r\n\t]+/g, ' ');
  const read = readJson(`"${oneLine}"`);
  if (!read.ok || typeof read.value !== 'string') return undefined;
  return readJson(read.value).ok ? read.value : undefined;
}

function fault(
  code: ConfigFault['code'],
  path: string,
  params: ConfigFault['params'] = {},
  json: JsonFault | undefined = undefined,
): ConfigFault {
  return { code, path, json, params };
}
