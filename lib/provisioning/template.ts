/**
 * The provisioning template as a document: read, hold and print without loss.
 * AWS IoT Developer Guide, "Provisioning templates".
 * @module
 */
import {
  isJsonObject,
  type JsonFault,
  type JsonObject,
  type JsonValue,
  member,
  readJson,
  setMember,
} from '@/lib/policy/json-text';
import { fail, ok, type Result } from '@/lib/result';

/** `rest` holds the members we do not interpret, so that printing gives them back. */
export type TemplateParameter = {
  name: string;
  /** `String` is the only type AWS documents. */
  type: string | undefined;
  defaultValue: string | undefined;
  rest: JsonObject;
};

export type ResourceKind = 'thing' | 'certificate' | 'policy';

export type TemplateResource = {
  /** The name in `Resources`, free to choose. */
  logicalId: string;
  /** Undefined for a type that provisioning templates do not have. */
  kind: ResourceKind | undefined;
  type: string;
  properties: JsonObject | undefined;
  overrideSettings: JsonObject | undefined;
  rest: JsonObject;
};

export type Template = {
  parameters: readonly TemplateParameter[];
  resources: readonly TemplateResource[];
  /** Other top-level sections, e.g. `Mappings`. */
  rest: JsonObject;
};

export type TemplateFault = {
  code: 'too-long' | 'not-json' | 'not-an-object' | 'section-missing' | 'type-missing' | 'not-a-string';
  /** JSON path from `$`. */
  path: string;
  json: JsonFault | undefined;
  params: Record<string, string | number>;
};

/** `templateBody` in the IoT API's model: 0 to 10240 characters. */
export const TEMPLATE_BODY_CHARACTERS_MAX = 10_240;

export const RESOURCE_TYPES: Readonly<Record<ResourceKind, string>> = {
  thing: 'AWS::IoT::Thing',
  certificate: 'AWS::IoT::Certificate',
  policy: 'AWS::IoT::Policy',
};

/**
 * Reads a template body.
 *
 * @returns the document, or every structural fault (only the first when the text is no JSON). Never throws.
 */
export function parseTemplate(templateBody: string): Result<Template, TemplateFault[]> {
  if (templateBody.length > TEMPLATE_BODY_CHARACTERS_MAX) {
    const params = { characters: templateBody.length, max: TEMPLATE_BODY_CHARACTERS_MAX };
    return fail([fault('too-long', '$', params)]);
  }
  const read = readJson(templateBody);
  if (!read.ok) return fail([fault('not-json', '$', {}, read.failure)]);
  return templateFromJson(read.value);
}

/** The document of a template that has already been read as JSON. */
export function templateFromJson(value: JsonValue): Result<Template, TemplateFault[]> {
  if (!isJsonObject(value)) return fail([fault('not-an-object', '$')]);
  const faults: TemplateFault[] = [];
  const parameters = section(value, 'Parameters', faults).map(([name, body, path]) =>
    toParameter(name, body, path, faults),
  );
  const resources = section(value, 'Resources', faults).map(([logicalId, body, path]) =>
    toResource(logicalId, body, path, faults),
  );
  if (faults.length > 0) return fail(faults);
  return ok({ parameters, resources, rest: without(value, ['Parameters', 'Resources']) });
}

/** The JSON of a template; {@link templateFromJson} of it is equal to `template`. */
export function templateToJson(template: Template): JsonObject {
  const parameters: JsonObject = {};
  for (const { name, type, defaultValue, rest } of template.parameters) {
    setMember(parameters, name, defined({ Type: type, Default: defaultValue }, rest));
  }
  const resources: JsonObject = {};
  for (const { logicalId, type, properties, overrideSettings, rest } of template.resources) {
    setMember(
      resources,
      logicalId,
      defined({ Type: type, Properties: properties, OverrideSettings: overrideSettings }, rest),
    );
  }
  return defined({ Parameters: parameters, Resources: resources }, template.rest);
}

/** The text of a template. `indent` spaces per level; 0 gives the shortest text, as a `templateBody` wants it. */
export function printTemplate(template: Template, { indent = 0 }: { indent?: number } = {}): string {
  return JSON.stringify(templateToJson(template), null, indent);
}

/** The JSON path of a member, in brackets where the name is not a plain word. */
export function memberPath(path: string, name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
}

function section(value: JsonObject, name: string, faults: TemplateFault[]): [string, JsonObject, string][] {
  const path = `$.${name}`;
  const entries = member(value, name);
  if (!isJsonObject(entries)) {
    faults.push(fault(entries === undefined ? 'section-missing' : 'not-an-object', path, { section: name }));
    return [];
  }
  return Object.entries(entries).flatMap(([key, body]): [string, JsonObject, string][] => {
    const bodyPath = memberPath(path, key);
    if (isJsonObject(body)) return [[key, body, bodyPath]];
    faults.push(fault('not-an-object', bodyPath));
    return [];
  });
}

function toParameter(
  name: string,
  body: JsonObject,
  path: string,
  faults: TemplateFault[],
): TemplateParameter {
  return {
    name,
    type: text(body, 'Type', path, faults),
    defaultValue: text(body, 'Default', path, faults),
    rest: without(body, ['Type', 'Default']),
  };
}

function toResource(
  logicalId: string,
  body: JsonObject,
  path: string,
  faults: TemplateFault[],
): TemplateResource {
  const type = text(body, 'Type', path, faults);
  if (member(body, 'Type') === undefined) faults.push(fault('type-missing', `${path}.Type`));
  return {
    logicalId,
    kind: kindOf(type),
    type: type ?? '',
    properties: object(body, 'Properties', path, faults),
    overrideSettings: object(body, 'OverrideSettings', path, faults),
    rest: without(body, ['Type', 'Properties', 'OverrideSettings']),
  };
}

function kindOf(type: string | undefined): ResourceKind | undefined {
  switch (type) {
    case RESOURCE_TYPES.thing:
      return 'thing';
    case RESOURCE_TYPES.certificate:
      return 'certificate';
    case RESOURCE_TYPES.policy:
      return 'policy';
    default:
      return undefined;
  }
}

function text(body: JsonObject, name: string, path: string, faults: TemplateFault[]): string | undefined {
  const value = member(body, name);
  if (value === undefined || typeof value === 'string') return value;
  faults.push(fault('not-a-string', `${path}.${name}`));
  return undefined;
}

function object(
  body: JsonObject,
  name: string,
  path: string,
  faults: TemplateFault[],
): JsonObject | undefined {
  const value = member(body, name);
  if (value === undefined || isJsonObject(value)) return value;
  faults.push(fault('not-an-object', `${path}.${name}`));
  return undefined;
}

/** `known` without its undefined members, then `rest`. */
function defined(known: Record<string, JsonValue | undefined>, rest: JsonObject): JsonObject {
  const all: JsonObject = {};
  for (const [name, value] of Object.entries(known)) if (value !== undefined) setMember(all, name, value);
  for (const [name, value] of Object.entries(rest)) setMember(all, name, value);
  return all;
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  const rest: JsonObject = {};
  for (const [name, value] of Object.entries(object)) if (!names.includes(name)) setMember(rest, name, value);
  return rest;
}

function fault(
  code: TemplateFault['code'],
  path: string,
  params: TemplateFault['params'] = {},
  json: JsonFault | undefined = undefined,
): TemplateFault {
  return { code, path, json, params };
}
