/**
 * Active devices that are not on line for long.
 * @module
 */
import { ACTIVE, offline, type Recognised, see } from '@/lib/diagnosis/testing/example-facts';

export const CONNECTION_RECOGNISED: readonly Recognised[] = [
  {
    mistake: 17,
    device: ACTIVE,
    facts: { connectivity: offline('DUPLICATE_CLIENTID') },
    code: 'client-id-fought-over',
    certainty: 'certain',
    reason: 'AWS says so',
  },
  {
    mistake: 17,
    device: ACTIVE,
    facts: { siblings: see([{ certificateId: 'cd'.repeat(32), status: 'ACTIVE' }]) },
    code: 'client-id-fought-over',
    certainty: 'possible',
    reason: 'another active certificate on the same thing',
  },
  {
    mistake: 24,
    device: ACTIVE,
    facts: { siblings: see([{ certificateId: 'cd'.repeat(32), status: 'INACTIVE' }]) },
    code: 'old-certificates-on-thing',
    certainty: 'certain',
    reason: 'a new key is another certificate',
  },
  {
    device: ACTIVE,
    facts: { connectivity: offline('MQTT_KEEP_ALIVE_TIMEOUT') },
    code: 'not-connected-now',
    certainty: 'certain',
    reason: 'activated, and off line',
  },
];
