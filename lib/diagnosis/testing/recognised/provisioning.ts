/**
 * The provisioning role, and what AWS recorded.
 * @module
 */
import type { DeviceFacts } from '@/lib/diagnosis/facts';
import {
  aGoodDryRun,
  aLedger,
  aRole,
  minutesAgo,
  PENDING,
  type Recognised,
  see,
} from '@/lib/diagnosis/testing/example-facts';

const failed = (errorCode: string, errorMessage = 'as AWS says') =>
  see([{ at: minutesAgo(9), errorCode, errorMessage }], 'LookupEvents');
const clean: Partial<DeviceFacts> = { dryRun: aGoodDryRun(), role: aRole('trusting'), permissions: see([]) };

export const PROVISIONING_RECOGNISED: readonly Recognised[] = [
  {
    mistake: 18,
    device: PENDING,
    facts: clean,
    code: 'fleet-provisioning-on-top',
    certainty: 'possible',
    reason: 'nothing else explains it',
  },
  {
    mistake: 19,
    device: PENDING,
    facts: { permissions: see(['iot:CreateThing']) },
    code: 'role-denied',
    certainty: 'certain',
    reason: 'the simulation says so',
  },
  {
    mistake: 19,
    device: PENDING,
    facts: { registerThing: failed('AccessDeniedException') },
    code: 'role-denied',
    certainty: 'certain',
    reason: 'CloudTrail says so',
  },
  {
    mistake: 19,
    device: PENDING,
    facts: { role: aRole('not-trusting') },
    code: 'role-not-trusting',
    certainty: 'certain',
    reason: 'iot.amazonaws.com may not assume it',
  },
  {
    mistake: 19,
    device: PENDING,
    facts: { role: aRole('missing') },
    code: 'role-missing',
    certainty: 'certain',
    reason: 'deleted since',
  },
  {
    mistake: 19,
    device: PENDING,
    facts: { role: aRole('other-account') },
    code: 'role-of-other-account',
    certainty: 'certain',
    reason: 'AWS IoT assumes roles of its own account',
  },
  {
    mistake: 26,
    device: PENDING,
    facts: { registerThing: failed('LimitExceededException') },
    code: 'policy-limit-reached',
    certainty: 'certain',
    reason: 'the eleventh policy is refused',
  },
  {
    mistake: 26,
    device: PENDING,
    facts: {
      policies: see(Array.from({ length: 10 }, (_, index) => ({ name: `P${index}` }))),
    },
    code: 'policy-limit-reached',
    certainty: 'likely',
    reason: 'ten are attached',
  },
  {
    mistake: 27,
    device: PENDING,
    facts: { registerThing: failed('ThrottlingException') },
    code: 'provisioning-throttled',
    certainty: 'certain',
    reason: 'CloudTrail says so',
  },
  {
    mistake: 27,
    device: PENDING,
    facts: { ledger: aLedger({ batch: 'B1', batchPendingCount: 40 }) },
    code: 'provisioning-throttled',
    certainty: 'possible',
    reason: 'a whole batch is pending',
  },
  {
    device: PENDING,
    facts: { registerThing: failed('InvalidRequestException') },
    code: 'register-thing-failed',
    certainty: 'certain',
    reason: 'any other error in CloudTrail',
  },
  {
    device: PENDING,
    facts: clean,
    code: 'reconnect-to-retry',
    certainty: 'likely',
    reason: 'AWS retries only when the device connects',
  },
];
