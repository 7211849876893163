import type { PatternPart, Query } from './query';
import { QueryRefusal } from './token-cursor';

/** "The maximum number of terms in a query is twelve" (guide, "Query syntax"). */
const TERMS_MAX = 12;
/** Same page: the length of a query with a leading wildcard, of which there may be one. */
const LEADING_WILDCARD_CHARACTERS_MAX = 100;

/** Counts what AWS limits in one query. */
export class TermBudget {
  readonly #queryCharacters: number;
  #terms = 0;
  #leadingWildcards = 0;

  constructor(queryCharacters: number) {
    this.#queryCharacters = queryCharacters;
  }

  spend(query: Query, offset: number): Query {
    this.#terms += 1;
    if (this.#terms > TERMS_MAX) {
      throw new QueryRefusal({ kind: 'too-many-terms', termsMax: TERMS_MAX, offset });
    }
    if (query.kind === 'match' && query.term.kind === 'word' && startsWithWildcard(query.term.parts)) {
      this.#spendLeadingWildcard(offset);
    }
    return query;
  }

  #spendLeadingWildcard(offset: number): void {
    this.#leadingWildcards += 1;
    if (this.#leadingWildcards > 1) throw new QueryRefusal({ kind: 'too-many-leading-wildcards', offset });
    if (this.#queryCharacters <= LEADING_WILDCARD_CHARACTERS_MAX) return;
    const charactersMax = LEADING_WILDCARD_CHARACTERS_MAX;
    throw new QueryRefusal({ kind: 'leading-wildcard-too-long', charactersMax, offset });
  }
}

/** A bare `*` asks whether there is a value, and is no leading wildcard. */
function startsWithWildcard(parts: readonly PatternPart[]): boolean {
  return parts[0]?.kind !== 'literal' && !(parts.length === 1 && parts[0]?.kind === 'any');
}
