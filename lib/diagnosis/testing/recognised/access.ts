/**
 * What policies let an active device do.
 * @module
 */
import type { AuthorizationFacts } from '@/lib/diagnosis/facts';
import { notPermitted } from '@/lib/diagnosis/known';
import { ACTIVE, aGiven, NOW, offline, type Recognised, see } from '@/lib/diagnosis/testing/example-facts';

const CONNECT: AuthorizationFacts = {
  action: 'CONNECT',
  resource: 'sensor-1',
  decision: 'IMPLICIT_DENY',
  denyingPolicies: [],
  missingContextValues: [],
};

export const ACCESS_RECOGNISED: readonly Recognised[] = [
  {
    mistake: 14,
    device: ACTIVE,
    facts: { connect: see(CONNECT) },
    code: 'connect-denied',
    certainty: 'certain',
    reason: 'no policy allows client/sensor-1',
  },
  {
    mistake: 14,
    device: ACTIVE,
    facts: { connect: see({ ...CONNECT, decision: 'EXPLICIT_DENY', denyingPolicies: ['Ban'] }) },
    code: 'connect-denied-explicitly',
    certainty: 'certain',
    reason: 'a Deny wins over every Allow',
  },
  {
    mistake: 14,
    device: ACTIVE,
    facts: { policies: see([]) },
    code: 'policy-not-attached',
    certainty: 'certain',
    reason: 'nothing is allowed without a policy',
  },
  {
    mistake: 15,
    device: ACTIVE,
    facts: {
      connect: see({
        ...CONNECT,
        resource: 'other',
        missingContextValues: ['iot:Connection.Thing.ThingName'],
      }),
    },
    code: 'client-id-not-thing-name',
    certainty: 'certain',
    reason: 'the variable resolves only for the thing of that name',
  },
  {
    mistake: 15,
    device: ACTIVE,
    facts: {
      given: aGiven({ clientId: 'sensor-1' }),
      connect: see({
        ...CONNECT,
        resource: 'other',
        missingContextValues: ['iot:Connection.Thing.ThingName'],
      }),
    },
    code: 'client-id-not-thing-name',
    certainty: 'certain',
    reason: 'AWS was asked about another client id than the log shows, and denies that one',
  },
  {
    mistake: 15,
    device: ACTIVE,
    facts: { given: aGiven({ clientId: 'laptop' }) },
    code: 'client-id-not-thing-name',
    certainty: 'likely',
    reason: 'the log shows another client id',
  },
  {
    mistake: 15,
    device: ACTIVE,
    facts: {
      things: see([]),
      connect: see({ ...CONNECT, missingContextValues: ['iot:Connection.Thing.ThingName'] }),
    },
    code: 'thing-not-attached',
    certainty: 'certain',
    reason: 'the policy asks for a thing and there is none',
  },
  {
    mistake: 16,
    device: ACTIVE,
    facts: { topics: see([{ ...CONNECT, action: 'PUBLISH', resource: 'dt/x' }]) },
    code: 'topic-denied',
    certainty: 'certain',
    reason: 'AWS closes the connection on such a publish',
  },
  {
    mistake: 16,
    device: ACTIVE,
    facts: { connectivity: offline('AUTH_ERROR') },
    code: 'topic-denied-by-reason',
    certainty: 'likely',
    reason: 'it may connect, and was thrown out for what it did then',
  },
  {
    mistake: 14,
    device: ACTIVE,
    facts: { connect: see(CONNECT), policies: notPermitted('GetEffectivePolicies', NOW) },
    code: 'connect-denied',
    certainty: 'likely',
    reason: 'there may be no policy at all',
  },
];
