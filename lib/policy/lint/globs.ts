/**
 * How patterns of policies relate to one another.
 * @module
 */
import { compilePattern, matchPattern } from '@/lib/policy/pattern';

const LITERAL_VARIABLES = { wildcards: true, variables: false };

/** Characters that no ARN has, standing for another pattern's wildcards. `*` is two, so that no `?` takes it. */
const ANY_MARK = '\uE000\uE001';
const ONE_MARK = '\uE002';

/**
 * Whether everything that `inner` matches is matched by `outer` as well. Variables are compared by name. Sound but not
 * complete: it never says yes where it is no.
 */
export function covers(outer: string, inner: string): boolean {
  return matchesText(outer, inner.replaceAll('*', ANY_MARK).replaceAll('?', ONE_MARK));
}

/** Whether a pattern matches a text, its variables taken as text. */
export function matchesText(pattern: string, text: string): boolean {
  return matchPattern(compilePattern(pattern, LITERAL_VARIABLES), text, () => undefined).kind === 'match';
}
