/**
 * Substitution templates, `${expression}` in the fields of an action. AWS IoT Core Developer Guide, "Substitution templates".
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import { toText } from './convert';
import type { SqlEnvironment } from './environment';
import { evaluate, type Row } from './evaluate';
import { parseSqlExpression } from './parse-sql';
import { SqlFault } from './sql-fault';
import type { Expression, SqlVersion } from './syntax';

/** Plain text and expressions in turn. */
export type Template = readonly (string | Expression)[];

export function parseTemplate(text: string, version: SqlVersion): Result<Template, SqlFault> {
  const parts: (string | Expression)[] = [];
  let at = 0;
  for (let open = text.indexOf('${'); open >= 0; open = text.indexOf('${', at)) {
    const close = closingBrace(text, open + 2);
    if (close === undefined) return fail(new SqlFault("The template that begins with '${' has no end", open));
    const parsed = parseSqlExpression(text.slice(open + 2, close), version);
    if (!parsed.ok) return fail(new SqlFault(parsed.failure.message, parsed.failure.position + open + 2));
    if (open > at) parts.push(text.slice(at, open));
    parts.push(parsed.value);
    at = close + 1;
  }
  if (at < text.length) parts.push(text.slice(at));
  return ok(parts);
}

/** Braces within strings and objects do not end a template. */
function closingBrace(text: string, from: number): number | undefined {
  const signs = /'[^']*'|"[^"]*"|[{}]/g;
  signs.lastIndex = from;
  let depth = 0;
  for (let found = signs.exec(text); found; found = signs.exec(text)) {
    if (found[0] === '{') depth += 1;
    else if (found[0] === '}' && depth === 0) return found.index;
    else if (found[0] === '}') depth -= 1;
  }
  return undefined;
}

/**
 * The text. Undefined by itself is the empty string (guide, "Data types").
 * @throws RangeError when the budget is spent
 */
export function fillTemplate(template: Template, row: Row, environment: SqlEnvironment): string {
  const { budget } = environment;
  const text = (part: Template[number]) =>
    typeof part === 'string' ? part : budget.made(toText(evaluate(part, row, environment)) ?? '');
  return budget.during(() => template.map(text).join(''));
}
