/**
 * One statement of a policy.
 * IAM User Guide, "IAM JSON policy elements reference".
 * @module
 */
import { type Condition, isKnownOperator, readOperator } from './conditions';
import { isJsonObject, type JsonObject, type JsonValue, member } from './json-text';
import { compilePattern, type Pattern } from './pattern';
import { policyFault as fault, type Reading, refuseUnknown } from './policy-fault';

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

/** Reads a statement; undefined when what is left of it could not be decided. Faults go to `reading`. */
export function parseStatement(
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
