import type {
  CreateTopicRuleRequest,
  DeleteTopicRuleRequest,
  DisableTopicRuleRequest,
  EnableTopicRuleRequest,
  GetTopicRuleRequest,
  GetTopicRuleResponse,
  ListTopicRulesRequest,
  ListTopicRulesResponse,
  ReplaceTopicRuleRequest,
} from '@aws-sdk/client-iot';
import { ApiError, required } from '@/lib/sandbox/api-error';
import { pageOf } from '@/lib/sandbox/operations/page';
import { forgetTags, saveTags } from '@/lib/sandbox/operations/tags/saved-tags';
import { parseSql } from '@/lib/sandbox/rules/sql/parse-sql';
import { type TopicRuleRecord, TopicRuleTables } from '@/lib/sandbox/rules/topic-rule';
import type { Scope } from '@/lib/sandbox/scope';
import { actionOutput } from './rule-action';
import { ruleOf } from './rule-payload';
import { tagsOfHeader } from './tagging-header';

/** AWS IoT Core quotas, "Maximum number of rules per AWS account". */
const RULES_MAX = 1000;

const arnOf = (scope: Scope, ruleName: string) => scope.region.arn(`rule/${ruleName}`);
const rulesOf = (scope: Scope) => scope.region.family(TopicRuleTables).rules;

/**
 * AWS answers for a rule that is not there as for one that may not be seen.
 * Text as Terraform's provider reports it (`hashicorp/terraform-provider-aws`, FindTopicRuleByName).
 */
function requireRule(scope: Scope, ruleName: string | undefined): TopicRuleRecord {
  const rule = rulesOf(scope).get(required(ruleName, 'ruleName'));
  if (rule) return rule;
  throw new ApiError('UnauthorizedException', `Access to topic rule '${ruleName}' was denied`);
}

export function createTopicRule(scope: Scope, input: CreateTopicRuleRequest): object {
  const ruleName = required(input.ruleName, 'ruleName');
  const rules = rulesOf(scope);
  const payload = required(input.topicRulePayload, 'topicRulePayload');
  const rule = ruleOf(scope, payload, {
    ruleName,
    createdAt: scope.now().getTime(),
    sequence: scope.region.nextSequence(),
  });
  if (rules.has(ruleName)) {
    throw new ApiError('ResourceAlreadyExistsException', `Rule already exists (rule=${ruleName})`, {
      resourceId: ruleName,
      resourceArn: arnOf(scope, ruleName),
    });
  }
  if (rules.size >= RULES_MAX) {
    throw new ApiError('LimitExceededException', `An account has at most ${RULES_MAX} rules in a Region`);
  }
  saveTags(scope, arnOf(scope, ruleName), input.tags === undefined ? undefined : tagsOfHeader(input.tags));
  rules.set(ruleName, rule);
  return {};
}

export function getTopicRule(scope: Scope, input: GetTopicRuleRequest): GetTopicRuleResponse {
  const rule = requireRule(scope, input.ruleName);
  return {
    ruleArn: arnOf(scope, rule.ruleName),
    rule: {
      ruleName: rule.ruleName,
      sql: rule.sql,
      description: rule.description,
      createdAt: new Date(rule.createdAt),
      actions: rule.actions.map(actionOutput),
      ruleDisabled: rule.ruleDisabled,
      awsIotSqlVersion: rule.awsIotSqlVersion,
      errorAction: rule.errorAction && actionOutput(rule.errorAction),
    },
  };
}

export function listTopicRules(scope: Scope, input: ListTopicRulesRequest): ListTopicRulesResponse {
  const { topic, ruleDisabled, maxResults, nextToken } = input;
  const listed = [...rulesOf(scope).values()]
    .map((rule) => ({ rule, topicPattern: topicPatternOf(rule) }))
    .filter(({ topicPattern }) => topic === undefined || topicPattern === topic)
    .filter(({ rule }) => ruleDisabled === undefined || rule.ruleDisabled === ruleDisabled);
  const { items, next } = pageOf(
    scope,
    { of: ['ListTopicRules', topic, ruleDisabled], token: nextToken, size: maxResults },
    { items: listed, keyOf: ({ rule }) => rule.sequence },
  );
  return {
    rules: items.map(({ rule, topicPattern }) => ({
      ruleArn: arnOf(scope, rule.ruleName),
      ruleName: rule.ruleName,
      topicPattern,
      createdAt: new Date(rule.createdAt),
      ruleDisabled: rule.ruleDisabled,
    })),
    nextToken: next,
  };
}

/** All of the rule but its name, its tags and the day it was made. */
export function replaceTopicRule(scope: Scope, input: ReplaceTopicRuleRequest): object {
  const before = requireRule(scope, input.ruleName);
  const payload = required(input.topicRulePayload, 'topicRulePayload');
  rulesOf(scope).set(before.ruleName, ruleOf(scope, payload, before));
  return {};
}

/** Deleting what is not there succeeds, as the model declares no error for it. */
export function deleteTopicRule(scope: Scope, input: DeleteTopicRuleRequest): object {
  const ruleName = required(input.ruleName, 'ruleName');
  if (rulesOf(scope).delete(ruleName)) forgetTags(scope, arnOf(scope, ruleName));
  return {};
}

export const enableTopicRule = (scope: Scope, { ruleName }: EnableTopicRuleRequest) =>
  switchRule(scope, ruleName, false);

export const disableTopicRule = (scope: Scope, { ruleName }: DisableTopicRuleRequest) =>
  switchRule(scope, ruleName, true);

function switchRule(scope: Scope, ruleName: string | undefined, ruleDisabled: boolean): object {
  const rule = requireRule(scope, ruleName);
  if (rule.ruleDisabled !== ruleDisabled) rulesOf(scope).set(rule.ruleName, { ...rule, ruleDisabled });
  return {};
}

function topicPatternOf({ sql, awsIotSqlVersion }: TopicRuleRecord): string | undefined {
  const parsed = parseSql(sql, awsIotSqlVersion);
  return parsed.ok ? parsed.value.topicFilter : undefined;
}
