import { AsyncLocalStorage } from 'node:async_hooks';
import type { HeardMessage, MessageBus } from '@/lib/sandbox/message-bus';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import type { CompiledRule } from './compiled-rule';
import { executeRule } from './execute-rule';
import { RuleExplainer } from './rule-explainer';
import { RuleIndex } from './rule-index';
import { SqlBudget } from './sql/budget';

/**
 * AWS has no such bounds and sends for as long as it is paid; here a loop of rules ends before it fills the machine: by how often a
 * message was republished in turn, and, as a rule may republish it ten times at once, by how many executions that led to in all.
 */
const REPUBLISH_DEPTH_MAX = 16;
const REPUBLISH_EXECUTIONS_MAX = 1_000;
const BASIC_INGEST = /^\$aws\/rules\/([^/]+)\/?(.*)$/s;

export type RuleEngineSettings = {
  sandbox: SandboxState;
  bus: MessageBus;
  now: () => Date;
  onUnexpected(error: unknown): void;
};

/** Where a message comes from that a rule republished. */
type Origin = {
  /** Rules that have republished it in turn. */
  depth: number;
  /** Of all rules that heard what became of the first message by republishing. */
  executions: { count: number };
  /** Of the rule that heard the first message. */
  budget: SqlBudget;
};

export type RuleEngine = { close(): Promise<void> };

/** Listens to every message and runs the topic rules that match it. */
export function startRuleEngine(settings: RuleEngineSettings): RuleEngine {
  const { sandbox, bus, onUnexpected } = settings;
  const explainer = new RuleExplainer(settings);
  const indexes = new Map<string, RuleIndex>();
  const running = new Set<Promise<void>>();
  // The broker lets a message be heard within the call that publishes it, whatever waits in queues for subscribers, so the origin of
  // what a rule republishes goes along with that call; with what a service answers to it later, too.
  const origins = new AsyncLocalStorage<Origin>();

  const indexOf = (regionName: string): RuleIndex => {
    const index = indexes.get(regionName) ?? new RuleIndex(sandbox.region(regionName));
    indexes.set(regionName, index);
    return index;
  };

  const execute = (compiled: CompiledRule, message: HeardMessage, origin: Origin): void => {
    if (origin.depth > 0) origin.executions.count += 1;
    const republished = { ...origin, depth: origin.depth + 1 };
    const run = origins
      .run(republished, () => executeRule({ ...settings, explainer }, compiled, message, origin.budget))
      .catch((error: unknown) => failed(compiled, message, error))
      .finally(() => running.delete(run));
    running.add(run);
  };

  const executeAll = (rules: readonly CompiledRule[], message: HeardMessage): void => {
    const origin = origins.getStore();
    const executions = origin?.executions ?? { count: 0 };
    for (const compiled of rules) {
      const { depth, budget } = origin ?? { depth: 0, budget: new SqlBudget() };
      const reason = loopOf({ depth, executions });
      if (reason !== undefined) {
        const { ruleName } = compiled.rule;
        const text = `The rule ${ruleName} was not run for the topic ${message.topic}: ${reason}. Republish to a topic that the rule does not match.`;
        explainer.explain({ code: 'rule-loop-stopped', ruleName, message, text });
        // The other rules are not run either: a thousand of them, each told of, would take as long as the loop.
        return;
      }
      execute(compiled, message, { depth, executions, budget });
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

/** Why what rules have made of a message goes no further; undefined: it may go on. */
function loopOf({ depth, executions }: Pick<Origin, 'depth' | 'executions'>): string | undefined {
  if (depth >= REPUBLISH_DEPTH_MAX)
    return `rules have republished this message ${REPUBLISH_DEPTH_MAX} times already`;
  return depth > 0 && executions.count >= REPUBLISH_EXECUTIONS_MAX
    ? `republishing this message has led to ${REPUBLISH_EXECUTIONS_MAX} executions already`
    : undefined;
}
