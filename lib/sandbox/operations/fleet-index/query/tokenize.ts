import { fail, ok, type Result } from '@/lib/result';
import type { PatternPart, QueryFault, Term } from './query';
import { WHITE_SPACE } from './white-space';

export type Punctuation = '(' | ')' | '[' | ']' | '{' | '}' | ':' | '<' | '<=' | '>' | '>=' | '-';

export type Token = { offset: number } & (
  | { kind: 'punctuation'; text: Punctuation }
  /** `source` is what was written, escapes and all; `AND`, `OR`, `NOT` and `TO` are told by it. */
  | { kind: 'word'; source: string; term: Extract<Term, { kind: 'word' }> }
  | { kind: 'phrase'; term: Extract<Term, { kind: 'phrase' }> }
);

/** "Unsupported features" of the guide's page, and the operators of Lucene that belong to them: boost, fuzzy, must, and, or, not. */
const UNSUPPORTED = new Set("`@#%/';,^~+&|!=");
const SINGLE = new Set('()[]{}:');
/** Cuts a query into tokens. Total: every text gives tokens or a fault. */
export function tokenize(text: string): Result<Token[], QueryFault> {
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < text.length) {
    const character = text.charAt(offset);
    if (WHITE_SPACE.test(character)) {
      offset += 1;
      continue;
    }
    const read = readToken(text, { offset, afterOperator: expectsValue(tokens.at(-1)) });
    if (!read.ok) return read;
    tokens.push(read.value.token);
    offset = read.value.end;
  }
  return ok(tokens);
}

type Reading = Result<{ token: Token; end: number }, QueryFault>;

/** After these a hyphen belongs to a value, as in `temperature<-5`, and does not exclude. */
const BEFORE_VALUE = new Set<Punctuation>([':', '<', '<=', '>', '>=', '[', '{']);

function expectsValue(last: Token | undefined): boolean {
  if (last?.kind === 'word') return last.source === 'TO';
  return last?.kind === 'punctuation' && BEFORE_VALUE.has(last.text);
}

function readToken(
  text: string,
  { offset, afterOperator }: { offset: number; afterOperator: boolean },
): Reading {
  const character = text.charAt(offset);
  if (character === '"') return readPhrase(text, offset);
  if (character === '<' || character === '>') {
    const orEqual = text.charAt(offset + 1) === '=';
    return punctuation(orEqual ? `${character}=` : character, offset);
  }
  if (isSingle(character)) return punctuation(character, offset);
  if (character === '-' && !afterOperator) return punctuation(character, offset);
  return readWord(text, offset);
}

const isSingle = (character: string): character is Exclude<Punctuation, '<' | '<=' | '>' | '>=' | '-'> =>
  SINGLE.has(character);

const punctuation = (text: Punctuation, offset: number): Reading =>
  ok({ token: { kind: 'punctuation', text, offset }, end: offset + text.length });

function readPhrase(text: string, start: number): Reading {
  let phrase = '';
  for (let offset = start + 1; offset < text.length; offset += 1) {
    const character = text.charAt(offset);
    if (character === '"') {
      return ok({
        token: { kind: 'phrase', term: { kind: 'phrase', text: phrase }, offset: start },
        end: offset + 1,
      });
    }
    if (character === '\\') offset += 1;
    phrase += text.charAt(offset);
  }
  return fail({ kind: 'unterminated-phrase', offset: start });
}

function readWord(text: string, start: number): Reading {
  const parts: PatternPart[] = [];
  let literal = '';
  const endLiteral = () => {
    if (literal !== '') parts.push({ kind: 'literal', text: literal });
    literal = '';
  };
  let offset = start;
  for (; offset < text.length; offset += 1) {
    const character = text.charAt(offset);
    if (WHITE_SPACE.test(character) || isSingle(character) || '"<>'.includes(character)) break;
    if (UNSUPPORTED.has(character)) return fail({ kind: 'unsupported-character', character, offset });
    if (character === '\\') {
      offset += 1;
      if (offset === text.length) return fail({ kind: 'dangling-escape', offset: offset - 1 });
      literal += text.charAt(offset);
    } else if (character === '*' || character === '?') {
      endLiteral();
      parts.push({ kind: character === '*' ? 'any' : 'one' });
    } else literal += character;
  }
  endLiteral();
  const source = text.slice(start, offset);
  return ok({ token: { kind: 'word', source, term: { kind: 'word', parts }, offset: start }, end: offset });
}
