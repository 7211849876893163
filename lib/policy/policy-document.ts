/**
 * Policy documents: IoT policies, and the IAM trust and identity policies of a provisioning role.
 * AWS IoT Developer Guide, "AWS IoT Core policies"; IAM User Guide, "IAM JSON policy elements reference".
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import { type Condition, isKnownOperator, readOperator } from './conditions';
import { isJsonObject, type JsonFault, type JsonObject, type JsonValue, member, readJson } from './json-text';
import { compilePattern, type Pattern } from './pattern';

/** Which kind of policy a document is meant to be; the elements allowed differ. */
export type PolicyDialect = 'iot' | 'identity' | 'trust';

export type Effect = 'Allow' | 'Deny';

/** `negated`: the element was `NotAction`, `NotResource` or `NotPrincipal`. */
export type PatternList = { readonly negated: boolean; readonly patterns: readonly Pattern[] };

export type Principals = {
  readonly negated: boolean;
  /** `"Principal": "*"`. */
  readonly everybody: boolean;
  /** By type: Service, AWS, Federated … */
  readonly byType: ReadonlyMap<string, readonly string[]>;
};

export type Statement = {
  /** From 0, as in the document. */
  readonly index: number;
  readonly sid: string | undefined;
  readonly effect: Effect;
  readonly actions: PatternList;
  /** Undefined in trust policies, whose resource is the role itself. */
  readonly resources: PatternList | undefined;
  readonly principals: Principals | undefined;
  readonly conditions: readonly Condition[];
};

/** A policy read once and decided often. */
export type Policy = {
  readonly version: string | undefined;
  readonly statements: readonly Statement[];
  readonly findings: readonly PolicyFinding[];
};

/** Something allowed but likely not meant. */
export type PolicyFinding = {
  code: 'version-without-variables' | 'unknown-condition-operator' | 'resource-is-no-arn';
  path: string;
  params: Record<string, string | number>;
};

export type PolicyFault = {
  code:
    | 'input-too-long'
    | 'too-large'
    | 'not-json'
    | 'not-an-object'
    | 'unknown-element'
    | 'version-unknown'
    | 'statement-missing'
    | 'effect-missing'
    | 'effect-unknown'
    | 'action-missing'
    | 'resource-missing'
    | 'principal-missing'
    | 'principal-not-allowed'
    | 'both-element-and-its-negation'
    | 'not-a-string'
    | 'empty-list'
    | 'condition-malformed';
  /** JSON path from `$`. */
  path: string;
  json: JsonFault | undefined;
  params: Record<string, string | number>;
};

/** AWS IoT quota "Policy document size": 2048 characters, white space not counted. */
export const POLICY_CHARACTERS_MAX = 2048;
/** Longest `policyDocument` the IoT API's own shape lets through, white space included. */
export const POLICY_INPUT_CHARACTERS_MAX = 404_600;

/**
 * Reads a policy document.
 *
 * @param document - JSON text, or the value already read
 * @returns the policy, or every fault found (the first only when the text is no JSON). Never throws.
 */
export function parsePolicy(
  document: string | JsonValue,
  dialect: PolicyDialect = 'iot',
): Result<Policy, PolicyFault[]> {
  if (typeof document === 'string') {
    const tooLong = sizeFault(document, dialect);
    if (tooLong !== undefined) return fail([tooLong]);
    const read = readJson(document);
    if (!read.ok) return fail([fault('not-json', '$', {}, read.failure)]);
    return parseValue(read.value, dialect);
  }
  const tooLong = sizeFault(JSON.stringify(document), dialect);
  return tooLong === undefined ? parseValue(document, dialect) : fail([tooLong]);
}

/** Characters that count against {@link POLICY_CHARACTERS_MAX}. */
export function policyCharacters(document: string): number {
  return document.replace(/\s+/g, '').length;
}

function sizeFault(text: string, dialect: PolicyDialect): PolicyFault | undefined {
  if (text.length > POLICY_INPUT_CHARACTERS_MAX) {
    return fault('input-too-long', '$', { characters: text.length, max: POLICY_INPUT_CHARACTERS_MAX });
  }
  const characters = policyCharacters(text);
  if (dialect === 'iot' && characters > POLICY_CHARACTERS_MAX) {
    return fault('too-large', '$', { characters, max: POLICY_CHARACTERS_MAX });
  }
  return undefined;
}

