import type { Bound, PatternPart, Query, Term } from '@/lib/sandbox/operations/fleet-index/query/query';

/** Writes a query so that reading it gives the same tree; the other way round of `parseQuery`, for its tests. */
export function printQuery(query: Query): string {
  switch (query.kind) {
    case 'match':
      return query.field === undefined
        ? printTerm(query.term)
        : `${escaped(query.field)}:${printTerm(query.term)}`;
    case 'range':
      return printRange(query);
    case 'not':
      return `NOT (${printQuery(query.operand)})`;
    case 'and':
    case 'or': {
      const operator = query.kind === 'and' ? ' AND ' : ' OR ';
      return query.operands.map((operand) => `(${printQuery(operand)})`).join(operator);
    }
  }
}

function printRange({ field, lower, upper }: Extract<Query, { kind: 'range' }>): string {
  const opening = lower && !lower.inclusive ? '{' : '[';
  const closing = upper && !upper.inclusive ? '}' : ']';
  return `${escaped(field)}:${opening}${printBound(lower)} TO ${printBound(upper)}${closing}`;
}

function printBound(bound: Bound | undefined): string {
  if (bound === undefined) return '*';
  return typeof bound.value === 'number' ? String(bound.value) : quoted(bound.value);
}

function printTerm(term: Term): string {
  return term.kind === 'phrase' ? quoted(term.text) : term.parts.map(printPart).join('');
}

function printPart(part: PatternPart): string {
  if (part.kind === 'literal') return escaped(part.text);
  return part.kind === 'any' ? '*' : '?';
}

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
const escaped = (text: string) => text.replace(/[\s\S]/g, '\\$&');
