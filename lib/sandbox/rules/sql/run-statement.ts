import { childrenOf, expressionsOf } from './children-of';
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
  const { budget } = environment;
  const value = (expression: Expression) => evaluate(expression, row, environment);
  return budget.during((): StatementOutcome => {
    if (statement.where) {
      const where = value(statement.where);
      if (where !== true) return { kind: 'not-selected', where };
    }
    const selected = project(statement.selection, message, { value, budget });
    if (selected === message) return { kind: 'selected', payload, row };
    budget.made(selected);
    const bytes = selected instanceof Uint8Array ? selected : new TextEncoder().encode(toJson(selected));
    return { kind: 'selected', payload: bytes, row };
  });
}

/** Whether a statement reads a member of the payload, or puts `*` beside other items. */
function readsNames(statement: SelectStatement): boolean {
  const { selection } = statement;
  const isMixed =
    selection.kind === 'items' &&
    selection.items.length > 1 &&
    selection.items.some(({ kind }) => kind === 'all');
  return isMixed || expressionsOf(statement).some(readsMember);
}

function readsMember(expression: Expression): boolean {
  return expression.kind === 'field' || childrenOf(expression).some(readsMember);
}
