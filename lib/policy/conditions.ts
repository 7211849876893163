/**
 * Condition blocks of policies.
 * IAM User Guide, "IAM JSON policy elements: Condition operators" and "Creating a condition with multiple keys or
 * values".
 * @module
 */
import { isInRange } from './ip-range';
import { compilePattern, fillPattern, matchPattern, type Pattern, variablesOf } from './pattern';
import { type PolicyContext, variableLookup } from './policy-context';

export type ConditionOperator = {
  /** Without `ForAnyValue:`, `ForAllValues:` and `IfExists`. */
  readonly name: string;
  readonly negated: boolean;
  readonly set: 'ForAnyValue' | 'ForAllValues' | undefined;
  readonly ifExists: boolean;
  /** Whether `*` and `?` in the expected values are wildcards. */
  readonly wildcards: boolean;
};

export type Condition = {
  readonly operator: ConditionOperator;
  readonly key: string;
  readonly expected: readonly Pattern[];
};

export type ConditionOutcome = {
  holds: boolean;
  /** Variables in the expected values that had no value in this request. */
  unresolved: readonly string[];
  /** The condition compares a key that this request does not have; asking whether it exists is no comparison. */
  isKeyMissing: boolean;
};

/** One value of the request against one expected value, not negated. */
type Comparison = (actual: string, expected: Pattern, context: PolicyContext) => boolean;

const equals: Comparison = (actual, expected, context) =>
  fillPattern(expected, variableLookup(context)) === actual;
const like: Comparison = (actual, expected, context) =>
  matchPattern(expected, actual, variableLookup(context)).kind === 'match';
const numeric =
  (compare: (actual: number, expected: number) => boolean, read = readNumber): Comparison =>
  (actual, expected, context) => {
    const limit = fillPattern(expected, variableLookup(context));
    // NaN compares false with everything, so a text that is no number never satisfies a comparison.
    return limit !== undefined && compare(read(actual), read(limit));
  };

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ['StringEquals', equals],
  [
    'StringEqualsIgnoreCase',
    (actual, expected, context) =>
      fillPattern(expected, variableLookup(context))?.toLowerCase() === actual.toLowerCase(),
  ],
  ['StringLike', like],
  ['ArnEquals', arnLike],
  ['ArnLike', arnLike],
  [
    'Bool',
    (actual, expected, context) =>
      fillPattern(expected, variableLookup(context))?.toLowerCase() === actual.toLowerCase(),
  ],
  ['NumericEquals', numeric((actual, expected) => actual === expected)],
  ['NumericLessThan', numeric((actual, expected) => actual < expected)],
  ['NumericLessThanEquals', numeric((actual, expected) => actual <= expected)],
  ['NumericGreaterThan', numeric((actual, expected) => actual > expected)],
  ['NumericGreaterThanEquals', numeric((actual, expected) => actual >= expected)],
  ['DateEquals', numeric((actual, expected) => actual === expected, readDate)],
  ['DateLessThan', numeric((actual, expected) => actual < expected, readDate)],
  ['DateLessThanEquals', numeric((actual, expected) => actual <= expected, readDate)],
  ['DateGreaterThan', numeric((actual, expected) => actual > expected, readDate)],
  ['DateGreaterThanEquals', numeric((actual, expected) => actual >= expected, readDate)],
  [
    'IpAddress',
    (actual, expected, context) => {
      const range = fillPattern(expected, variableLookup(context));
      return range !== undefined && isInRange(actual, range);
    },
  ],
]);

/** The negated operators and what they negate. */
const NEGATIONS: ReadonlyMap<string, string> = new Map([
  ['StringNotEquals', 'StringEquals'],
  ['StringNotEqualsIgnoreCase', 'StringEqualsIgnoreCase'],
  ['StringNotLike', 'StringLike'],
  ['ArnNotEquals', 'ArnEquals'],
  ['ArnNotLike', 'ArnLike'],
  ['NumericNotEquals', 'NumericEquals'],
  ['DateNotEquals', 'DateEquals'],
  ['NotIpAddress', 'IpAddress'],
]);

const WITH_WILDCARDS: readonly string[] = ['StringLike', 'ArnLike', 'ArnEquals'];

