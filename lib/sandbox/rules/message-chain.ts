/**
 * What one message leads to, by rules that republish it and functions that publish or invoke again. It goes along with the calls that
 * it causes; what a function asks of the sandbox's API comes back to it by a header (lambda/trace-header.ts).
 * @module
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { SqlBudget } from './sql/budget';

/**
 * AWS stops a function that it sees invoked by itself for the 17th time in turn (Lambda Developer Guide, "Recursive loop detection"), but
 * not one that a rule invokes, and no rules: those go on for as long as they are paid. Here every loop ends: by the length of one path,
 * and, as a rule may have ten actions, by how many executions and invocations all paths come to.
 */
const IN_TURN_MAX = 16;
const IN_ALL_MAX = 1_000;
const SPENT = `it has led to ${IN_ALL_MAX} executions of rules and functions already`;

export type MessageChain = {
  /** Rules that have heard it in turn, and functions that have run in turn. */
  readonly rules: number;
  readonly functions: number;
  /** Executions of rules after the first message, and invocations of functions. */
  readonly all: { count: number };
  /** Of the rule that heard the first message, and all that it leads to. */
  readonly budget: SqlBudget;
};

const chains = new AsyncLocalStorage<MessageChain>();

export const newChain = (): MessageChain => ({
  rules: 0,
  functions: 0,
  all: { count: 0 },
  budget: new SqlBudget(),
});

/** The one that what runs now belongs to. */
export const currentChain = (): MessageChain | undefined => chains.getStore();

/** Runs `act` as part of a chain, and all that it begins. */
export function inChain<Value>(chain: MessageChain | undefined, act: () => Value): Value {
  return chain === undefined ? act() : chains.run(chain, act);
}

/** The chain behind one more execution of a rule. The first message is heard by as many rules as match it. */
export function throughRule(chain: MessageChain): MessageChain {
  if (chain.rules + chain.functions > 0) chain.all.count += 1;
  return { ...chain, rules: chain.rules + 1 };
}

/** The chain behind one more invocation of a function. */
export function throughFunction(chain: MessageChain): MessageChain {
  chain.all.count += 1;
  return { ...chain, functions: chain.functions + 1 };
}

/** Why no further rule may hear what a chain has come to; undefined: it may. */
export function endForRules({ rules, functions, all }: MessageChain): string | undefined {
  if (rules >= IN_TURN_MAX) return `rules have heard it ${IN_TURN_MAX} times in turn already`;
  return rules + functions > 0 && all.count >= IN_ALL_MAX ? SPENT : undefined;
}

/** Why no further function may be invoked in a chain; undefined: it may. */
export function endForFunctions({ functions, all }: MessageChain): string | undefined {
  if (functions >= IN_TURN_MAX) return `functions have handled it ${IN_TURN_MAX} times in turn already`;
  return all.count >= IN_ALL_MAX ? SPENT : undefined;
}
