/**
 * Queries of the fleet index as a tree. AWS IoT Developer Guide, "Query syntax" and "Example thing queries".
 * @module
 */

/** A piece of a word: its characters as written, any characters (`*`), or exactly one (`?`). */
export type PatternPart = { kind: 'literal'; text: string } | { kind: 'any' } | { kind: 'one' };

/** What a field's value is compared with. */
export type Term =
  /** One word, perhaps with wildcards. */
  | { kind: 'word'; parts: readonly PatternPart[] }
  /** Consecutive words, in quotes; no wildcards. */
  | { kind: 'phrase'; text: string };

/** An end of a range; a number when it is written as one without quotes, otherwise text. */
export type Bound = { value: string | number; inclusive: boolean };

export type Query =
  | { kind: 'match'; field: string | undefined; term: Term }
  | { kind: 'range'; field: string; lower: Bound | undefined; upper: Bound | undefined }
  | { kind: 'and' | 'or'; operands: readonly Query[] }
  | { kind: 'not'; operand: Query };

/** Why a text is no query. `offset` counts UTF-16 units from 0. */
export type QueryFault = { offset: number } & (
  | { kind: 'unexpected'; found: string; expected: string }
  | { kind: 'unterminated-phrase' }
  | { kind: 'dangling-escape' }
  | { kind: 'unsupported-character'; character: string }
  | { kind: 'too-many-terms'; termsMax: number }
  | { kind: 'too-many-leading-wildcards' }
  | { kind: 'leading-wildcard-too-long'; charactersMax: number }
  | { kind: 'too-long'; bytesMax: number }
);
