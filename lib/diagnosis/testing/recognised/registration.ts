/**
 * Rules and functions that should activate the device.
 * @module
 */
import { PENDING_JITR, type Recognised, see } from '@/lib/diagnosis/testing/example-facts';

const rule = { name: 'Activate', isEnabled: true, functionName: 'activate', mayCall: true };

export const REGISTRATION_RECOGNISED: readonly Recognised[] = [
  {
    mistake: 22,
    device: PENDING_JITR,
    facts: { rules: see([]) },
    code: 'registration-rule-missing',
    certainty: 'certain',
    reason: 'nobody hears the event',
  },
  {
    mistake: 22,
    device: PENDING_JITR,
    facts: {},
    code: 'registration-rule-missing',
    certainty: 'possible',
    reason: 'the rules were not seen',
  },
  {
    mistake: 22,
    device: PENDING_JITR,
    facts: { rules: see([{ ...rule, isEnabled: false }]) },
    code: 'registration-rule-disabled',
    certainty: 'certain',
    reason: 'the only one sleeps',
  },
  {
    mistake: 22,
    device: PENDING_JITR,
    facts: { rules: see([{ ...rule, mayCall: false }]) },
    code: 'function-may-not-be-called',
    certainty: 'certain',
    reason: 'without permission the function is never called, silently',
  },
  {
    mistake: 22,
    device: PENDING_JITR,
    facts: { rules: see([rule]) },
    code: 'function-did-not-activate',
    certainty: 'likely',
    reason: 'rule and permission are right, and it is still pending',
  },
  {
    mistake: 23,
    device: PENDING_JITR,
    facts: {},
    code: 'registration-needs-no-thing',
    certainty: 'certain',
    reason: 'no thing is attached, and none is needed',
  },
  {
    mistake: 22,
    device: PENDING_JITR,
    facts: { rules: see([{ ...rule, mayCall: false }, rule]) },
    code: 'function-may-not-be-called',
    certainty: 'likely',
    reason: 'another rule may do the work',
  },
];
