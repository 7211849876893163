/**
 * What the visual editor draws of a template: parameters, resources, and which feeds which. A projection only: what it
 * does not model is listed in `kept`, stays in the text, and is edited there.
 * AWS IoT Developer Guide, "Provisioning templates".
 * @module
 */
import { isJsonObject, type JsonObject, type JsonValue, member } from '@/lib/policy/json-text';
import { type ParameterSource, parameterSource } from '@/lib/provisioning/certificate-parameters';
import { propertiesPath, refName, usesIn } from '@/lib/provisioning/references';
import {
  memberPath,
  type ResourceKind,
  type Template,
  type TemplateResource,
} from '@/lib/provisioning/template';

export type VisualValue =
  | { kind: 'text'; text: string }
  | { kind: 'parameter'; name: string }
  /** A function, or anything else that is neither text nor Ref, as JSON text. */
  | { kind: 'other'; json: string };

export type VisualEntry = { name: string; value: VisualValue };

/** Something in the document that has no place in the visual editor. */
export type KeptPart = { path: string; json: string };

export type VisualResource = {
  logicalId: string;
  path: string;
  type: string;
  overrides: VisualEntry[];
  kept: KeptPart[];
} & (
  | {
      kind: 'thing';
      name: VisualValue | undefined;
      typeName: VisualValue | undefined;
      billingGroup: VisualValue | undefined;
      groups: VisualValue[];
      attributes: VisualEntry[];
    }
  | { kind: 'certificate'; certificateId: VisualValue | undefined; status: VisualValue | undefined }
  /** Both, or neither, of `name` and `document` can stand there: AWS refuses that, the editor shows it. */
  | { kind: 'policy'; name: VisualValue | undefined; document: string | undefined }
  | { kind: 'other' }
);

export type VisualParameter = {
  name: string;
  path: string;
  /** Undefined for a name that JITP does not fill. */
  source: ParameterSource | undefined;
  defaultValue: string | undefined;
  kept: KeptPart[];
};

export type VisualTemplate = {
  parameters: VisualParameter[];
  resources: VisualResource[];
  /** The edges of the graph: a parameter, and the property of a resource that it fills. */
  edges: { parameter: string; path: string }[];
  /** Top-level sections that JITP does not have. */
  kept: KeptPart[];
};

/** Draws a template. */
export function visualTemplate(template: Template): VisualTemplate {
  return {
    parameters: template.parameters.map(({ name, type, defaultValue, rest }) => {
      const path = memberPath('$.Parameters', name);
      const unmodelled = type === undefined || type === 'String' ? rest : { Type: type, ...rest };
      return { name, path, source: parameterSource(name), defaultValue, kept: keptOf(unmodelled, path) };
    }),
    resources: template.resources.map(visualResource),
    edges: usesIn(template).references.map(({ name, path }) => ({ parameter: name, path })),
    kept: keptOf(template.rest, '$'),
  };
}

/** The JSON of a value; {@link visualValue} of it is the value again. */
export function visualValueToJson(value: VisualValue): JsonValue {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'parameter':
      return { Ref: value.name };
    case 'other':
      return JSON.parse(value.json);
  }
}

export function visualValue(value: JsonValue): VisualValue {
  if (typeof value === 'string') return { kind: 'text', text: value };
  const name = refName(value);
  return name === undefined ? { kind: 'other', json: JSON.stringify(value) } : { kind: 'parameter', name };
}

const MODELLED: Readonly<Record<ResourceKind, readonly string[]>> = {
  thing: ['ThingName', 'ThingTypeName', 'BillingGroup', 'ThingGroups', 'AttributePayload'],
  certificate: ['CertificateId', 'Status'],
  policy: ['PolicyName', 'PolicyDocument'],
};

function visualResource(resource: TemplateResource): VisualResource {
  const { logicalId, kind, type, properties = {}, overrideSettings = {}, rest } = resource;
  const path = memberPath('$.Resources', logicalId);
  const overrides = Object.entries(overrideSettings).map(([name, value]) => ({
    name,
    value: visualValue(value),
  }));
  const modelled = kind === undefined ? [] : MODELLED[kind];
  const isMisshapen = (name: string) =>
    (name === 'ThingGroups' && !Array.isArray(properties[name])) ||
    (name === 'AttributePayload' && attributesOf(properties[name]) === undefined);
  const unmodelled = Object.entries(properties).filter(
    ([name]) => !modelled.includes(name) || isMisshapen(name),
  );
  const kept = [...keptOf(rest, path), ...keptOf(Object.fromEntries(unmodelled), propertiesPath(logicalId))];
  const common = { logicalId, path, type, overrides, kept };
  const value = (name: string) => {
    const found = member(properties, name);
    return found === undefined ? undefined : visualValue(found);
  };
  switch (kind) {
    case 'thing': {
      const groups = member(properties, 'ThingGroups');
      const attributes = attributesOf(member(properties, 'AttributePayload')) ?? {};
      return {
        ...common,
        kind,
        name: value('ThingName'),
        typeName: value('ThingTypeName'),
        billingGroup: value('BillingGroup'),
        groups: Array.isArray(groups) ? groups.map(visualValue) : [],
        attributes: Object.entries(attributes).map(([name, item]) => ({ name, value: visualValue(item) })),
      };
    }
    case 'certificate':
      return { ...common, kind, certificateId: value('CertificateId'), status: value('Status') };
    case 'policy': {
      const document = member(properties, 'PolicyDocument');
      const text =
        document === undefined || typeof document === 'string' ? document : JSON.stringify(document);
      return { ...common, kind, name: value('PolicyName'), document: text };
    }
    case undefined:
      return { ...common, kind: 'other' };
  }
}

/** The attributes; undefined where the payload as a whole is something else, a Ref for example. */
function attributesOf(payload: JsonValue | undefined): JsonObject | undefined {
  return isJsonObject(payload) && refName(payload) === undefined ? payload : undefined;
}

function keptOf(object: JsonObject, path: string): KeptPart[] {
  return Object.entries(object).map(([name, value]) => ({
    path: memberPath(path, name),
    json: JSON.stringify(value),
  }));
}