const VERSION_WITH_VARIABLES = '2012-10-17';
const VERSIONS: readonly string[] = [VERSION_WITH_VARIABLES, '2008-10-17'];
const DOCUMENT_ELEMENTS: readonly string[] = ['Version', 'Id', 'Statement'];
const STATEMENT_ELEMENTS: readonly string[] = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** What one reading collects on its way down. */
type Reading = {
  dialect: PolicyDialect;
  variables: boolean;
  faults: PolicyFault[];
  findings: PolicyFinding[];
};

function parseValue(value: JsonValue, dialect: PolicyDialect): Result<Policy, PolicyFault[]> {
  if (!isJsonObject(value)) return fail([fault('not-an-object', '$')]);
  const version = member(value, 'Version');
  // IAM: only the 2012 version knows variables; in the older one, also the default, `${…}` is literal text.
  const variables = version === VERSION_WITH_VARIABLES;
  const reading: Reading = { dialect, variables, faults: [], findings: [] };
  refuseUnknown(value, DOCUMENT_ELEMENTS, '$', reading);
  if (version !== undefined && !(typeof version === 'string' && VERSIONS.includes(version))) {
    reading.faults.push(fault('version-unknown', '$.Version'));
  }
  if (!variables && dialect === 'iot') {
    reading.findings.push({ code: 'version-without-variables', path: '$.Version', params: {} });
  }

  const statements = parseStatements(member(value, 'Statement'), reading);
  if (reading.faults.length > 0) return fail(reading.faults);
  return ok({
    version: typeof version === 'string' ? version : undefined,
    statements,
    findings: reading.findings,
  });
}

function parseStatements(value: JsonValue | undefined, reading: Reading): Statement[] {
  // IAM lets a single statement stand without its brackets.
  const isList = Array.isArray(value);
  const items = isList ? value : value === undefined ? [] : [value];
  if (items.length === 0) reading.faults.push(fault('statement-missing', '$.Statement'));
  return items.flatMap((item, index) => {
    const path = isList ? `$.Statement[${index}]` : '$.Statement';
    if (!isJsonObject(item)) {
      reading.faults.push(fault('not-an-object', path));
      return [];
    }
    const statement = parseStatement(item, index, path, reading);
    return statement === undefined ? [] : [statement];
  });
}

function parseStatement(
  item: JsonObject,
  index: number,
  path: string,
  reading: Reading,
): Statement | undefined {
  refuseUnknown(item, STATEMENT_ELEMENTS, path, reading);
  const effect = parseEffect(member(item, 'Effect'), path, reading);
  const actions = parsePatterns(item, 'Action', path, { ...reading, variables: false });
  const resources = parsePatterns(item, 'Resource', path, reading);
  const principals = parsePrincipals(item, path, reading);
  const conditions = parseConditions(member(item, 'Condition'), path, reading);
  const sid = member(item, 'Sid');
  if (sid !== undefined && typeof sid !== 'string') reading.faults.push(fault('not-a-string', `${path}.Sid`));

  if (actions === undefined) reading.faults.push(fault('action-missing', path));
  if (resources === undefined && reading.dialect !== 'trust')
    reading.faults.push(fault('resource-missing', path));
  if (principals === undefined && reading.dialect === 'trust')
    reading.faults.push(fault('principal-missing', path));
  if (principals !== undefined && reading.dialect !== 'trust') {
    reading.faults.push(fault('principal-not-allowed', path));
  }
  for (const pattern of resources?.patterns ?? []) {
    if (!/^(\*|arn:)/.test(pattern.source)) {
      reading.findings.push({
        code: 'resource-is-no-arn',
        path: `${path}.${resources?.negated ? 'NotResource' : 'Resource'}`,
        params: { resource: pattern.source },
      });
    }
  }
  if (effect === undefined || actions === undefined) return undefined;
  return {
    index,
    sid: typeof sid === 'string' ? sid : undefined,
    effect,
    actions,
    resources,
    principals,
    conditions,
  };
}

