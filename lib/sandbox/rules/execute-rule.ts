import { randomUUID } from 'node:crypto';
import type { HeardMessage, MessageBus } from '@/lib/sandbox/message-bus';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { executeAction } from './actions/execute-action';
import type { CompiledAction, CompiledRule } from './compiled-rule';
import { readShadow } from './read-shadow';
import type { RuleExplainer } from './rule-explainer';
import type { SqlBudget } from './sql/budget';
import type { SqlEnvironment } from './sql/environment';
import type { Row } from './sql/evaluate';
import { runStatement, type StatementOutcome } from './sql/run-statement';
import { toJson } from './sql/value';

export type RuleSettings = {
  sandbox: SandboxState;
  bus: MessageBus;
  now: () => Date;
  explainer: RuleExplainer;
};

/** What one execution works with. */
export type RuleExecution = {
  settings: RuleSettings;
  compiled: CompiledRule;
  message: HeardMessage;
  environment: SqlEnvironment;
  row: Row;
};

/**
 * Runs a rule on a message that matches it. Actions run side by side; what fails goes to the error action, once for all.
 * @throws RangeError when the budget is spent
 */
export async function executeRule(
  settings: RuleSettings,
  compiled: CompiledRule,
  message: HeardMessage,
  budget: SqlBudget,
): Promise<void> {
  const environment = { ...knownOf(settings, compiled, message), budget };
  const { explainer } = settings;
  const outcome = runStatement(compiled.statement, message.payload, environment);
  if (outcome.kind !== 'selected') {
    const { ruleName } = compiled.rule;
    const text = `The rule ${ruleName} matched the topic ${message.topic}, but did nothing: ${reasonOf(outcome)}`;
    explainer.explain({ code: 'rule-not-applied', ruleName, message, text });
    return;
  }
  const execution = { settings, compiled, message, environment, row: outcome.row };
  const failures = await executeActions(execution, compiled.actions, outcome.payload);
  if (failures.length === 0 || compiled.errorAction === undefined) return;
  await executeActions(execution, [compiled.errorAction], errorReport(execution, failures));
}

export type ActionFailure = { failedAction: string; failedResource: string; errorMessage: string };

async function executeActions(
  execution: RuleExecution,
  actions: readonly CompiledAction[],
  payload: Uint8Array,
): Promise<ActionFailure[]> {
  const { settings, compiled, message } = execution;
  const { explainer } = settings;
  const { ruleName } = compiled.rule;
  const outcomes = await Promise.all(actions.map((action) => executeAction(execution, action, payload)));
  return outcomes.flatMap((outcome) => {
    const { name, resource, error } = outcome;
    const what = `${name} on ${resource} for the topic ${message.topic}`;
    if (error === undefined) {
      const text = `The rule ${ruleName} executed ${what}.`;
      explainer.explain({ code: 'rule-action-executed', ruleName, message, text });
      return [];
    }
    const text = `The rule ${ruleName} could not execute ${what}: ${error}`;
    explainer.explain({ code: 'rule-action-failed', ruleName, message, text });
    return [{ failedAction: name, failedResource: resource, errorMessage: error }];
  });
}

function knownOf(
  { sandbox, bus, now }: RuleSettings,
  { rule }: CompiledRule,
  { region, topic, clientId, principal, properties }: HeardMessage,
): Omit<SqlEnvironment, 'budget'> {
  return {
    topic,
    clientId,
    principal,
    accountId: sandbox.accountId,
    sourceIp: () =>
      bus.clients().find((client) => client.region === region && client.clientId === clientId)?.sourceIp,
    properties,
    thingShadow: (shadow) => readShadow({ sandbox, now, regionName: region }, shadow),
    version: rule.awsIotSqlVersion,
    now: now().getTime(),
    traceId: randomUUID(),
    newUuid: randomUUID,
    random: Math.random,
  };
}

function reasonOf(outcome: StatementOutcome & { kind: 'not-selected' | 'payload-not-json' }): string {
  if (outcome.kind === 'payload-not-json') {
    return "the payload is not JSON, and the SQL reads members of it. Select * alone, or encode(*, 'base64').";
  }
  return outcome.where === undefined
    ? 'WHERE is Undefined: it names a member that the payload has not, or compares values of types that cannot be compared.'
    : `WHERE is ${toJson(outcome.where)}.`;
}

/** Developer Guide, "Error handling (error action)", "Error action message format". */
function errorReport(
  { compiled, message, environment }: RuleExecution,
  failures: readonly ActionFailure[],
): Uint8Array {
  const report = {
    ruleName: compiled.rule.ruleName,
    topic: message.topic,
    cloudwatchTraceId: environment.traceId,
    clientId: message.clientId ?? 'N/A',
    base64OriginalPayload: Buffer.from(message.payload).toString('base64'),
    failures,
  };
  return new TextEncoder().encode(JSON.stringify(report));
}
