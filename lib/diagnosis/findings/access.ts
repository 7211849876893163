/**
 * An active device that may not do what it tries: policies, client id, topics. AWS IoT Developer Guide, "AWS IoT Core
 * policies", "Thing policy variables", "Lifecycle events".
 * @module
 */
import type { AuthorizationFacts, DeviceFacts } from '@/lib/diagnosis/facts';
import { knownValue, presentOf } from '@/lib/diagnosis/known';
import { NONE, reading, rules, stageOf } from './reading';

/** CONNECT was denied while a variable of the thing had no value. */
const lacksThing = ({ decision, missingContextValues }: AuthorizationFacts): boolean =>
  decision === 'IMPLICIT_DENY' &&
  missingContextValues.some((name) => name.startsWith('iot:Connection.Thing.'));

/** What was asked about CONNECT, of an active certificate. */
const connectOf = (facts: DeviceFacts): AuthorizationFacts | undefined =>
  stageOf(facts) === 'active' ? knownValue(facts.connect) : undefined;

const namesOf = (facts: DeviceFacts): string[] | undefined =>
  knownValue(facts.things)?.map(({ name }) => name);

export const ACCESS_RULES = rules(
  {
    code: 'policy-not-attached',
    mistake: 14,
    rung: 'policy',
    weight: 'blocks',
    who: 'engineer',
    remedy: ['attach-policy', 'reconnect'],
    read(facts) {
      const isBare = stageOf(facts) === 'active' && knownValue(facts.policies)?.length === 0;
      return isBare ? reading('certain', ['policies', 'certificate']) : NONE;
    },
  },
  {
    code: 'thing-not-attached',
    mistake: 15,
    rung: 'thing',
    weight: 'blocks',
    who: 'engineer',
    remedy: ['attach-thing', 'reconnect'],
    read(facts) {
      if (stageOf(facts) !== 'active' || namesOf(facts)?.length !== 0) return NONE;
      const connect = knownValue(facts.connect);
      if (connect && lacksThing(connect)) return reading('certain', ['things', 'connect', 'certificate']);
      // The template makes one, but not every policy needs it.
      const dryRun = knownValue(facts.dryRun);
      const isExpected = dryRun?.kind === 'evaluated' && dryRun.makesThing;
      return isExpected && connect?.decision !== 'ALLOWED'
        ? reading('likely', ['things', 'dryRun', 'certificate'])
        : NONE;
    },
  },
  {
    code: 'client-id-not-thing-name',
    mistake: 15,
    rung: 'connected',
    weight: 'blocks',
    who: 'device-owner',
    remedy: ['use-thing-name-as-client-id', 'reconnect'],
    read(facts) {
      const things = namesOf(facts);
      if (stageOf(facts) !== 'active' || things?.length === 0) return NONE;
      const thing = things?.join(', ') ?? '?';
      const connect = connectOf(facts);
      if (connect && lacksThing(connect) && !things?.includes(connect.resource)) {
        const certainty = things === undefined ? 'likely' : 'certain';
        return reading(certainty, ['connect', 'things', 'certificate'], {
          clientId: connect.resource,
          thing,
        });
      }
      // The log shows another client id than the thing's name; whether a policy minds is not known.
      const used = knownValue(facts.given)?.clientId;
      if (used === undefined || things === undefined || things.includes(used)) return NONE;
      return connect?.resource === used && connect.decision === 'ALLOWED'
        ? NONE
        : reading('likely', ['given', 'things', 'certificate'], { clientId: used, thing });
    },
  },
  {
    code: 'connect-denied-explicitly',
    mistake: 14,
    rung: 'connected',
    weight: 'blocks',
    who: 'security-admin',
    remedy: ['remove-deny', 'reconnect'],
    read(facts) {
      const connect = connectOf(facts);
      if (connect?.decision !== 'EXPLICIT_DENY') return NONE;
      return reading('certain', ['connect', 'certificate'], {
        clientId: connect.resource,
        policies: connect.denyingPolicies.join(', ') || '?',
      });
    },
  },
  {
    code: 'connect-denied',
    mistake: 14,
    rung: 'connected',
    weight: 'blocks',
    who: 'security-admin',
    remedy: ['allow-client', 'reconnect'],
    read(facts) {
      const connect = connectOf(facts);
      const policies = knownValue(facts.policies);
      if (connect?.decision !== 'IMPLICIT_DENY' || lacksThing(connect) || policies?.length === 0) return NONE;
      return reading(policies === undefined ? 'likely' : 'certain', ['connect', 'policies', 'certificate'], {
        clientId: connect.resource,
      });
    },
  },
  {
    code: 'topic-denied',
    mistake: 16,
    rung: 'connected',
    weight: 'blocks',
    who: 'security-admin',
    remedy: ['allow-topic', 'reconnect'],
    read(facts) {
      if (stageOf(facts) !== 'active') return NONE;
      return (knownValue(facts.topics) ?? [])
        .filter(({ decision }) => decision !== 'ALLOWED')
        .flatMap(({ action, resource }) =>
          reading('certain', ['topics', 'certificate'], { action, resource }),
        );
    },
  },
  {
    code: 'topic-denied-by-reason',
    mistake: 16,
    rung: 'connected',
    weight: 'blocks',
    who: 'security-admin',
    remedy: ['allow-topic', 'reconnect'],
    // AWS closes the connection on a publish or subscribe that no policy allows.
    read(facts) {
      const reason = presentOf(facts.connectivity)?.disconnectReason ?? '';
      if (stageOf(facts) !== 'active' || !['AUTH_ERROR', 'FORBIDDEN_ACCESS'].includes(reason)) return NONE;
      const isNamed = (knownValue(facts.topics) ?? []).some(({ decision }) => decision !== 'ALLOWED');
      const isConnectDenied = (knownValue(facts.connect)?.decision ?? 'ALLOWED') !== 'ALLOWED';
      if (isNamed || isConnectDenied) return NONE;
      return reading('likely', ['connectivity', 'certificate'], { reason });
    },
  },
);
