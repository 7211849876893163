import type { Operations } from '@/lib/sandbox/operations/operation';
import * as rules from './topic-rules';

export const topicRuleOperations = {
  CreateTopicRule: rules.createTopicRule,
  GetTopicRule: rules.getTopicRule,
  ListTopicRules: rules.listTopicRules,
  ReplaceTopicRule: rules.replaceTopicRule,
  DeleteTopicRule: rules.deleteTopicRule,
  EnableTopicRule: rules.enableTopicRule,
  DisableTopicRule: rules.disableTopicRule,
} satisfies Operations;
