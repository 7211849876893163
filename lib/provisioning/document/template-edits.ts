/**
 * The changes a person makes in the visual editor, as edits of the template's text.
 * AWS IoT Developer Guide, "Provisioning templates".
 * @module
 */
import type { JsonEdit } from '@/lib/policy/json-edit';
import type { JsonObject } from '@/lib/policy/json-text';
import { CERTIFICATE_ID_PARAMETER } from '@/lib/provisioning/certificate-parameters';
import { RESOURCE_TYPES, type ResourceKind, type Template } from '@/lib/provisioning/template';
import { type VisualValue, visualValueToJson } from './visual-template';

type ThingProperty = 'ThingName' | 'ThingTypeName' | 'BillingGroup';
type PropertyName = ThingProperty | 'CertificateId' | 'Status' | 'PolicyName' | 'PolicyDocument';

/** Declares a parameter, or changes its Default; what else it has is kept. */
export function setParameter(
  template: Template,
  name: string,
  { defaultValue }: { defaultValue?: string | undefined } = {},
): JsonEdit[] {
  const path = ['Parameters', name];
  const declared = template.parameters.find((parameter) => parameter.name === name);
  if (declared === undefined) {
    const value: JsonObject = { Type: 'String' };
    if (defaultValue !== undefined) value['Default'] = defaultValue;
    return [{ kind: 'set', path, value }];
  }
  if (declared.defaultValue === defaultValue) return [];
  return defaultValue === undefined
    ? [{ kind: 'remove', path: [...path, 'Default'] }]
    : [{ kind: 'set', path: [...path, 'Default'], value: defaultValue }];
}

export function removeParameter(name: string): JsonEdit[] {
  return [{ kind: 'remove', path: ['Parameters', name] }];
}

/** Adds a resource with what its kind cannot do without, under a name that is free. */
export function addResource(
  template: Template,
  kind: ResourceKind,
): { logicalId: string; edits: JsonEdit[] } {
  const taken = new Set(template.resources.map((resource) => resource.logicalId));
  let logicalId: string = kind;
  for (let number = 2; taken.has(logicalId); number += 1) logicalId = `${kind}${number}`;
  const declare = (name: string) => (isDeclared(template, name) ? [] : setParameter(template, name));
  const commonName = 'AWS::IoT::Certificate::CommonName';
  const contents: Record<ResourceKind, { needs: string[]; properties: JsonObject }> = {
    thing: { needs: [commonName], properties: { ThingName: { Ref: commonName } } },
    certificate: {
      needs: [CERTIFICATE_ID_PARAMETER],
      properties: { CertificateId: { Ref: CERTIFICATE_ID_PARAMETER }, Status: 'ACTIVE' },
    },
    policy: { needs: [], properties: { PolicyName: '' } },
  };
  const { needs, properties } = contents[kind];
  const value = { Type: RESOURCE_TYPES[kind], Properties: properties };
  return {
    logicalId,
    edits: [...needs.flatMap(declare), { kind: 'set', path: ['Resources', logicalId], value }],
  };
}

export function removeResource(logicalId: string): JsonEdit[] {
  return [{ kind: 'remove', path: ['Resources', logicalId] }];
}

export function renameResource(logicalId: string, name: string): JsonEdit[] {
  return [{ kind: 'rename', path: ['Resources', logicalId], name }];
}

/** Sets or removes a property; a parameter that it refers to is declared. */
export function setProperty(
  template: Template,
  logicalId: string,
  property: PropertyName,
  value: VisualValue | undefined,
): JsonEdit[] {
  return setValue(template, [...propertiesOf(logicalId), property], value);
}

/** A policy is named or described, never both: what was there before gives way. */
export function setPolicy(
  template: Template,
  logicalId: string,
  policy: { name: VisualValue } | { document: string },
): JsonEdit[] {
  const [property, other, value]: [PropertyName, PropertyName, VisualValue] =
    'name' in policy
      ? ['PolicyName', 'PolicyDocument', policy.name]
      : ['PolicyDocument', 'PolicyName', { kind: 'text', text: policy.document }];
  const properties = template.resources.find((resource) => resource.logicalId === logicalId)?.properties;
  const clear: JsonEdit[] =
    properties !== undefined && Object.hasOwn(properties, other)
      ? [{ kind: 'remove', path: [...propertiesOf(logicalId), other] }]
      : [];
  return [...setProperty(template, logicalId, property, value), ...clear];
}

/** Edits inside a policy document, whether the template has it as text or as an object. */
export function editPolicy(logicalId: string, edits: readonly JsonEdit[]): JsonEdit[] {
  return [{ kind: 'within', path: [...propertiesOf(logicalId), 'PolicyDocument'], edits }];
}

export function setAttribute(
  template: Template,
  logicalId: string,
  name: string,
  value: VisualValue | undefined,
): JsonEdit[] {
  return setValue(template, [...propertiesOf(logicalId), 'AttributePayload', name], value);
}

export function renameAttribute(logicalId: string, from: string, name: string): JsonEdit[] {
  return [{ kind: 'rename', path: [...propertiesOf(logicalId), 'AttributePayload', from], name }];
}

/** Replaces the list of thing groups; an empty list removes the property. */
export function setThingGroups(
  template: Template,
  logicalId: string,
  groups: readonly VisualValue[],
): JsonEdit[] {
  const path = [...propertiesOf(logicalId), 'ThingGroups'];
  if (groups.length === 0) return [{ kind: 'remove', path }];
  return [
    ...groups.flatMap((group) => declarationFor(template, group)),
    { kind: 'set', path, value: groups.map(visualValueToJson) },
  ];
}

export function setOverride(
  logicalId: string,
  property: string,
  setting: 'DO_NOTHING' | 'REPLACE' | 'MERGE' | 'FAIL' | undefined,
): JsonEdit[] {
  const path = ['Resources', logicalId, 'OverrideSettings', property];
  return [setting === undefined ? { kind: 'remove', path } : { kind: 'set', path, value: setting }];
}

function setValue(template: Template, path: string[], value: VisualValue | undefined): JsonEdit[] {
  if (value === undefined) return [{ kind: 'remove', path }];
  return [...declarationFor(template, value), { kind: 'set', path, value: visualValueToJson(value) }];
}

function declarationFor(template: Template, value: VisualValue): JsonEdit[] {
  const isMissing = value.kind === 'parameter' && !isDeclared(template, value.name);
  return isMissing ? setParameter(template, value.name) : [];
}

const isDeclared = (template: Template, name: string) =>
  template.parameters.some((parameter) => parameter.name === name);

const propertiesOf = (logicalId: string) => ['Resources', logicalId, 'Properties'];
