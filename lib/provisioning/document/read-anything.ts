/**
 * Takes a template out of whatever a person has at hand.
 * @module
 */
import { isJsonObject, type JsonObject, member, readJson } from '@/lib/policy/json-text';
import { CONFIG_CHARACTERS_MAX, parseRegistrationConfig } from '@/lib/provisioning/registration-config';
import { fail, ok } from '@/lib/result';
import { isCloudFormation, readCloudFormation } from './cloudformation';
import { type Paste, type PastedTemplate, pasteFault } from './pasted-template';
import { isCloudTrail, readCloudTrail } from './read-cloudtrail';
import { readCommand } from './read-command';
import { readTerraform } from './terraform';

/**
 * Reads a pasted or dropped text: a registration config, a template, an escaped template with or without quotes and `\/`,
 * an AWS CLI command, a CloudTrail event, the output of a describe or get call, CloudFormation as JSON, or Terraform.
 *
 * Total. What is not understood is refused with a code; nothing is guessed, what was put right is in `notes`.
 */
export function readAnything(text: string): Paste {
  if (text.length > CONFIG_CHARACTERS_MAX) {
    return pasteFault('too-large', { characters: text.length, max: CONFIG_CHARACTERS_MAX });
  }
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (/^-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/m.test(trimmed)) return pasteFault('private-key');
  if (trimmed.startsWith('-----BEGIN ')) return pasteFault('pem');
  if (/^(?:[$#>]\s+)?aws\s/.test(trimmed)) return readCommand(trimmed.replace(/^[$#>]\s+/, ''));
  if (/^(?:resource|module|provider|terraform|locals|variable|data|output)\b[^{]*\{/m.test(trimmed)) {
    if (!trimmed.startsWith('{')) return readTerraform(trimmed);
  }
  const read = readJson(trimmed);
  if (read.ok && isJsonObject(read.value)) {
    if (isCloudTrail(read.value)) return readCloudTrail(read.value);
    if (isCloudFormation(read.value)) return readCloudFormation(read.value);
    const version = member(read.value, 'templateName');
    return fromConfig(text, typeof version === 'string' ? version : undefined, read.value);
  }
  if (!read.ok && /^\s*Type:\s*["']?AWS::IoT::/m.test(trimmed)) return pasteFault('yaml-not-read');
  return fromConfig(text, undefined, {});
}

function fromConfig(text: string, templateName: string | undefined, value: JsonObject): Paste {
  const parsed = parseRegistrationConfig(text);
  if (!parsed.ok) return fail(parsed.failure);
  const { form, config, notes } = parsed.value;
  const description = member(value, 'description');
  const common = {
    form,
    notes,
    description: typeof description === 'string' ? description : undefined,
  } satisfies Partial<PastedTemplate>;
  return config.kind === 'named'
    ? ok({ ...common, templateBody: undefined, roleArn: undefined, templateName: config.templateName })
    : ok({ ...common, templateBody: config.templateBody, roleArn: config.roleArn, templateName });
}
