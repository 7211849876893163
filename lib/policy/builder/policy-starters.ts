/**
 * Policies to start from, least privilege first.
 * AWS IoT Developer Guide, "Publish/Subscribe policy examples" and "Security best practices in AWS IoT Core".
 * @module
 */
import type { Owner, Scope, ScopeType, Sentence } from './sentence';

export const POLICY_STARTERS = [
  'telemetry-only',
  'own-topics',
  'own-topics-by-common-name',
  'own-topics-shadow-and-jobs',
  'shared-topics',
  'everything',
] as const;
export type PolicyStarter = (typeof POLICY_STARTERS)[number];

/** Starters that let one device's key reach every other device. */
export const LAB_ONLY_POLICY_STARTERS: readonly PolicyStarter[] = ['shared-topics', 'everything'];

/** The sentences of a starter. */
export function starterSentences(starter: PolicyStarter): Sentence[] {
  switch (starter) {
    case 'telemetry-only':
      return [connectAs('thing-name'), allow(['iot:Publish'], subtree('topic', 'thing-name', 'dt/'))];
    case 'own-topics':
      return [connectAs('thing-name'), ...talkOn('thing-name')];
    case 'own-topics-by-common-name':
      return [connectAs('common-name'), ...talkOn('common-name')];
    case 'own-topics-shadow-and-jobs':
      return [connectAs('thing-name'), ...talkOn('thing-name'), ...reservedTopics()];
    case 'shared-topics':
      return [
        connectAs('thing-name'),
        allow(['iot:Publish', 'iot:Receive'], { kind: 'pattern', type: 'topic', pattern: '*' }),
        allow(['iot:Subscribe'], { kind: 'pattern', type: 'topicfilter', pattern: '*' }),
      ];
    case 'everything':
      return [allow(['iot:*'], { kind: 'everything' })];
  }
}

/** Attachment exists only for things; a policy by common name works without any. */
function connectAs(owner: Owner): Sentence {
  const sentence = allow(['iot:Connect'], { kind: 'own', type: 'client', owner });
  return owner === 'thing-name' ? { ...sentence, condition: 'thing-attached' } : sentence;
}

function talkOn(owner: Owner): Sentence[] {
  return [
    allow(['iot:Publish', 'iot:Receive'], subtree('topic', owner, '')),
    allow(['iot:Subscribe'], subtree('topicfilter', owner, '')),
  ];
}

/** Shadow and jobs over MQTT go by reserved topics, `$aws/things/<thing name>/…` (guide, "Reserved topics"). */
function reservedTopics(): Sentence[] {
  return (['topic', 'topicfilter'] as const).map((type) =>
    allow(
      type === 'topic' ? ['iot:Publish', 'iot:Receive'] : ['iot:Subscribe'],
      ...(['shadow', 'jobs'] as const).map((feature) => reserved(type, feature)),
    ),
  );
}

const reserved = (type: ScopeType, feature: string): Scope => ({
  kind: 'pattern',
  type,
  pattern: `$aws/things/\${iot:Connection.Thing.ThingName}/${feature}/*`,
});

const subtree = (type: 'topic' | 'topicfilter', owner: Owner, before: string): Scope => ({
  kind: 'own-subtree',
  type,
  owner,
  before,
});

const allow = (actions: string[], ...scopes: Scope[]): Sentence => ({
  effect: 'Allow',
  actions,
  scopes,
  condition: undefined,
  sid: undefined,
});
