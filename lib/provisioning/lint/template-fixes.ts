/**
 * The edits that mend what the checks of a template report, for those with one obvious way to mend them.
 * @module
 */
import type { JsonEdit } from '@/lib/policy/json-edit';
import { isJsonObject, type JsonValue, member } from '@/lib/policy/json-text';
import { type JsonNode, type JsonPath, nodeAt, nodeValue } from '@/lib/policy/json-tree';
import type { Place } from '@/lib/policy/lint/iot-arn';
import { CERTIFICATE_ID_PARAMETER, parameterSource } from '@/lib/provisioning/certificate-parameters';
import { addResource, setParameter } from '@/lib/provisioning/document/template-edits';
import { refName } from '@/lib/provisioning/references';
import type { Template } from '@/lib/provisioning/template';
import type { TemplateLintId } from './template-finding';

export const COMMON_NAME_PARAMETER = 'AWS::IoT::Certificate::CommonName';

export type FixInput = {
  id: TemplateLintId;
  path: JsonPath;
  params: Record<string, string | number>;
  template: Template | undefined;
  root: JsonNode;
  place: Place | undefined;
};

/** The edits for a finding; undefined where a person has to choose. */
export function fixFor({ id, path, params, template, root, place }: FixInput): JsonEdit[] | undefined {
  const isThere = nodeAt(root, path) !== undefined;
  const removal: JsonEdit[] | undefined = isThere && path.length > 0 ? [{ kind: 'remove', path }] : undefined;
  switch (id) {
    case 'template-malformed':
      return params['fault'] === 'section-missing'
        ? [{ kind: 'set', path: [String(params['section'])], value: {} }]
        : undefined;
    case 'parameter-unused':
    case 'property-unknown':
    case 'fleet-only-section':
    case 'status-override-has-no-effect':
    case 'override-setting-unknown':
      return removal;
    default:
      break;
  }
  if (template === undefined) return undefined;
  switch (id) {
    case 'parameter-type-unknown':
      return [{ kind: 'set', path: [...path, 'Type'], value: 'String' }];
    case 'certificate-status-unknown':
      return [{ kind: 'set', path, value: 'ACTIVE' }];
    case 'certificate-resource-missing':
      return addResource(template, 'certificate').edits;
    case 'no-thing-resource':
      return addResource(template, 'thing').edits;
    case 'certificate-id-missing': {
      const properties = path.slice(0, -1);
      const others = ['CertificateSigningRequest', 'CertificatePem'].map((name) => [...properties, name]);
      return [
        ...others.flatMap((other): JsonEdit[] =>
          nodeAt(root, other) === undefined ? [] : [{ kind: 'remove', path: other }],
        ),
        ...refer(template, path, CERTIFICATE_ID_PARAMETER),
      ];
    }
    case 'property-missing':
    case 'thing-name-constant':
    case 'thing-name-not-unique':
      return refer(template, path, COMMON_NAME_PARAMETER);
    case 'policy-name-and-document-both':
      return [{ kind: 'remove', path: [...path, 'PolicyName'] }];
    case 'policy-document-is-object': {
      const document = nodeAt(root, path);
      return document && [{ kind: 'set', path, value: JSON.stringify(nodeValue(document)) }];
    }
    case 'unresolved-reference':
      return resolveReference(template, path, String(params['name']), place);
    case 'function-not-supported':
      return foldFunction(template, path, nodeAt(root, path));
    case 'parameter-not-available':
      return renameParameter(template, String(params['name']));
    case 'field-never-in-certificates':
    case 'field-not-in-every-certificate':
      return dropParameter(template, String(params['name']));
    default:
      return undefined;
  }
}

function refer(template: Template, path: JsonPath, name: string): JsonEdit[] {
  return [...declare(template, name), { kind: 'set', path, value: { Ref: name } }];
}

function declare(template: Template, name: string): JsonEdit[] {
  return template.parameters.some((parameter) => parameter.name === name) ? [] : setParameter(template, name);
}

