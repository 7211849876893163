import type { SqlEnvironment } from './environment';
import { evaluate, type Row } from './evaluate';
import { project } from './project';
import type { Expression, SelectStatement } from './syntax';
import { parsePayload, type SqlValue, toJson } from './value';

export type StatementOutcome =
  /** `row` is what substitution templates read. */
  | { kind: 'selected'; payload: Uint8Array; row: Row }
  /** WHERE came to something else than true. */
  | { kind: 'not-selected'; where: SqlValue }
  /** The payload is not JSON, and the statement asks for more than `*`. */
  | { kind: 'payload-not-json' };

/** What a statement makes of a message's payload. WHERE is asked first; aliases of the selection mean nothing there. */
export function runStatement(
  statement: SelectStatement,
  payload: Uint8Array,
  environment: SqlEnvironment,
): StatementOutcome {
  const { isJson, value: message } = parsePayload(payload);
  // Guide, "Working with binary payloads": no names but `*`, alone or as an argument.
  if (!isJson && readsNames(statement)) return { kind: 'payload-not-json' };
  const row: Row = { value: message, alias: undefined };
  const value = (expression: Expression) => evaluate(expression, row, environment);
  if (statement.where) {
    const where = value(statement.where);
    if (where !== true) return { kind: 'not-selected', where };
  }
  const selected = project(statement.selection, message, value);
  if (selected === message) return { kind: 'selected', payload, row };
  const bytes = selected instanceof Uint8Array ? selected : new TextEncoder().encode(toJson(selected));
  return { kind: 'selected', payload: bytes, row };
}

/** Whether a statement reads a member of the payload, or puts `*` beside other items. */
function readsNames({ selection, where }: SelectStatement): boolean {
  const expressions = selection.kind === 'value' ? [selection.value] : [];
  if (selection.kind === 'items') {
    if (selection.items.length > 1 && selection.items.some(({ kind }) => kind === 'all')) return true;
    for (const item of selection.items) if (item.kind === 'named') expressions.push(item.value);
  }
  return [...expressions, ...(where ? [where] : [])].some(readsMember);
}

export function readsMember(expression: Expression): boolean {
  switch (expression.kind) {
    case 'field':
      return true;
    case 'member':
      return readsMember(expression.of);
    case 'unary':
      return readsMember(expression.operand);
    case 'binary':
      return readsMember(expression.left) || readsMember(expression.right);
    case 'in':
      return readsMember(expression.value) || readsMember(expression.set);
    case 'cast':
      return readsMember(expression.value);
    case 'call':
      return expression.args.some(readsMember);
    case 'array':
      return expression.items.some(readsMember);
    case 'object':
      return expression.entries.some(({ value }) => readsMember(value));
    case 'case': {
      const { subject, whens, otherwise } = expression;
      const results = whens.flatMap(({ test, result }) => [test, result]);
      return [subject, ...results, ...(otherwise ? [otherwise] : [])].some(readsMember);
    }
    case 'exists':
      return readsMember(expression.query);
    case 'select':
      return readsMember(expression.statement.from);
    default:
      return false;
  }
}