function parseEffect(value: JsonValue | undefined, path: string, reading: Reading): Effect | undefined {
  if (value === 'Allow' || value === 'Deny') return value;
  reading.faults.push(fault(value === undefined ? 'effect-missing' : 'effect-unknown', `${path}.Effect`));
  return undefined;
}

function parsePatterns(
  item: JsonObject,
  name: 'Action' | 'Resource',
  path: string,
  reading: Reading,
): PatternList | undefined {
  const plain = member(item, name);
  const not = member(item, `Not${name}`);
  if (plain !== undefined && not !== undefined) {
    reading.faults.push(fault('both-element-and-its-negation', `${path}.Not${name}`));
  }
  const value = plain ?? not;
  if (value === undefined) return undefined;
  const negated = plain === undefined;
  const texts = parseTexts(value, `${path}.${negated ? 'Not' : ''}${name}`, reading);
  // Action names are compared without regard to case (IAM User Guide, "Action").
  const sources = name === 'Action' ? texts.map((text) => text.toLowerCase()) : texts;
  const syntax = { wildcards: true, variables: reading.variables };
  return { negated, patterns: sources.map((source) => compilePattern(source, syntax)) };
}

function parsePrincipals(item: JsonObject, path: string, reading: Reading): Principals | undefined {
  const plain = member(item, 'Principal');
  const value = plain ?? member(item, 'NotPrincipal');
  if (value === undefined) return undefined;
  const negated = plain === undefined;
  const where = `${path}.${negated ? 'NotPrincipal' : 'Principal'}`;
  if (value === '*') return { negated, everybody: true, byType: new Map() };
  if (!isJsonObject(value)) {
    reading.faults.push(fault('not-an-object', where));
    return undefined;
  }
  const byType = new Map(
    Object.entries(value).map(([type, names]) => [type, parseTexts(names, `${where}.${type}`, reading)]),
  );
  return { negated, everybody: byType.get('AWS')?.includes('*') ?? false, byType };
}

function parseConditions(value: JsonValue | undefined, path: string, reading: Reading): Condition[] {
  if (value === undefined) return [];
  const where = `${path}.Condition`;
  if (!isJsonObject(value)) {
    reading.faults.push(fault('condition-malformed', where));
    return [];
  }
  return Object.entries(value).flatMap(([name, keys]) => {
    const operatorPath = `${where}.${name}`;
    if (!isJsonObject(keys)) {
      reading.faults.push(fault('condition-malformed', operatorPath));
      return [];
    }
    const operator = readOperator(name);
    if (!isKnownOperator(operator)) {
      reading.findings.push({
        code: 'unknown-condition-operator',
        path: operatorPath,
        params: { operator: name },
      });
    }
    return Object.entries(keys).map(([key, expected]) => {
      const texts = parseTexts(expected, `${operatorPath}.${key}`, reading);
      const syntax = { wildcards: operator.wildcards, variables: reading.variables };
      return { operator, key, expected: texts.map((text) => compilePattern(text, syntax)) };
    });
  });
}

/** A single string or a list of them; condition values may also be bare numbers and booleans. */
function parseTexts(value: JsonValue, path: string, reading: Reading): string[] {
  const items = Array.isArray(value) ? value : [value];
  if (items.length === 0) reading.faults.push(fault('empty-list', path));
  const isCondition = path.includes('.Condition.');
  return items.flatMap((item, index) => {
    if (typeof item === 'string') return [item];
    if (isCondition && (typeof item === 'boolean' || typeof item === 'number')) return [String(item)];
    reading.faults.push(fault('not-a-string', Array.isArray(value) ? `${path}[${index}]` : path));
    return [];
  });
}

function refuseUnknown(object: JsonObject, known: readonly string[], path: string, reading: Reading): void {
  for (const name of Object.keys(object)) {
    if (!known.includes(name)) reading.faults.push(fault('unknown-element', `${path}.${name}`, { name }));
  }
}

function fault(
  code: PolicyFault['code'],
  path: string,
  params: PolicyFault['params'] = {},
  json: JsonFault | undefined = undefined,
): PolicyFault {
  return { code, path, json, params };
}