function resolveReference(
  template: Template,
  path: JsonPath,
  name: string,
  place: Place | undefined,
): JsonEdit[] | undefined {
  if (parameterSource(name) !== undefined) {
    const declaration = declare(template, name);
    // It is declared, and the certificate at hand has no such field.
    return declaration.length > 0 ? declaration : dropParameter(template, name);
  }
  // CloudFormation's pseudo parameters do not exist here; their values are known and can stand there.
  const literal = { 'AWS::Region': place?.region, 'AWS::AccountId': place?.accountId }[name];
  if (literal !== undefined) return [{ kind: 'set', path, value: literal }];
  const nearest = nearestParameter(name);
  return nearest === undefined ? undefined : refer(template, path, nearest);
}

const NEAREST: Readonly<Record<string, string>> = {
  cn: 'CommonName',
  c: 'Country',
  o: 'Organization',
  ou: 'OrganizationalUnit',
  organisation: 'Organization',
  state: 'StateName',
  st: 'StateName',
  certificateid: 'Id',
  dnqualifier: 'DistinguishedNameQualifier',
};
const NAMES = [
  'CommonName',
  'Country',
  'Organization',
  'OrganizationalUnit',
  'StateName',
  'DistinguishedNameQualifier',
  'SerialNumber',
  'Id',
];

/** The certificate parameter behind another spelling of it, or behind a name of fleet provisioning's samples. */
function nearestParameter(name: string): string | undefined {
  const word = (name.split(/[:.]/).at(-1) ?? '').toLowerCase();
  const short = NEAREST[word] ?? NAMES.find((candidate) => candidate.toLowerCase() === word);
  return short && `AWS::IoT::Certificate::${short}`;
}

function renameParameter(template: Template, name: string): JsonEdit[] | undefined {
  // Inside functions too: what they name is in use, whether or not JITP carries them out.
  const uses = referencePaths(template, name);
  if (uses.length === 0) return [{ kind: 'remove', path: ['Parameters', name] }];
  const nearest = nearestParameter(name);
  if (nearest === undefined) return undefined;
  const isDeclared = template.parameters.some((parameter) => parameter.name === nearest);
  const path = ['Parameters', name];
  return [
    isDeclared ? { kind: 'remove', path } : { kind: 'rename', path, name: nearest },
    ...uses.map((at): JsonEdit => ({ kind: 'set', path: at, value: { Ref: nearest } })),
  ];
}

/** Attributes can go without; a name cannot. */
function dropParameter(template: Template, name: string): JsonEdit[] | undefined {
  const uses = referencePaths(template, name);
  const isAttribute = (path: JsonPath) => path.length === 5 && path[3] === 'AttributePayload';
  if (!uses.every(isAttribute)) return undefined;
  return [
    ...uses.map((path): JsonEdit => ({ kind: 'remove', path })),
    { kind: 'remove', path: ['Parameters', name] },
  ];
}

function referencePaths(template: Template, name: string): JsonPath[] {
  const found: JsonPath[] = [];
  const visit = (value: JsonValue, path: JsonPath) => {
    if (refName(value) === name) found.push(path);
    else if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, [...path, index]);
    else if (isJsonObject(value))
      for (const [key, item] of Object.entries(value)) visit(item, [...path, key]);
  };
  for (const { logicalId, properties } of template.resources) {
    if (properties !== undefined) visit(properties, ['Resources', logicalId, 'Properties']);
  }
  return found;
}

/** Functions over nothing but text, and those that only wrap a Ref, can be carried out here and now. */
function foldFunction(
  template: Template,
  path: JsonPath,
  node: JsonNode | undefined,
): JsonEdit[] | undefined {
  const value = node === undefined ? undefined : nodeValue(node);
  if (!isJsonObject(value)) return undefined;
  const join = member(value, 'Fn::Join');
  const [separator, parts] = Array.isArray(join) ? join : [];
  if (typeof separator === 'string' && Array.isArray(parts)) {
    if (parts.every((part) => typeof part === 'string'))
      return [{ kind: 'set', path, value: parts.join(separator) }];
    const name = parts.length === 1 ? refName(parts[0]) : undefined;
    return name !== undefined && parameterSource(name) !== undefined
      ? refer(template, path, name)
      : undefined;
  }
  const sub = member(value, 'Fn::Sub');
  if (typeof sub !== 'string') return undefined;
  if (!/\$\{/.test(sub)) return [{ kind: 'set', path, value: sub }];
  const name = /^\$\{([^}]+)\}$/.exec(sub)?.[1];
  return name !== undefined && parameterSource(name) !== undefined ? refer(template, path, name) : undefined;
}
