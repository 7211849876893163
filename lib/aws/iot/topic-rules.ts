/**
 * Topic rules, as far as registrations need them. AWS IoT API Reference: ListTopicRules, GetTopicRule.
 * @module
 */
import 'server-only';
import { GetTopicRuleCommand, type IoTClient, ListTopicRulesCommand } from '@aws-sdk/client-iot';
import type { Caller } from '@/lib/aws/call';
import { required } from '@/lib/aws/required';
import type { Failure } from '@/lib/failure';
import type { Page, PageRequest } from '@/lib/registry/page';
import type { Result } from '@/lib/result';

export type TopicRuleSummary = { name: string; topicPattern: string | undefined; isEnabled: boolean };

export type TopicRuleReads = {
  listTopicRules(page: PageRequest): Promise<Result<Page<TopicRuleSummary>, Failure>>;
  /** ARNs of the functions that a rule calls. */
  functionsOfRule(ruleName: string): Promise<Result<string[], Failure>>;
};

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
        ({ rule }) => (rule?.actions ?? []).flatMap(({ lambda }) => lambda?.functionArn ?? []),
      ),
  };
}
