/**
 * Regular expressions of rules run over what devices send, so they get a time limit: one that backtracks without end would stop the
 * whole sandbox. An expression that is not one, or takes too long, makes the result Undefined.
 * @module
 */
import { createContext, Script } from 'node:vm';

const REGEXP_TIMEOUT_MS = 100;

const context = createContext(Object.create(null));
const match = new Script('new RegExp(pattern).exec(text)?.[0]');
const replace = new Script('text.replace(new RegExp(pattern, "g"), replacement)');

type Input = { text: string; pattern: string; replacement?: string };

/** `{}` when the expression is none or ran out of time. */
function run(script: Script, input: Input): { found?: string | undefined; isRegexp: boolean } {
  try {
    Object.assign(context, input);
    const found: unknown = script.runInContext(context, { timeout: REGEXP_TIMEOUT_MS });
    return { found: typeof found === 'string' ? found : undefined, isRegexp: true };
  } catch {
    return { isRegexp: false };
  }
}

export function regexpMatches(text: string, pattern: string): boolean | undefined {
  const { found, isRegexp } = run(match, { text, pattern });
  return isRegexp ? found !== undefined : undefined;
}

export function regexpSubstr(text: string, pattern: string): string | undefined {
  return run(match, { text, pattern }).found;
}

export function regexpReplace(text: string, pattern: string, replacement: string): string | undefined {
  return run(replace, { text, pattern, replacement }).found;
}
