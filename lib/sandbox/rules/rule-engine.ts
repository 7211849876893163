import { AsyncLocalStorage } from 'node:async_hooks';
import type { HeardMessage, MessageBus } from '@/lib/sandbox/message-bus';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import type { CompiledRule } from './compiled-rule';
import { executeRule } from './execute-rule';
import { RuleExplainer } from './rule-explainer';
import { RuleIndex } from './rule-index';

/** AWS has no such bound and sends for as long as it is paid; here a loop of rules ends before it fills the machine. */
const REPUBLISH_DEPTH_MAX = 16;
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
  // A message that a rule republishes is heard again; how often that has happened goes along with the call that publishes it.
  const depths = new AsyncLocalStorage<number>();

  const indexOf = (regionName: string): RuleIndex => {
    const index = indexes.get(regionName) ?? new RuleIndex(sandbox.region(regionName));
    indexes.set(regionName, index);
    return index;
  };

  const execute = (compiled: CompiledRule, message: HeardMessage): void => {
    const depth = (depths.getStore() ?? 0) + 1;
    const { ruleName } = compiled.rule;
    if (depth > REPUBLISH_DEPTH_MAX) {
      const text = `The rule ${ruleName} was not run for the topic ${message.topic}: rules have republished this message ${REPUBLISH_DEPTH_MAX} times already. Republish to a topic that the rule does not match.`;
      explainer.explain({ code: 'rule-loop-stopped', ruleName, message, text });
      return;
    }
    const run = depths
      .run(depth, () => executeRule({ ...settings, explainer }, compiled, message))
      .catch((error: unknown) => failed(compiled, message, error))
      .finally(() => running.delete(run));
    running.add(run);
  };

  /** What a payload nested too deep, or a string grown too long, ends with. */
  const failed = ({ rule: { ruleName } }: CompiledRule, message: HeardMessage, error: unknown): void => {
    if (!(error instanceof RangeError)) {
      onUnexpected(error);
      return;
    }
    const text = `The rule ${ruleName} was given up on a message to ${message.topic}: its payload, or what the rule makes of it, is too deep or too large (${error.message}).`;
    explainer.explain({ code: 'rule-failed', ruleName, message, text });
  };

  const hear = (message: HeardMessage): void => {
    const index = indexOf(message.region);
    const [, ruleName, rest = ''] = BASIC_INGEST.exec(message.topic) ?? [];
    if (ruleName === undefined) {
      for (const compiled of index.matching(message.topic)) execute(compiled, message);
      return;
    }
    const compiled = index.named(ruleName);
    if (compiled) execute(compiled, { ...message, topic: rest });
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
