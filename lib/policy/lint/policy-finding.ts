/**
 * What can be said of a policy, with its place and, where there is one, the edit that mends it.
 * @module
 */
import type { JsonEdit } from '@/lib/policy/json-edit';
import type { JsonNode, JsonPath, TextRange } from '@/lib/policy/json-tree';
import type { Policy } from '@/lib/policy/policy-document';
import type { PolicyFault, PolicyFinding } from '@/lib/policy/policy-fault';
import type { Statement } from '@/lib/policy/policy-statement';
import type { ConnectionKind } from './device-actions';
import type { Place } from './iot-arn';

/** `error`: AWS refuses it, or it can never do what it says; `warning`: it works, and opens an attack or a trap. */
export type Severity = 'error' | 'warning' | 'info';

export type PolicyLintId =
  | PolicyFault['code']
  | PolicyFinding['code']
  | 'everything-allowed'
  | 'client-id-unpinned'
  | 'client-id-fixed'
  | 'publish-anywhere'
  | 'read-everything'
  | 'topic-arn-in-connect'
  | 'topicfilter-in-publish'
  | 'topic-in-subscribe'
  | 'resource-fits-no-action'
  | 'action-without-resource'
  | 'action-unknown'
  | 'mqtt-wildcard-in-topic'
  | 'denied-subtree-reachable'
  | 'variable-unknown'
  | 'variable-not-for-this-connection'
  | 'service-not-iot'
  | 'other-partition'
  | 'other-region'
  | 'other-account'
  | 'account-malformed'
  | 'statement-duplicate'
  | 'statement-covered'
  | 'allow-denied-entirely'
  | 'connect-not-allowed'
  | 'subscribe-without-receive'
  | 'size-near-limit';

export type PolicyLint = {
  id: PolicyLintId;
  severity: Severity;
  path: JsonPath;
  /** In the policy's own text. */
  range: TextRange;
  params: Record<string, string | number>;
  /** Edits of the policy's own text. */
  fix: readonly JsonEdit[] | undefined;
};

export type PolicyLintContext = {
  /** Where the policy will be; undefined: not judged. */
  place?: Place | undefined;
  /** Certificates over MQTT where nothing is said: what JITP devices do. */
  connection?: ConnectionKind | undefined;
  /** Whether other policies may be attached beside it; then what this one lacks is no fault. */
  hasCompanions?: boolean | undefined;
};

/** A text of a statement and its place. */
export type Item = { text: string; path: JsonPath; node: JsonNode };

/** A statement as it was read, and as it stands in the text. */
export type StatementView = {
  statement: Statement;
  path: JsonPath;
  node: JsonNode;
  actions: readonly Item[];
  resources: readonly Item[];
  /** The device actions it is about. */
  covers: readonly string[];
};

export type PolicyView = {
  text: string;
  policy: Policy;
  statements: readonly StatementView[];
  /** Whether a statement can be added at the end of the list. */
  isList: boolean;
  context: PolicyLintContext & { connection: ConnectionKind };
};

export type Report = (
  id: PolicyLintId,
  severity: Severity,
  at: { path: JsonPath; node: TextRange },
  params?: PolicyLint['params'],
  fix?: readonly JsonEdit[],
) => void;
