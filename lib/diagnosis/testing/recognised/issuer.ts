/**
 * The CA behind the device.
 * @module
 */
import { ABSENT } from '@/lib/diagnosis/known';
import { AWAY, aCa, inDays, PENDING, type Recognised, see } from '@/lib/diagnosis/testing/example-facts';

export const ISSUER_RECOGNISED: readonly Recognised[] = [
  {
    mistake: 29,
    device: AWAY,
    facts: { ca: see(ABSENT) },
    code: 'issuing-ca-not-registered',
    certainty: 'certain',
    reason: 'it may be registered elsewhere',
  },
  {
    device: AWAY,
    facts: { issuers: see(['a', 'b']) },
    code: 'several-issuing-cas',
    certainty: 'likely',
    reason: 'the leaf alone does not say which',
  },
  {
    device: AWAY,
    facts: { signature: see(false) },
    code: 'signature-not-from-ca',
    certainty: 'certain',
    reason: 'the name is right, the key is another',
  },
  {
    device: AWAY,
    facts: { ca: aCa({ status: 'INACTIVE' }) },
    code: 'ca-inactive',
    certainty: 'certain',
    reason: 'an inactive CA registers nothing',
  },
  {
    device: PENDING,
    facts: { ca: aCa({ status: 'INACTIVE' }) },
    code: 'ca-inactive',
    certainty: 'likely',
    reason: 'what it does to a pending one is not documented',
  },
  {
    device: AWAY,
    facts: { ca: aCa({ autoRegistration: false }) },
    code: 'auto-registration-off',
    certainty: 'certain',
    reason: 'DISABLE',
  },
  {
    device: AWAY,
    facts: { ca: aCa({ notAfter: inDays(-1) }) },
    code: 'ca-expired',
    certainty: 'certain',
    reason: 'the chain is over',
  },
  {
    device: AWAY,
    facts: { ca: aCa({ notBefore: inDays(1) }) },
    code: 'ca-not-yet-valid',
    certainty: 'certain',
    reason: 'the chain has not begun',
  },
];
