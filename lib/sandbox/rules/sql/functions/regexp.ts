/**
 * Regular expressions of rules run over what devices send, so they get a time limit: one that backtracks without end would stop the
 * whole sandbox. An expression that is not one, or takes too long, makes the result Undefined.
 * @module
 */
import { createContext, Script } from 'node:vm';
import { PAYLOAD_BYTES_MAX } from '@/lib/sandbox/message-bus';
import type { SqlBudget } from '@/lib/sandbox/rules/sql/budget';

/** Of one call; all calls for a message share what the budget has left. */
const REGEXP_TIMEOUT_MS = 100;

/**
 * V8 compiles an expression without heeding the time limit, and ends the whole process when its compiler runs out of memory, as ten
 * thousand groups within each other make it do; a device may send the expression. People write tens of characters.
 */
const PATTERN_CHARACTERS_MAX = 1_000;

/** What is written without measuring it first takes some milliseconds. */
const WRITTEN_CHARACTERS_MAX = 64 * PAYLOAD_BYTES_MAX;
const LOOKAROUND = /\(\?<?[=!]/;

const context = createContext(Object.create(null));
const match = new Script('new RegExp(pattern).exec(text)?.[0]');
const replace = new Script('text.replace(new RegExp(pattern, "g"), replacement)');
/** No less than the length of what `replace` makes. */
const measure = new Script(`(() => {
  let size = text.length;
  for (const groups of text.matchAll(new RegExp(pattern, "g"))) {
    const longest = Math.max(...groups.map((group) => group?.length ?? 0));
    size += replacement.length + references * (takesRest ? text.length : longest);
  }
  return size;
})()`);

type Input = {
  text: string;
  pattern: string;
  replacement?: string;
  references?: number;
  takesRest?: boolean;
};

/** `{}` when the expression is none or ran out of time. */
function run(script: Script, input: Input, budget: SqlBudget): { found?: unknown; isRegexp: boolean } {
  budget.allowSearch(input.text, input.pattern);
  if (input.pattern.length > PATTERN_CHARACTERS_MAX) {
    throw new RangeError(
      `a regular expression has ${input.pattern.length} characters, the sandbox takes ${PATTERN_CHARACTERS_MAX}`,
    );
  }
  const timeout = Math.ceil(Math.min(REGEXP_TIMEOUT_MS, budget.remainingMs()));
  try {
    Object.assign(context, input);
    return { found: script.runInContext(context, { timeout }), isRegexp: true };
  } catch {
    return { isRegexp: false };
  }
}

const textOf = (found: unknown) => (typeof found === 'string' ? found : undefined);

type Texts = readonly [text: string, pattern: string, replacement: string];

export function regexpMatches([text, pattern]: Texts, budget: SqlBudget): boolean | undefined {
  const { found, isRegexp } = run(match, { text, pattern }, budget);
  return isRegexp ? found !== undefined : undefined;
}

export function regexpSubstr([text, pattern]: Texts, budget: SqlBudget): string | undefined {
  return textOf(run(match, { text, pattern }, budget).found);
}

export function regexpReplace([text, pattern, replacement]: Texts, budget: SqlBudget): string | undefined {
  const references = replacement.split('$').length - 1;
  const takesRest = /\$[`']/.test(replacement);
  const input = { text, pattern, replacement, references, takesRest };
  // What a reference stands for lies within its match, unless something looks around.
  const reach = takesRest || LOOKAROUND.test(pattern) ? text.length : 1;
  // The replacing heeds no time limit while it writes.
  if ((text.length + 1) * (replacement.length + references * reach) > WRITTEN_CHARACTERS_MAX) {
    const size = run(measure, input, budget).found;
    if (typeof size !== 'number') return undefined;
    budget.allow(size);
  }
  return textOf(run(replace, input, budget).found);
}
