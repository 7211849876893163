import { fail, ok, type Result } from '@/lib/result';
import { parseSql } from './sql/parse-sql';
import type { SqlFault } from './sql/sql-fault';
import { parseTemplate, type Template } from './sql/substitution';
import type { SelectStatement, SqlVersion } from './sql/syntax';
import type { RepublishHeaders, RuleAction, TopicRuleRecord } from './topic-rule';

/** An action with its templates read. */
export type CompiledAction =
  | { kind: 'lambda'; functionArn: Template }
  | { kind: 'republish'; roleArn: string; topic: Template; qos: 0 | 1; headers: CompiledHeaders };

export type CompiledHeaders = {
  [Header in Exclude<keyof RepublishHeaders, 'userProperties'>]?: Template | undefined;
} & { userProperties: readonly { key: Template; value: Template }[] };

/** A rule that can be run. */
export type CompiledRule = {
  rule: TopicRuleRecord;
  statement: SelectStatement;
  actions: readonly CompiledAction[];
  errorAction: CompiledAction | undefined;
};

export function compileRule(rule: TopicRuleRecord): Result<CompiledRule, SqlFault> {
  const statement = parseSql(rule.sql, rule.awsIotSqlVersion);
  if (!statement.ok) return statement;
  const actions: CompiledAction[] = [];
  for (const action of rule.actions) {
    const compiled = compileAction(action, rule.awsIotSqlVersion);
    if (!compiled.ok) return compiled;
    actions.push(compiled.value);
  }
  const errorAction = rule.errorAction && compileAction(rule.errorAction, rule.awsIotSqlVersion);
  if (errorAction?.ok === false) return errorAction;
  return ok({ rule, statement: statement.value, actions, errorAction: errorAction?.value });
}

function compileAction(action: RuleAction, version: SqlVersion): Result<CompiledAction, SqlFault> {
  const faults: SqlFault[] = [];
  const template = (text: string): Template => {
    const parsed = parseTemplate(text, version);
    if (parsed.ok) return parsed.value;
    faults.push(parsed.failure);
    return [];
  };
  const optional = (text: string | undefined) => (text === undefined ? undefined : template(text));
  const compiled: CompiledAction =
    action.kind === 'lambda'
      ? { kind: 'lambda', functionArn: template(action.functionArn) }
      : {
          kind: 'republish',
          roleArn: action.roleArn,
          topic: template(action.topic),
          qos: action.qos ?? 0,
          headers: {
            payloadFormatIndicator: optional(action.headers?.payloadFormatIndicator),
            contentType: optional(action.headers?.contentType),
            responseTopic: optional(action.headers?.responseTopic),
            correlationData: optional(action.headers?.correlationData),
            messageExpiry: optional(action.headers?.messageExpiry),
            userProperties: (action.headers?.userProperties ?? []).map(({ key, value }) => ({
              key: template(key),
              value: template(value),
            })),
          },
        };
  const [fault] = faults;
  return fault ? fail(fault) : ok(compiled);
}
