/**
 * Making, changing and removing topic rules that call a function. AWS IoT API Reference: CreateTopicRule, ReplaceTopicRule,
 * EnableTopicRule, DisableTopicRule, DeleteTopicRule.
 * @module
 */
import 'server-only';
import {
  CreateTopicRuleCommand,
  DeleteTopicRuleCommand,
  DisableTopicRuleCommand,
  EnableTopicRuleCommand,
  type IoTClient,
  ReplaceTopicRuleCommand,
} from '@aws-sdk/client-iot';
import type { Caller } from '@/lib/aws/call';
import { toReceipt } from '@/lib/aws/receipt';
import type { Failure } from '@/lib/failure';
import type { Receipt } from '@/lib/registry/receipt';
import type { Result } from '@/lib/result';

export type NewTopicRule = {
  name: string;
  payload: {
    sql: string;
    description: string;
    awsIotSqlVersion: string;
    ruleDisabled: boolean;
    actions: { lambda: { functionArn: string } }[];
  };
};

export type TopicRuleChanges = {
  createTopicRule(rule: NewTopicRule): Promise<Result<Receipt, Failure>>;
  replaceTopicRule(rule: NewTopicRule): Promise<Result<Receipt, Failure>>;
  enableTopicRule(name: string): Promise<Result<Receipt, Failure>>;
  disableTopicRule(name: string): Promise<Result<Receipt, Failure>>;
  /** One that is not there is no error (API Reference). */
  deleteTopicRule(name: string): Promise<Result<Receipt, Failure>>;
};

export function topicRuleChanges({ call }: Caller<IoTClient>): TopicRuleChanges {
  return {
    createTopicRule: ({ name, payload }) =>
      call(
        'CreateTopicRule',
        (iot, options) =>
          iot.send(new CreateTopicRuleCommand({ ruleName: name, topicRulePayload: payload }), options),
        toReceipt,
      ),
    replaceTopicRule: ({ name, payload }) =>
      call(
        'ReplaceTopicRule',
        (iot, options) =>
          iot.send(new ReplaceTopicRuleCommand({ ruleName: name, topicRulePayload: payload }), options),
        toReceipt,
      ),
    enableTopicRule: (ruleName) =>
      call(
        'EnableTopicRule',
        (iot, options) => iot.send(new EnableTopicRuleCommand({ ruleName }), options),
        toReceipt,
      ),
    disableTopicRule: (ruleName) =>
      call(
        'DisableTopicRule',
        (iot, options) => iot.send(new DisableTopicRuleCommand({ ruleName }), options),
        toReceipt,
      ),
    deleteTopicRule: (ruleName) =>
      call(
        'DeleteTopicRule',
        (iot, options) => iot.send(new DeleteTopicRuleCommand({ ruleName }), options),
        toReceipt,
      ),
  };
}
