/**
 * `Ref` and functions inside a template's properties.
 * AWS IoT Developer Guide, "Provisioning templates": JITP knows `Ref` to its own parameters; the `Fn::` functions and
 * `Mappings` are documented for fleet provisioning only.
 * @module
 */
import { isJsonObject, type JsonObject, type JsonValue, setMember } from '@/lib/policy/json-text';
import { type CertificateFacts, certificateValue } from './certificate-parameters';
import { type ProvisioningFailure, provisioningFailure } from './provisioning-failure';
import { memberPath, type Template } from './template';

export type Reference = { name: string; path: string };
export type FunctionUse = { name: string; path: string };

/** The path of a resource's properties. */
export function propertiesPath(logicalId: string): string {
  return `${memberPath('$.Resources', logicalId)}.Properties`;
}

/** Every `Ref` and every function in the template's resources, in order. */
export function usesIn(template: Template): { references: Reference[]; functions: FunctionUse[] } {
  const references: Reference[] = [];
  const functions: FunctionUse[] = [];
  const visit = (value: JsonValue, path: string) => {
    const ref = refName(value);
    const name = functionName(value);
    if (ref !== undefined) references.push({ name: ref, path });
    else if (name !== undefined) functions.push({ name, path });
    else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, `${path}[${index}]`);
    } else if (isJsonObject(value))
      for (const [key, item] of Object.entries(value)) visit(item, memberPath(path, key));
  };
  for (const { logicalId, properties } of template.resources) {
    if (properties !== undefined) visit(properties, propertiesPath(logicalId));
  }
  return { references, functions };
}

/** The value of a declared parameter for one certificate; a Default steps in where the certificate has none. */
export function parameterValue(
  template: Template,
  certificate: CertificateFacts,
  name: string,
): { value: string; isDefault: boolean } | undefined {
  const parameter = template.parameters.find((candidate) => candidate.name === name);
  if (parameter === undefined) return undefined;
  const value = certificateValue(name, certificate);
  if (value !== undefined) return { value, isDefault: false };
  return parameter.defaultValue === undefined
    ? undefined
    : { value: parameter.defaultValue, isDefault: true };
}

/** Replaces every `Ref` in `properties`; what cannot be replaced is reported and left out. */
export function resolveProperties(
  properties: JsonObject,
  path: string,
  lookUp: (name: string) => string | undefined,
): { resolved: JsonObject; failures: ProvisioningFailure[] } {
  const failures: ProvisioningFailure[] = [];
  const resolve = (value: JsonValue, where: string): JsonValue | undefined => {
    const ref = refName(value);
    if (ref !== undefined) {
      const found = lookUp(ref);
      if (found === undefined) failures.push(unresolvedReference(ref, where));
      return found;
    }
    const name = functionName(value);
    if (name !== undefined) {
      failures.push(functionNotSupported(name, where));
      return undefined;
    }
    if (Array.isArray(value)) {
      return value
        .map((item, index) => resolve(item, `${where}[${index}]`))
        .filter((item) => item !== undefined);
    }
    return isJsonObject(value) ? resolveMembers(value, where) : value;
  };
  const resolveMembers = (object: JsonObject, where: string): JsonObject => {
    const resolved: JsonObject = {};
    for (const [key, item] of Object.entries(object)) {
      const value = resolve(item, memberPath(where, key));
      if (value !== undefined) setMember(resolved, key, value);
    }
    return resolved;
  };
  return { resolved: resolveMembers(properties, path), failures };
}

/** The failure of a `Ref` without value; the text was seen from AWS for JITP's own parameters. */
export function unresolvedReference(name: string, path: string): ProvisioningFailure {
  return provisioningFailure({
    code: 'unresolved-reference',
    message: `Invalid registration template. Cannot resolve reference value: {Ref=${name}}`,
    authority: name.startsWith('AWS::IoT::Certificate::') ? 'measured' : 'inferred',
    path,
    params: { name },
  });
}

export function functionNotSupported(name: string, path: string): ProvisioningFailure {
  return provisioningFailure({
    code: 'function-not-supported',
    message: `Invalid registration template. ${name} is supported for fleet provisioning only`,
    authority: 'inferred',
    path,
    params: { name },
  });
}

/** The name in `{"Ref": name}`; undefined for anything else. */
export function refName(value: JsonValue | undefined): string | undefined {
  const [entry, ...others] = isJsonObject(value) ? Object.entries(value) : [];
  return others.length === 0 && entry?.[0] === 'Ref' && typeof entry[1] === 'string' ? entry[1] : undefined;
}

function functionName(value: JsonValue): string | undefined {
  const [entry, ...others] = isJsonObject(value) ? Object.entries(value) : [];
  return others.length === 0 && entry?.[0].startsWith('Fn::') ? entry[0] : undefined;
}
