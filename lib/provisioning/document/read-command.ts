/**
 * The template of an AWS CLI command.
 * AWS CLI Command Reference: register-ca-certificate, update-ca-certificate, create-provisioning-template,
 * create-provisioning-template-version, update-provisioning-template, register-thing.
 * @module
 */
import { isJsonObject, type JsonValue, readJson } from '@/lib/policy/json-text';
import { parseRegistrationConfig } from '@/lib/provisioning/registration-config';
import { fail, ok } from '@/lib/result';
import { type Paste, type PastedTemplate, pasteFault } from './pasted-template';
import { shellWords } from './shell-words';

/** Reads a command that begins with `aws`. */
export function readCommand(command: string): Paste {
  const words = shellWords(command);
  if (!words.ok) return pasteFault(words.failure.code, { found: words.failure.found });
  const options = optionsOf(words.value);
  for (const name of ['registration-config', 'template-body', 'cli-input-json', 'cli-input-yaml']) {
    const file = /^(?:file|fileb):\/\/(.*)$/s.exec(options.get(name) ?? '')?.[1];
    if (file !== undefined) return pasteFault('file-reference', { found: file });
  }
  const input = readInput(options.get('cli-input-json'));
  if (!input.ok) return input;
  const given = (option: string, name: string) => options.get(option) ?? textOf(input.value.get(name));
  const common = {
    form: 'aws-cli' as const,
    templateName: given('template-name', 'templateName'),
    description: given('description', 'description'),
  };

  const config = options.get('registration-config') ?? configText(input.value.get('registrationConfig'));
  if (config !== undefined) return fromConfig(config, common);
  const body = given('template-body', 'templateBody');
  if (body === undefined)
    return pasteFault('command-without-template', { command: words.value.slice(1, 3).join(' ') });
  // Read as a config, so that a body that is escaped once too often is put right in one place.
  const parsed = parseRegistrationConfig(JSON.stringify({ templateBody: body }));
  if (!parsed.ok) return fail(parsed.failure);
  const templateBody = parsed.value.config.kind === 'inline' ? parsed.value.config.templateBody : body;
  const roleArn = given('provisioning-role-arn', 'provisioningRoleArn');
  return ok({ ...common, templateBody, roleArn, notes: parsed.value.notes });
}

function fromConfig(
  text: string,
  common: Pick<PastedTemplate, 'form' | 'templateName' | 'description'>,
): Paste {
  if (/^\s*(?:templateBody|roleArn)=/.test(text)) return pasteFault('cli-shorthand-body');
  const parsed = parseRegistrationConfig(text);
  if (!parsed.ok) return fail(parsed.failure);
  const { config, notes } = parsed.value;
  return config.kind === 'named'
    ? ok({ ...common, templateBody: undefined, roleArn: undefined, templateName: config.templateName, notes })
    : ok({ ...common, templateBody: config.templateBody, roleArn: config.roleArn, notes });
}

/** `--name value` and `--name=value`; a switch without a value has an empty one. */
function optionsOf(words: readonly string[]): Map<string, string> {
  const options = new Map<string, string>();
  for (const [index, word] of words.entries()) {
    const [, name, value] = /^--([a-z][a-z-]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) continue;
    const next = words[index + 1];
    options.set(name, value ?? (next === undefined || next.startsWith('--') ? '' : next));
  }
  return options;
}

function readInput(text: string | undefined) {
  if (text === undefined) return ok(new Map<string, JsonValue>());
  const read = readJson(text);
  if (!read.ok) return fail({ code: 'not-json' as const, path: '$', json: read.failure, params: {} });
  return ok(new Map(isJsonObject(read.value) ? Object.entries(read.value) : []));
}

const configText = (value: JsonValue | undefined) =>
  value === undefined ? undefined : JSON.stringify(value);
const textOf = (value: JsonValue | undefined) => (typeof value === 'string' ? value : undefined);
