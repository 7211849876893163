/**
 * Devices that AWS has never heard of, and the first connection, which it closes.
 * @module
 */
import { ABSENT } from '@/lib/diagnosis/known';
import {
  ACTIVE,
  AWAY,
  aCertificate,
  aGiven,
  minutesAgo,
  PENDING,
  type Recognised,
  see,
} from '@/lib/diagnosis/testing/example-facts';

export const CONTACT_RECOGNISED: readonly Recognised[] = [
  {
    mistake: 1,
    device: PENDING,
    facts: { certificate: aCertificate({ registeredAt: minutesAgo(0.2) }) },
    code: 'first-connect-dropped',
    certainty: 'likely',
    reason: 'AWS closes the first connection and provisions within seconds',
  },
  {
    mistake: 1,
    device: ACTIVE,
    facts: { connectivity: see(ABSENT, 'GetThingConnectivityData') },
    code: 'first-connect-dropped',
    certainty: 'likely',
    reason: 'activated, and it has not tried again since',
  },
  {
    mistake: 4,
    device: AWAY,
    facts: {},
    code: 'never-reached',
    certainty: 'likely',
    reason: 'the CA is ready, and AWS has no such certificate',
  },
  {
    mistake: 4,
    device: AWAY,
    facts: {},
    code: 'leaf-only-without-sni',
    certainty: 'possible',
    reason: 'then AWS cannot find the CA; nothing shows it from outside',
  },
  {
    mistake: 5,
    device: AWAY,
    facts: { given: aGiven({ symptom: 'one-certificate-only' }) },
    code: 'sdk-sends-one-certificate',
    certainty: 'likely',
    reason: 'the log says "PEM has greater than expected depth"',
  },
  {
    mistake: 5,
    device: AWAY,
    facts: {},
    code: 'sdk-sends-one-certificate',
    certainty: 'possible',
    reason: 'the same signal as 4',
  },
  {
    mistake: 7,
    device: AWAY,
    facts: { given: aGiven({ symptom: 'server-not-verified' }) },
    code: 'server-trust-wrong',
    certainty: 'likely',
    reason: 'the log says that the server was not verified',
  },
  {
    mistake: 8,
    device: AWAY,
    facts: { given: aGiven({ host: 'a1b2c3.iot.eu-central-1.amazonaws.com' }) },
    code: 'endpoint-not-ats',
    certainty: 'likely',
    reason: 'the older endpoint has another root',
  },
  {
    mistake: 9,
    device: AWAY,
    facts: { given: aGiven({ symptom: 'certificate-not-yet-valid' }) },
    code: 'device-clock',
    certainty: 'likely',
    reason: 'valid here, not yet valid there',
  },
];
