import type { Expression, SelectStatement } from './syntax';

/** The expressions that an expression is made of; of a nested SELECT only what it reads from, as the rest has names of its own. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'member':
      return [expression.of];
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'in':
      return [expression.value, expression.set];
    case 'exists':
      return [expression.query];
    case 'case': {
      const { subject, whens, otherwise } = expression;
      return [
        subject,
        ...whens.flatMap(({ test, result }) => [test, result]),
        ...(otherwise ? [otherwise] : []),
      ];
    }
    case 'array':
      return expression.items;
    case 'object':
      return expression.entries.map(({ value }) => value);
    case 'call':
      return expression.args;
    case 'cast':
      return [expression.value];
    case 'select':
      return [expression.statement.from];
    default:
      return [];
  }
}

/** The expressions of a statement's selection and condition. */
export function expressionsOf({ selection, where }: SelectStatement): Expression[] {
  const selected =
    selection.kind === 'value'
      ? [selection.value]
      : selection.items.flatMap((item) => (item.kind === 'named' ? [item.value] : []));
  return where ? [...selected, where] : selected;
}