/** Takes an operator's name apart. Total: unknown names come back as they are, see {@link isKnownOperator}. */
export function readOperator(text: string): ConditionOperator {
  const [prefix, rest] = text.startsWith('ForAnyValue:')
    ? (['ForAnyValue', text.slice('ForAnyValue:'.length)] as const)
    : text.startsWith('ForAllValues:')
      ? (['ForAllValues', text.slice('ForAllValues:'.length)] as const)
      : ([undefined, text] as const);
  const ifExists = rest.endsWith('IfExists') && rest !== 'NullIfExists';
  const bare = ifExists ? rest.slice(0, -'IfExists'.length) : rest;
  const negates = NEGATIONS.get(bare);
  const name = negates ?? bare;
  return {
    name,
    negated: negates !== undefined,
    set: prefix,
    ifExists,
    wildcards: WITH_WILDCARDS.includes(name),
  };
}

export function isKnownOperator(operator: ConditionOperator): boolean {
  return operator.name === 'Null' || COMPARISONS.has(operator.name);
}

/**
 * Evaluates one condition.
 *
 * @param ignorance - the answer where we cannot know: an operator we do not have, or a negated operator whose expected
 *   value has an unresolved variable. Pass false for an Allow and true for a Deny, so that nothing is ever let through
 *   by not understanding it.
 */
export function evaluateCondition(
  condition: Condition,
  context: PolicyContext,
  ignorance: boolean,
): ConditionOutcome {
  const { operator, key, expected } = condition;
  const actual = context.get(key);
  const isKeyMissing = actual === undefined;
  if (operator.name === 'Null') {
    const isAbsent = actual === undefined || actual.length === 0;
    return {
      holds: expected.some(({ source }) => source.toLowerCase() === String(isAbsent)),
      unresolved: [],
      isKeyMissing: false,
    };
  }
  const compare = COMPARISONS.get(operator.name);
  if (compare === undefined) return { holds: ignorance, unresolved: [], isKeyMissing };

  const unresolved = expected.flatMap((pattern) =>
    variablesOf(pattern).filter((name) => variableLookup(context)(name) === undefined),
  );
  if (actual === undefined || actual.length === 0) {
    return { holds: holdsWhenAbsent(operator), unresolved, isKeyMissing };
  }
  if (operator.negated && unresolved.length > 0) return { holds: ignorance, unresolved, isKeyMissing };

  const isExpected = (value: string) => expected.some((pattern) => compare(value, pattern, context));
  return { holds: holdsForValues(operator, actual.map(isExpected)), unresolved, isKeyMissing };
}

/** IAM: a missing key fails positive operators, satisfies negated ones, `IfExists` and `ForAllValues`. */
function holdsWhenAbsent(operator: ConditionOperator): boolean {
  if (operator.ifExists || operator.set === 'ForAllValues') return true;
  return operator.set === undefined && operator.negated;
}

function holdsForValues({ set, negated }: ConditionOperator, areExpected: readonly boolean[]): boolean {
  if (set === 'ForAllValues') return areExpected.every((isExpected) => isExpected !== negated);
  if (set === 'ForAnyValue') return areExpected.some((isExpected) => isExpected !== negated);
  return negated ? !areExpected.includes(true) : areExpected.includes(true);
}

/** IAM: each of the six parts of an ARN is compared for itself, so a `*` does not cross a colon of the first five. */
function arnLike(actual: string, expected: Pattern, context: PolicyContext): boolean {
  const lookup = variableLookup(context);
  const actualParts = arnParts(actual);
  const expectedParts = arnParts(expected.source);
  if (actualParts === undefined || expectedParts === undefined) return false;
  return expectedParts.every((part, index) => {
    const pattern = compilePattern(part, { wildcards: true, variables: variablesOf(expected).length > 0 });
    return matchPattern(pattern, actualParts[index] ?? '', lookup).kind === 'match';
  });
}

function arnParts(arn: string): string[] | undefined {
  // A colon inside `${…}` belongs to the variable's name.
  const parts = arn.match(/(?:\$\{[^}]*\}|[^:])*(?::|$)/g)?.map((part) => part.replace(/:$/, ''));
  if (parts === undefined || parts.length < 6) return undefined;
  const colons = parts.slice(0, 5).join(':').length + 1;
  return [...parts.slice(0, 5), arn.slice(colons)];
}

function readNumber(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** ISO 8601 or epoch seconds, as IAM's date operators take them. */
function readDate(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}
