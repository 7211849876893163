/**
 * Statements as text again: canonical, and read back as the same tree.
 * @module
 */
import { assertNever } from '@/lib/result';
import type { Expression, NestedSelect, SelectItem, Selection, SelectStatement } from './syntax';

export function printSql({ selection, topicFilter, where }: SelectStatement): string {
  const from = topicFilter === undefined ? '' : ` FROM ${quoted(topicFilter)}`;
  return `SELECT ${printSelection(selection)}${from}${printWhere(where)}`;
}

export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'string' ? quoted(expression.value) : String(expression.value);
    case 'star':
      return '*';
    case 'field':
      return expression.name;
    case 'member':
      return `${operand(expression.of)}.${expression.name}`;
    case 'unary':
      return `${expression.operator === 'NOT' ? 'NOT ' : '-'}${operand(expression.operand)}`;
    case 'binary':
      return `${operand(expression.left)} ${expression.operator} ${operand(expression.right)}`;
    case 'in':
      return `${operand(expression.value)} IN ${operand(expression.set)}`;
    case 'exists':
      return `EXISTS ${printExpression(expression.query)}`;
    case 'case': {
      const whens = expression.whens.map(
        ({ test, result }) => ` WHEN ${printExpression(test)} THEN ${printExpression(result)}`,
      );
      const otherwise = expression.otherwise ? ` ELSE ${printExpression(expression.otherwise)}` : '';
      return `CASE ${printExpression(expression.subject)}${whens.join('')}${otherwise} END`;
    }
    case 'array':
      return `[${expression.items.map(printExpression).join(', ')}]`;
    case 'object': {
      const entries = expression.entries.map(({ key, value }) => `${quoted(key)}: ${printExpression(value)}`);
      return `{${entries.join(', ')}}`;
    }
    case 'call':
      return `${expression.name}(${expression.args.map(printExpression).join(', ')})`;
    case 'cast':
      return `cast(${printExpression(expression.value)} AS ${expression.type})`;
    case 'select':
      return `(${printNested(expression.statement)})`;
    default:
      return assertNever(expression);
  }
}

function printNested({ selection, from, alias, where }: NestedSelect): string {
  const as = alias === undefined ? '' : ` AS ${quoted(alias)}`;
  return `SELECT ${printSelection(selection)} FROM ${printExpression(from)}${as}${printWhere(where)}`;
}

const printWhere = (where: Expression | undefined) => (where ? ` WHERE ${printExpression(where)}` : '');

function printSelection(selection: Selection): string {
  if (selection.kind === 'items') return selection.items.map(printItem).join(', ');
  const value = printExpression(selection.value);
  return `VALUE ${selection.value.kind === 'star' || selection.value.kind === 'literal' ? value : parenthesised(selection.value)}`;
}

function printItem(item: SelectItem): string {
  if (item.kind === 'all') return '*';
  const as = item.alias === undefined ? '' : ` AS ${item.alias.map(quoted).join('.')}`;
  return `${printExpression(item.value)}${as}`;
}

/** Within another expression; brackets around whatever has operators, so that precedence need not be known. */
function operand(expression: Expression): string {
  switch (expression.kind) {
    case 'unary':
    case 'binary':
    case 'in':
      return parenthesised(expression);
    case 'literal':
      return typeof expression.value === 'number' ? parenthesised(expression) : printExpression(expression);
    default:
      return printExpression(expression);
  }
}

const parenthesised = (expression: Expression) =>
  expression.kind === 'select' ? printExpression(expression) : `(${printExpression(expression)})`;

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
