/**
 * Wildcard patterns of policies: `*` any characters (also `/`), `?` exactly one, `${name}` a variable.
 * AWS IoT Developer Guide, "AWS IoT Core policy variables"; IAM User Guide, "IAM policy elements: Variables and tags".
 * MQTT's `+` and `#` are ordinary characters here.
 * @module
 */

type PatternPart =
  | { kind: 'literal'; text: string }
  | { kind: 'any' }
  | { kind: 'one' }
  | { kind: 'variable'; name: string };

/** A pattern read once and matched often. */
export type Pattern = { readonly source: string; readonly parts: readonly PatternPart[] };

export type PatternSyntax = { wildcards: boolean; variables: boolean };

/** The value of a variable for this request, or undefined when it has none. */
export type VariableLookup = (name: string) => string | undefined;

export type PatternMatch =
  | { kind: 'match' }
  | { kind: 'no-match' }
  /** A variable had no value: the pattern can match nothing. */
  | { kind: 'unresolved'; variables: readonly string[] };

/**
 * Reads a pattern. Total: a `${` without its `}` is literal text.
 * `${*}`, `${?}` and `${$}` stand for the characters themselves (IAM User Guide, "Variables and tags").
 */
export function compilePattern(source: string, syntax: PatternSyntax): Pattern {
  const parts: PatternPart[] = [];
  let literal = '';
  const flush = () => {
    if (literal !== '') parts.push({ kind: 'literal', text: literal });
    literal = '';
  };
  let offset = 0;
  while (offset < source.length) {
    const character = source.charAt(offset);
    const end = syntax.variables && source.startsWith('${', offset) ? source.indexOf('}', offset) : -1;
    if (end !== -1) {
      const name = source.slice(offset + 2, end);
      if (name === '*' || name === '?' || name === '$') {
        literal += name;
      } else {
        flush();
        parts.push({ kind: 'variable', name });
      }
      offset = end + 1;
      continue;
    }
    if (syntax.wildcards && (character === '*' || character === '?')) {
      flush();
      parts.push({ kind: character === '*' ? 'any' : 'one' });
    } else {
      literal += character;
    }
    offset += 1;
  }
  flush();
  return { source, parts };
}

/** The names of the variables a pattern mentions, in order of appearance. */
export function variablesOf(pattern: Pattern): string[] {
  return pattern.parts.flatMap((part) => (part.kind === 'variable' ? [part.name] : []));
}

/**
 * Matches a whole text. A variable's value is taken literally: wildcards inside it mean themselves, so that a device
 * cannot widen its own rights by calling itself `*`.
 *
 * Costs at most the product of both lengths; never backtracks further than the last `*`.
 */
export function matchPattern(pattern: Pattern, text: string, lookup: VariableLookup): PatternMatch {
  const unresolved: string[] = [];
  // Most patterns are plain text up to one last `*`: what comes before the first wildcard is compared at once.
  let start = '';
  const tokens: Token[] = [];
  for (const part of pattern.parts) {
    if (part.kind === 'any' || part.kind === 'one') {
      tokens.push(part.kind === 'any' ? ANY : ONE);
      continue;
    }
    const plain = part.kind === 'literal' ? part.text : lookup(part.name);
    if (plain === undefined) {
      if (part.kind === 'variable') unresolved.push(part.name);
    } else if (tokens.length === 0) {
      start += plain;
    } else {
      for (const character of plain) tokens.push(character);
    }
  }
  if (unresolved.length > 0) return { kind: 'unresolved', variables: unresolved };
  if (!text.startsWith(start)) return NO_MATCH;
  const isAnyEnd = tokens.length === 1 && tokens[0] === ANY;
  return isAnyEnd || matchTokens(tokens, Array.from(text.slice(start.length))) ? MATCH : NO_MATCH;
}

const MATCH: PatternMatch = { kind: 'match' };
const NO_MATCH: PatternMatch = { kind: 'no-match' };

/** The text of a pattern without wildcards, with its variables filled in; undefined when one has no value. */
export function fillPattern(pattern: Pattern, lookup: VariableLookup): string | undefined {
  let text = '';
  for (const part of pattern.parts) {
    if (part.kind === 'literal') text += part.text;
    else if (part.kind === 'variable') {
      const value = lookup(part.name);
      if (value === undefined) return undefined;
      text += value;
    }
  }
  return text;
}

const ANY = Symbol('any');
const ONE = Symbol('one');
type Token = string | typeof ANY | typeof ONE;

/** Greedy glob: on a mismatch only the most recent `*` takes one character more, which is enough for globs. */
function matchTokens(tokens: readonly Token[], characters: readonly string[]): boolean {
  let token = 0;
  let at = 0;
  let starToken = -1;
  let starAt = 0;
  while (at < characters.length) {
    const expected = tokens[token];
    if (expected === ANY) {
      starToken = token;
      starAt = at;
      token += 1;
    } else if (expected === ONE || (expected !== undefined && expected === characters[at])) {
      token += 1;
      at += 1;
    } else if (starToken !== -1) {
      token = starToken + 1;
      starAt += 1;
      at = starAt;
    } else {
      return false;
    }
  }
  while (tokens[token] === ANY) token += 1;
  return token === tokens.length;
}
