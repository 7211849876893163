import { assertNever } from '@/lib/result';
import { castTo, toDecimal } from './convert';
import type { SqlEnvironment } from './environment';
import { sqlFunction } from './functions/functions';
import { equal, not, operate } from './operators';
import { project } from './project';
import { CAST_TYPES, type Expression, type NestedSelect } from './syntax';
import { isArray, memberOf, type SqlValue } from './value';

/** What names mean: members of a row, which has a name of its own in a nested `FROM x AS name`. */
export type Row = { value: SqlValue; alias: string | undefined };

/**
 * The value of an expression; what cannot be computed is Undefined, never an error.
 * @throws RangeError when the budget is spent
 */
export function evaluate(expression: Expression, row: Row, environment: SqlEnvironment): SqlValue {
  const { budget } = environment;
  budget.step();
  const value = (inner: Expression) => evaluate(inner, row, environment);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'star':
      return row.value;
    case 'field':
      return expression.name === row.alias ? row.value : memberOf(row.value, expression.name);
    case 'member':
      return memberOf(value(expression.of), expression.name);
    case 'unary':
      return expression.operator === 'NOT'
        ? not(value(expression.operand))
        : minus(value(expression.operand));
    case 'binary':
      return budget.made(operate(expression.operator, value(expression.left), value(expression.right)));
    case 'in':
      return isIn(value(expression.value), value(expression.set));
    case 'exists':
      return hasValues(value(expression.query));
    case 'case': {
      const subject = value(expression.subject);
      if (subject === undefined) return undefined;
      const when = expression.whens.find(({ test }) => equal(subject, value(test)) === true);
      const result = when?.result ?? expression.otherwise;
      return result && value(result);
    }
    case 'array':
      return budget.made(expression.items.map(value));
    case 'object':
      return budget.made(
        Object.fromEntries(expression.entries.map(({ key, value: inner }) => [key, value(inner)])),
      );
    case 'call': {
      const { min, max, run } = sqlFunction(expression.name) ?? { min: 1, max: 0, run: () => undefined };
      const { args } = expression;
      if (args.length < min || args.length > max) return undefined;
      return budget.made(run(args.map(value), environment));
    }
    case 'cast':
      return budget.made(castTo(value(expression.value), CAST_TYPES[expression.type]));
    case 'select':
      return nested(expression.statement, value(expression.statement.from), environment);
    default:
      return assertNever(expression);
  }
}

/** Of an array one result an item, of an object one. Developer Guide, "Nested object queries". */
function nested(statement: NestedSelect, from: SqlValue, environment: SqlEnvironment): SqlValue {
  const { budget } = environment;
  const one = (item: SqlValue): SqlValue => {
    const row = { value: item, alias: statement.alias };
    if (statement.where && evaluate(statement.where, row, environment) !== true) return undefined;
    const value = (inner: Expression) => evaluate(inner, row, environment);
    return budget.made(project(statement.selection, item, { value, budget }));
  };
  if (!isArray(from)) return one(from);
  const selected = from.flatMap((item) => {
    const value = one(item);
    return value === undefined ? [] : [value];
  });
  return budget.made(selected);
}

function minus(value: SqlValue): SqlValue {
  const decimal = toDecimal(value);
  return decimal === undefined ? undefined : 0 - decimal;
}

function isIn(value: SqlValue, set: SqlValue): SqlValue {
  return value === undefined || !isArray(set) ? undefined : set.some((item) => equal(value, item) === true);
}

function hasValues(values: SqlValue): boolean {
  return isArray(values) ? values.length > 0 : values !== undefined;
}
