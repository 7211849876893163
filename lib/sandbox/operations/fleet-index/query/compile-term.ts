import { numberOf } from './bound-value';
import type { Bound, PatternPart, Term } from './query';
import { WHITE_SPACE, WORD_SEPARATOR } from './white-space';

/** A value of a document that can be searched. */
export type FieldValue = string | number | boolean;

export type ValueTest = (value: FieldValue) => boolean;

/** "Search is case insensitive. Words are separated by white-space characters" (guide, "Query syntax"). */
export function compileTerm(term: Term): ValueTest {
  if (term.kind === 'phrase') return phraseTest(term.text);
  const [first, ...others] = term.parts;
  if (others.length > 0 || first?.kind === 'one') return wildcardTest(term.parts);
  return first?.kind === 'literal' ? wordTest(first.text) : () => true;
}

function wordTest(text: string): ValueTest {
  const wanted = text.toLowerCase();
  const number = numberOf(text);
  return (value) => {
    if (typeof value === 'number') return value === number;
    return someWord(value, (word) => word === wanted);
  };
}

function phraseTest(text: string): ValueTest {
  const wanted = wordsOf(text);
  return (value) => {
    const words = wordsOf(value);
    return (
      wanted.length > 0 &&
      words.some((_, start) => wanted.every((word, index) => words[start + index] === word))
    );
  };
}

function wildcardTest(parts: readonly PatternPart[]): ValueTest {
  const pattern = parts.map((part) =>
    part.kind === 'literal' ? { ...part, text: part.text.toLowerCase() } : part,
  );
  const [prefix, star] = pattern;
  if (pattern.length === 2 && prefix?.kind === 'literal' && star?.kind === 'any') {
    return (value) => someWord(value, (word) => word.startsWith(prefix.text));
  }
  return (value) => someWord(value, (word) => matches(pattern, word));
}

/** Goes back to the last `*` only, so the time is bounded by the product of the lengths. */
function matches(pattern: readonly PatternPart[], word: string): boolean {
  let part = 0;
  let offset = 0;
  let retry: { part: number; offset: number } | undefined;
  while (part < pattern.length || offset < word.length) {
    const current = pattern[part];
    if (current?.kind === 'any') {
      retry = { part, offset: offset + 1 };
      part += 1;
    } else if (current?.kind === 'one' && offset < word.length) {
      part += 1;
      offset += 1;
    } else if (current?.kind === 'literal' && word.startsWith(current.text, offset)) {
      part += 1;
      offset += current.text.length;
    } else if (retry && retry.offset <= word.length) {
      ({ offset } = retry);
      part = retry.part + 1;
      retry = { part: retry.part, offset: offset + 1 };
    } else return false;
  }
  return true;
}

function wordsOf(value: FieldValue): string[] {
  return String(value)
    .toLowerCase()
    .split(WORD_SEPARATOR)
    .filter((word) => word !== '');
}

function someWord(value: FieldValue, test: (word: string) => boolean): boolean {
  const text = String(value);
  return WHITE_SPACE.test(text) ? wordsOf(text).some(test) : test(text.toLowerCase());
}

/** Numeric where the bound is a number, otherwise by the alphabet of UTF-16, without regard to case. */
export function compileRange({
  lower,
  upper,
}: {
  lower: Bound | undefined;
  upper: Bound | undefined;
}): ValueTest {
  const above = lower && boundTest(lower, (order) => order > 0);
  const below = upper && boundTest(upper, (order) => order < 0);
  return (value) => (above?.(value) ?? true) && (below?.(value) ?? true);
}

function boundTest({ value: limit, inclusive }: Bound, inside: (order: number) => boolean): ValueTest {
  if (typeof limit === 'number') {
    return (value) => {
      const number = typeof value === 'string' ? numberOf(value) : value;
      if (typeof number !== 'number') return false;
      return number === limit ? inclusive : inside(number - limit);
    };
  }
  const text = limit.toLowerCase();
  return (value) => {
    const own = String(value).toLowerCase();
    return own === text ? inclusive : inside(own < text ? -1 : 1);
  };
}
