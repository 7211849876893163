/**
 * Topic rules, as far as registrations need them. AWS IoT API Reference: ListTopicRules, GetTopicRule.
 * @module
 */
import 'server-only';
import {
  GetTopicRuleCommand,
  type IoTClient,
  ListTopicRulesCommand,
  type TopicRule,
} from '@aws-sdk/client-iot';
import type { Caller } from '@/lib/aws/call';
import { required } from '@/lib/aws/required';
import type { Failure } from '@/lib/failure';
import type { Page, PageRequest } from '@/lib/registry/page';
import { ok, type Result } from '@/lib/result';

export type TopicRuleSummary = { name: string; topicPattern: string | undefined; isEnabled: boolean };

/** A rule as far as registrations need it. */
export type TopicRuleDetail = {
  name: string;
  description: string | undefined;
  sql: string;
  sqlVersion: string | undefined;
  isEnabled: boolean;
  functionArns: string[];
};

export type TopicRuleReads = {
  listTopicRules(page: PageRequest): Promise<Result<Page<TopicRuleSummary>, Failure>>;
  /** ARNs of the functions that a rule calls. */
  functionsOfRule(ruleName: string): Promise<Result<string[], Failure>>;
  /** Undefined: there is no such rule. AWS answers UnauthorizedException for one (API Reference, GetTopicRule). */
  getTopicRule(ruleName: string): Promise<Result<TopicRuleDetail | undefined, Failure>>;
};

/** AWS's names for "no such rule": a rule that is not there cannot be told from one that may not be seen. */
const ABSENT_NAMES = ['UnauthorizedException', 'ResourceNotFoundException'];

export function topicRuleReads({ call }: Caller<IoTClient>): TopicRuleReads {
  return {
    listTopicRules: ({ pageSize, token }) =>
      call(
        'ListTopicRules',
        (iot, options) =>
          iot.send(new ListTopicRulesCommand({ maxResults: pageSize, nextToken: token }), options),
        ({ rules, nextToken }) => ({
          items: (rules ?? []).map(({ ruleName, topicPattern, ruleDisabled }) => ({
            name: required(ruleName, 'ruleName'),
            topicPattern,
            isEnabled: ruleDisabled !== true,
          })),
          nextToken,
        }),
      ),

    functionsOfRule: (ruleName) =>
      call(
        'GetTopicRule',
        (iot, options) => iot.send(new GetTopicRuleCommand({ ruleName }), options),
        ({ rule }) => functionsOf(rule),
      ),

    async getTopicRule(ruleName) {
      const answer = await call(
        'GetTopicRule',
        (iot, options) => iot.send(new GetTopicRuleCommand({ ruleName }), options),
        ({ rule }) => ({
          name: ruleName,
          description: rule?.description,
          sql: required(rule?.sql, 'sql'),
          sqlVersion: rule?.awsIotSqlVersion,
          isEnabled: rule?.ruleDisabled !== true,
          functionArns: functionsOf(rule),
        }),
      );
      const isAbsent =
        !answer.ok && answer.failure.kind === 'aws' && ABSENT_NAMES.includes(answer.failure.name);
      return isAbsent ? ok(undefined) : answer;
    },
  };
}

const functionsOf = (rule: TopicRule | undefined): string[] =>
  (rule?.actions ?? []).flatMap(({ lambda }) => lambda?.functionArn ?? []);
