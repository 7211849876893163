/**
 * The lint of policies that remembers: while a template is typed, all of its policies but one stay as they are.
 * @module
 */
import { lintPolicy } from '@/lib/policy/lint/lint-policy';

/** Twice as many policies as a certificate can have, so that undoing finds them again. */
const REMEMBERED_MAX = 20;

/** A {@link lintPolicy} of its own for one editor; the answers are shared and must not be changed. */
export function policyLinter(): typeof lintPolicy {
  const known = new Map<string, ReturnType<typeof lintPolicy>>();
  return (text, context) => {
    const key = JSON.stringify([text, context]);
    const found = known.get(key) ?? lintPolicy(text, context);
    // Taken out and put in again: the first of the map is the one not asked for the longest.
    known.delete(key);
    known.set(key, found);
    const [oldest] = known.keys();
    if (known.size > REMEMBERED_MAX && oldest !== undefined) known.delete(oldest);
    return found;
  };
}
