/**
 * A provisioning template in Terraform.
 * Terraform AWS provider, aws_iot_provisioning_template and aws_iot_ca_certificate; Terraform language, "Strings and
 * Templates".
 * @module
 */
import type { JsonValue } from '@/lib/policy/json-text';
import { parseRegistrationConfig } from '@/lib/provisioning/registration-config';
import { fail, ok } from '@/lib/result';
import type { NamedTemplateText } from './cloudformation';
import { type HclBlock, type HclValue, parseHcl } from './hcl';
import { type Paste, pasteFault } from './pasted-template';

/** One resource with literal strings only, so that nothing of a policy's `${…}` is taken for an interpolation. */
export function printTerraform({
  templateName,
  description,
  templateBody,
  roleArn,
}: NamedTemplateText): string {
  const lines: [string, string][] = [
    ['name', hclString(templateName)],
    ...(description === undefined
      ? []
      : [['description', hclString(description)] satisfies [string, string]]),
    ['type', hclString('JITP')],
    ['enabled', 'true'],
    ['provisioning_role_arn', hclString(roleArn)],
    ['template_body', hclString(templateBody)],
  ];
  const label = templateName.replace(/[^\w-]/g, '_').replace(/^(?=[^A-Za-z_])/, '_');
  const width = Math.max(...lines.map(([name]) => name.length));
  const body = lines.map(([name, value]) => `  ${name.padEnd(width)} = ${value}\n`).join('');
  return `resource "aws_iot_provisioning_template" "${label}" {\n${body}}\n`;
}

/** Takes the first provisioning template, or the registration config of the first CA. */
export function readTerraform(text: string): Paste {
  const parsed = parseHcl(text);
  if (parsed === undefined) return pasteFault('not-terraform');
  const found = parsed.flatMap((block): HclBlock[] => {
    if (block.labels[0] === 'aws_iot_provisioning_template') return [block];
    if (block.labels[0] !== 'aws_iot_ca_certificate') return [];
    return block.blocks.filter(({ type }) => type === 'registration_config');
  });
  const [block, ...others] = found;
  if (block === undefined) return pasteFault('no-template-resource');
  const literal = (...names: string[]) => {
    const value = names
      .map((name) => block.attributes.get(name))
      .find((candidate) => candidate !== undefined);
    return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
  };
  const role = block.attributes.get('provisioning_role_arn') ?? block.attributes.get('role_arn');
  const common = {
    form: 'terraform' as const,
    templateName: literal('name', 'template_name'),
    description: literal('description'),
    roleArn: literal('provisioning_role_arn', 'role_arn'),
  };
  const notes = [
    ...(others.length === 0 ? [] : (['others-left-out'] as const)),
    ...(role?.kind === 'computed' ? (['role-is-a-reference'] as const) : []),
  ];
  const body = bodyOf(block.attributes.get('template_body'));
  if (body === undefined) {
    return common.templateName === undefined
      ? pasteFault('no-template-resource')
      : ok({ ...common, templateBody: undefined, notes });
  }
  if (typeof body === 'object' && body !== null && 'computed' in body) {
    return pasteFault('computed-template', { found: body.computed });
  }
  const config = parseRegistrationConfig(JSON.stringify({ templateBody: body.text }));
  if (!config.ok) return fail(config.failure);
  const { config: read, notes: readNotes } = config.value;
  return ok({
    ...common,
    templateBody: read.kind === 'inline' ? read.templateBody : undefined,
    notes: [...readNotes, ...notes],
  });
}

function bodyOf(value: HclValue | undefined): { text: JsonValue } | { computed: string } | undefined {
  if (value === undefined) return undefined;
  return value.kind === 'literal' ? { text: value.value } : { computed: value.expression.slice(0, 80) };
}

/** A quoted string; `${` and `%{` are doubled, which makes them text. */
function hclString(text: string): string {
  return JSON.stringify(text).replace(/[$%](?=\{)/g, '$&$&');
}
