import type { SqlBudget } from './budget';
import { printExpression } from './print-sql';
import type { Expression, SelectItem, Selection } from './syntax';
import { isObject, type SqlValue } from './value';

type Evaluation = { value: (expression: Expression) => SqlValue; budget: SqlBudget };

/**
 * What a selection makes of a row. Members that are Undefined are left out.
 * @throws RangeError when the budget is spent
 */
export function project(selection: Selection, row: SqlValue, { value, budget }: Evaluation): SqlValue {
  if (selection.kind === 'value') return value(selection.value);
  const [only, ...others] = selection.items;
  if (only?.kind === 'all' && others.length === 0) return row;
  const result = new ObjectBuilder();
  for (const item of selection.items) {
    if (item.kind === 'named') result.put(nameOf(item), value(item.value));
    else if (isObject(row)) {
      for (const [key, member] of Object.entries(row)) {
        budget.step(); // a statement may say * a thousand times
        result.put([key], member);
      }
    }
  }
  return result.object();
}

/** Without AS: the last name of a path; of anything else the expression itself, as it would be printed. */
function nameOf({ alias, value }: SelectItem & { kind: 'named' }): readonly string[] {
  if (alias) return alias;
  return [value.kind === 'field' || value.kind === 'member' ? value.name : printExpression(value)];
}

type Tree = Map<string, Tree | { leaf: SqlValue }>;

/** An object whose members are put by path; the last one put counts. */
class ObjectBuilder {
  readonly #tree: Tree = new Map();

  put(path: readonly string[], value: SqlValue): void {
    if (value === undefined) return;
    let at = this.#tree;
    for (const name of path.slice(0, -1)) {
      const inner = at.get(name);
      const next: Tree = inner instanceof Map ? inner : new Map();
      at.set(name, next);
      at = next;
    }
    at.set(path.at(-1) ?? '', { leaf: value });
  }

  object(): SqlValue {
    return objectOf(this.#tree);
  }
}

const objectOf = (tree: Tree): SqlValue =>
  Object.fromEntries(
    [...tree].map(([name, inner]) => [name, inner instanceof Map ? objectOf(inner) : inner.leaf]),
  );
