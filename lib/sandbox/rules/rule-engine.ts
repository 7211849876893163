import type { HeardMessage, MessageBus } from '@/lib/sandbox/message-bus';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import type { CompiledRule } from './compiled-rule';
import { executeRule } from './execute-rule';
import {
  currentChain,
  endForRules,
  inChain,
  type MessageChain,
  newChain,
  throughRule,
} from './message-chain';
import { RuleExplainer } from './rule-explainer';
import { RuleIndex } from './rule-index';
import { SqlBudget } from './sql/budget';

const BASIC_INGEST = /^\$aws\/rules\/([^/]+)\/?(.*)$/s;

export type RuleEngineSettings = {
  sandbox: SandboxState;
  bus: MessageBus;
  now: () => Date;
  onUnexpected(error: unknown): void;
};

export type RuleEngine = { close(): Promise<void> };

/** Listens to every message and runs the topic rules that match it. */
export function startRuleEngine(settings: RuleEngineSettings): RuleEngine {
  const { sandbox, bus, onUnexpected } = settings;
  const explainer = new RuleExplainer(settings);
  const indexes = new Map<string, RuleIndex>();
  const running = new Set<Promise<void>>();

  const indexOf = (regionName: string): RuleIndex => {
    const index = indexes.get(regionName) ?? new RuleIndex(sandbox.region(regionName));
    indexes.set(regionName, index);
    return index;
  };

  // The broker lets a message be heard within the call that publishes it, whatever waits in queues for subscribers, so the chain of
  // what a rule republishes goes along with that call; with what a service answers to it later, too.
  const execute = (compiled: CompiledRule, message: HeardMessage, chain: MessageChain): void => {
    const run = inChain(throughRule(chain), () =>
      executeRule({ ...settings, explainer }, compiled, message, chain.budget),
    )
      .catch((error: unknown) => failed(compiled, message, error))
      .finally(() => running.delete(run));
    running.add(run);
  };

  const executeAll = (rules: readonly CompiledRule[], message: HeardMessage): void => {
    const known = currentChain();
    const begun = newChain();
    for (const compiled of rules) {
      // Each rule that hears the first message has a budget of its own.
      const chain = known ?? { ...begun, budget: new SqlBudget() };
      const reason = endForRules(chain);
      if (reason !== undefined) {
        const { ruleName } = compiled.rule;
        const text = `The rule ${ruleName} was not run for a message to ${message.topic}: ${reason}. Republish, or let the function publish, to a topic that the rule does not match.`;
        explainer.explain({ code: 'rule-loop-stopped', ruleName, message, text });
        // The other rules are not run either: a thousand of them, each told of, would take as long as the loop.
        return;
      }
      execute(compiled, message, chain);
    }
  };

  /** What a payload nested too deep, a string grown too long, or a budget that is spent ends with. */
  const failed = ({ rule: { ruleName } }: CompiledRule, message: HeardMessage, error: unknown): void => {
    if (!(error instanceof RangeError)) {
      onUnexpected(error);
      return;
    }
    const text = `The rule ${ruleName} was given up on a message to ${message.topic}: its payload, or what the rule makes of it, is too deep, too large or too much work (${error.message}).`;
    explainer.explain({ code: 'rule-failed', ruleName, message, text });
  };

  const hear = (message: HeardMessage): void => {
    const index = indexOf(message.region);
    const [, ruleName, rest = ''] = BASIC_INGEST.exec(message.topic) ?? [];
    if (ruleName === undefined) {
      executeAll(index.matching(message.topic), message);
      return;
    }
    const compiled = index.named(ruleName);
    if (compiled) executeAll([compiled], { ...message, topic: rest });
    else {
      const text = `A message came for the rule ${ruleName} by basic ingest, but there is no such rule, or it is disabled.`;
      explainer.explain({ code: 'rule-not-found', ruleName, message, text });
    }
  };

  const stop = bus.listen(hear);
  return {
    async close() {
      stop();
      await Promise.all(running);
    },
  };
}
