/**
 * A text inside a JSON string, and where each of its characters stands in the text around it.
 * RFC 8259 section 7.
 * @module
 */
import type { TextRange } from './json-tree';

/**
 * Maps offsets of a decoded string to offsets of its literal.
 *
 * @param text - the text that holds the literal
 * @param literal - the literal with its quotes, as a reading found it
 * @returns the offset in `text` of the character (or of its escape) at a decoded offset
 */
export function stringOffsets(text: string, literal: TextRange): (decodedOffset: number) => number {
  const end = literal.end - 1;
  const firstEscape = text.indexOf('\\', literal.start);
  if (firstEscape === -1 || firstEscape >= end) return (at) => Math.min(literal.start + 1 + at, end);
  const offsets: number[] = [];
  let at = literal.start + 1;
  while (at < end) {
    offsets.push(at);
    if (text.charAt(at) !== '\\') at += 1;
    else at += text.charAt(at + 1) === 'u' ? 6 : 2;
  }
  return (decoded) => offsets[decoded] ?? end;
}

/** The range in `text` of a range in the decoded string. */
export function rangeInLiteral(toOuter: (offset: number) => number, inner: TextRange): TextRange {
  return { start: toOuter(inner.start), end: toOuter(inner.end) };
}
