import type { TopicRulePayload } from '@aws-sdk/client-iot';
import { ApiError, invalidRequest, required } from '@/lib/sandbox/api-error';
import { compileRule } from '@/lib/sandbox/rules/compiled-rule';
import { childrenOf, expressionsOf } from '@/lib/sandbox/rules/sql/children-of';
import type { Expression, SelectStatement, SqlVersion } from '@/lib/sandbox/rules/sql/syntax';
import type { TopicRuleRecord } from '@/lib/sandbox/rules/topic-rule';
import type { Scope } from '@/lib/sandbox/scope';
import { requireAssumable, ruleActionOf } from './rule-action';

/** AWS IoT Core quotas, "Rule size". */
const RULE_BYTES_MAX = 262_144;

const VERSIONS: readonly SqlVersion[] = ['2015-10-08', '2016-03-23', 'beta'];

/**
 * The rule that a payload describes.
 *
 * @throws ApiError SqlParseException with the place of the fault, InvalidRequestException, NotImplementedException
 */
export function ruleOf(
  scope: Scope,
  payload: TopicRulePayload,
  { ruleName, createdAt, sequence }: Pick<TopicRuleRecord, 'ruleName' | 'createdAt' | 'sequence'>,
): TopicRuleRecord {
  if (Buffer.byteLength(JSON.stringify(payload)) > RULE_BYTES_MAX) {
    throw invalidRequest(`A rule has at most ${RULE_BYTES_MAX} bytes`);
  }
  const rule: TopicRuleRecord = {
    ruleName,
    sql: required(payload.sql, 'topicRulePayload.sql'),
    description: payload.description,
    actions: required(payload.actions, 'topicRulePayload.actions').map((action) =>
      ruleActionOf(scope, action),
    ),
    errorAction: payload.errorAction && ruleActionOf(scope, payload.errorAction),
    ruleDisabled: payload.ruleDisabled ?? false,
    awsIotSqlVersion: versionOf(payload.awsIotSqlVersion),
    createdAt,
    sequence,
  };
  const compiled = compileRule(rule);
  if (!compiled.ok) {
    const { message, position } = compiled.failure;
    throw new ApiError('SqlParseException', `${message} (at position ${position})`);
  }
  // AWS assumes the roles that functions name as well (`ministackorg/ministack` issue 1417).
  for (const roleArn of rolesIn(compiled.value.statement)) requireAssumable(scope, roleArn);
  return rule;
}

/** Roles that calls of `get_thing_shadow` name in so many words. */
function rolesIn(statement: SelectStatement): string[] {
  const roles: string[] = [];
  const visit = (expression: Expression): void => {
    if (expression.kind === 'call' && expression.name === 'get_thing_shadow') {
      const role = expression.args.at(-1);
      if (role?.kind === 'literal' && typeof role.value === 'string') roles.push(role.value);
    }
    childrenOf(expression).forEach(visit);
  };
  expressionsOf(statement).forEach(visit);
  return roles;
}

/** Without one a rule gets the oldest (CloudFormation User Guide, AWS::IoT::TopicRule TopicRulePayload). */
function versionOf(text = '2015-10-08'): SqlVersion {
  const version = VERSIONS.find((known) => known === text);
  if (version) return version;
  throw invalidRequest(`Invalid SQL version: ${text}. The versions are ${VERSIONS.join(', ')}`);
}
