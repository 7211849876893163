/**
 * An active device that is not on line, or not for long. AWS IoT Developer Guide, "Lifecycle events" (disconnect reasons),
 * "Associating a thing to an MQTT client connection".
 * @module
 */
import { knownValue, presentOf } from '@/lib/diagnosis/known';
import { NONE, reading, rules, stageOf } from './reading';

export const CONNECTION_RULES = rules(
  {
    code: 'client-id-fought-over',
    mistake: 17,
    rung: 'connected',
    weight: 'blocks',
    who: 'device-owner',
    remedy: ['use-unique-client-id', 'remove-old-certificates'],
    read(facts) {
      if (stageOf(facts) !== 'active') return NONE;
      const reason = presentOf(facts.connectivity)?.disconnectReason;
      if (reason === 'DUPLICATE_CLIENTID') return reading('certain', ['connectivity', 'certificate']);
      const isShared = (knownValue(facts.siblings) ?? []).some(({ status }) => status === 'ACTIVE');
      return isShared ? reading('possible', ['siblings', 'certificate']) : NONE;
    },
  },
  {
    code: 'old-certificates-on-thing',
    mistake: 24,
    rung: 'connected',
    weight: 'note',
    who: 'engineer',
    remedy: ['remove-old-certificates'],
    // A device with a new key has a new certificate id: AWS takes it for another principal of the same thing.
    read({ siblings, things }) {
      const count = knownValue(siblings)?.length ?? 0;
      const thing = knownValue(things)?.[0]?.name;
      return count > 0 ? reading('certain', ['siblings', 'things'], { count, thing: thing ?? '?' }) : NONE;
    },
  },
  {
    code: 'not-connected-now',
    mistake: undefined,
    rung: 'connected',
    weight: 'blocks',
    who: 'device-owner',
    remedy: ['check-power-and-network'],
    read(facts) {
      const seen = presentOf(facts.connectivity);
      if (stageOf(facts) !== 'active' || seen === undefined || seen.isConnected) return NONE;
      if (seen.changedAt === undefined) return NONE;
      return reading('certain', ['connectivity', 'certificate'], {
        reason: seen.disconnectReason ?? 'UNKNOWN',
        date: seen.changedAt.toISOString(),
      });
    },
  },
);
