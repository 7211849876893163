/**
 * A provisioning template in CloudFormation, as JSON (which its YAML reader takes too).
 * AWS CloudFormation Template Reference: AWS::IoT::ProvisioningTemplate, AWS::IoT::CACertificate.
 * @module
 */
import { isJsonObject, type JsonObject, member } from '@/lib/policy/json-text';
import { parseRegistrationConfig } from '@/lib/provisioning/registration-config';
import { fail, ok } from '@/lib/result';
import { type Paste, pasteFault } from './pasted-template';

export type NamedTemplateText = {
  templateName: string;
  description: string | undefined;
  templateBody: string;
  roleArn: string;
};

const TEMPLATE_TYPE = 'AWS::IoT::ProvisioningTemplate';
const CA_TYPE = 'AWS::IoT::CACertificate';

/** A stack with the one named template. Its strings are literal: CloudFormation replaces `${…}` inside Fn::Sub only. */
export function printCloudFormation({
  templateName,
  description,
  templateBody,
  roleArn,
}: NamedTemplateText): string {
  const properties: JsonObject = {
    TemplateName: templateName,
    ...(description === undefined ? {} : { Description: description }),
    TemplateType: 'JITP',
    Enabled: true,
    ProvisioningRoleArn: roleArn,
    TemplateBody: templateBody,
  };
  const resources = { ProvisioningTemplate: { Type: TEMPLATE_TYPE, Properties: properties } };
  return JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Resources: resources }, null, 2);
}

/** Whether a value is a stack with a provisioning template or a CA, or one such resource. */
export function isCloudFormation(value: JsonObject): boolean {
  return resourcesOf(value).length > 0;
}

/** Takes the first provisioning template, or the registration config of the first CA. */
export function readCloudFormation(value: JsonObject): Paste {
  const resources = resourcesOf(value);
  const found = resources.flatMap((resource) => {
    const properties = member(resource, 'Properties');
    if (!isJsonObject(properties)) return [];
    const config = member(properties, 'RegistrationConfig');
    if (member(resource, 'Type') === TEMPLATE_TYPE) return [{ properties, config: properties }];
    return isJsonObject(config) ? [{ properties, config }] : [];
  });
  const [first, ...others] = found;
  if (first === undefined) return pasteFault('no-template-resource');
  const text = (object: JsonObject, name: string) => {
    const property = member(object, name);
    return typeof property === 'string' ? property : undefined;
  };
  const body = member(first.config, 'TemplateBody');
  const name = text(first.config, 'TemplateName');
  const role = member(first.config, 'ProvisioningRoleArn') ?? member(first.config, 'RoleArn');
  const common = {
    form: 'cloudformation' as const,
    templateName: name,
    description: text(first.properties, 'Description'),
    roleArn: typeof role === 'string' ? role : undefined,
  };
  const notes = others.length === 0 ? [] : (['others-left-out'] as const);
  if (body === undefined && name !== undefined)
    return ok({ ...common, templateBody: undefined, notes: [...notes] });
  // Fn::Sub, Ref and their like: the text is made by the stack. A template written as an object is text all the same.
  if (isJsonObject(body) && !Object.hasOwn(body, 'Resources')) {
    return pasteFault('computed-template', { found: Object.keys(body).join(', ') });
  }
  const parsed = parseRegistrationConfig(JSON.stringify({ templateBody: body ?? null }));
  if (!parsed.ok) return fail(parsed.failure);
  const { config } = parsed.value;
  return ok({
    ...common,
    templateBody: config.kind === 'inline' ? config.templateBody : undefined,
    notes: [
      ...parsed.value.notes,
      ...notes,
      ...(isJsonObject(role) ? (['role-is-a-reference'] as const) : []),
    ],
  });
}

function resourcesOf(value: JsonObject): JsonObject[] {
  const isOurs = (resource: JsonObject) => {
    const type = member(resource, 'Type');
    return type === TEMPLATE_TYPE || type === CA_TYPE;
  };
  if (isOurs(value)) return [value];
  const resources = member(value, 'Resources');
  return isJsonObject(resources) ? Object.values(resources).filter(isJsonObject).filter(isOurs) : [];
}
