import type { SqlVersion } from '@/lib/sandbox/rules/sql/syntax';
import type { TableSource } from '@/lib/sandbox/state/region-state';
import type { Table } from '@/lib/sandbox/state/table';

/** MQTT 5 headers of a republish action; each may hold substitution templates. */
export type RepublishHeaders = {
  payloadFormatIndicator?: string | undefined;
  contentType?: string | undefined;
  responseTopic?: string | undefined;
  correlationData?: string | undefined;
  messageExpiry?: string | undefined;
  userProperties?: readonly { key: string; value: string }[] | undefined;
};

/** The actions that the sandbox executes. */
export type RuleAction =
  | { kind: 'lambda'; functionArn: string }
  | {
      kind: 'republish';
      roleArn: string;
      topic: string;
      qos: 0 | 1 | undefined;
      headers?: RepublishHeaders | undefined;
    };

export type TopicRuleRecord = {
  ruleName: string;
  sql: string;
  description?: string | undefined;
  actions: readonly RuleAction[];
  errorAction?: RuleAction | undefined;
  ruleDisabled: boolean;
  awsIotSqlVersion: SqlVersion;
  createdAt: number;
  sequence: number;
};

export class TopicRuleTables {
  readonly rules: Table<TopicRuleRecord>;

  constructor(source: TableSource) {
    this.rules = source.table('topic-rules');
  }
}
