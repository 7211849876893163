/**
 * The white space of a JSON text, changed without touching anything else: escapes and numbers stay as they are spelled.
 * @module
 */
import { readJsonTree } from './json-tree';

/** White space between tokens, strings and everything else. RFC 8259 section 2. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The text without white space between its tokens; as it is when it is no JSON. */
export function compactJson(text: string): string {
  return readJsonTree(text).ok ? (text.match(TOKENS) ?? []).join('') : text;
}

/** The text with one member or item per line; as it is when it is no JSON. `indent` spaces per level. */
export function layOutJson(text: string, indent = 2): string {
  if (!readJsonTree(text).ok) return text;
  const tokens = text.match(TOKENS) ?? [];
  let level = 0;
  let laidOut = '';
  const newLine = () => `\n${' '.repeat(indent * level)}`;
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (token === '{' || token === '[') {
      level += 1;
      const isEmpty = next === '}' || next === ']';
      laidOut += isEmpty ? token : token + newLine();
    } else if (token === '}' || token === ']') {
      level -= 1;
      const before = tokens[index - 1];
      laidOut += before === '{' || before === '[' ? token : newLine() + token;
    } else if (token === ',') laidOut += token + newLine();
    else laidOut += token === ':' ? ': ' : token;
  }
  return laidOut;
}
