/**
 * The certificate's own state and dates.
 * @module
 */
import {
  ACTIVE,
  AWAY,
  aCertificate,
  aLeaf,
  aLedger,
  inDays,
  type Recognised,
} from '@/lib/diagnosis/testing/example-facts';

export const CERTIFICATE_RECOGNISED: readonly Recognised[] = [
  {
    mistake: 9,
    device: AWAY,
    facts: { leaf: aLeaf({ notBefore: inDays(1) }) },
    code: 'certificate-not-yet-valid',
    certainty: 'certain',
    reason: 'AWS checks dates at registration',
  },
  {
    mistake: 30,
    device: ACTIVE,
    facts: { certificate: aCertificate({ status: 'INACTIVE' }) },
    code: 'certificate-inactive',
    certainty: 'certain',
    reason: 'the device is told nothing',
  },
  {
    mistake: 30,
    device: ACTIVE,
    facts: { certificate: aCertificate({ status: 'REVOKED' }) },
    code: 'certificate-revoked',
    certainty: 'certain',
    reason: 'for good',
  },
  {
    mistake: 30,
    device: ACTIVE,
    facts: { certificate: aCertificate({ status: 'PENDING_TRANSFER' }) },
    code: 'certificate-in-transfer',
    certainty: 'certain',
    reason: 'on its way to another account',
  },
  {
    mistake: 30,
    device: AWAY,
    facts: { ledger: aLedger({ lastSeenState: 'ACTIVE' }) },
    code: 'certificate-deleted',
    certainty: 'certain',
    reason: 'AWS had it',
  },
  {
    device: AWAY,
    facts: { leaf: aLeaf({ notAfter: inDays(-1) }) },
    code: 'certificate-expired',
    certainty: 'certain',
    reason: 'AWS registers no expired certificate',
  },
  {
    device: ACTIVE,
    facts: { leaf: aLeaf({ notAfter: inDays(-1) }) },
    code: 'certificate-expired',
    certainty: 'likely',
    reason: 'that AWS refuses it later is not stated',
  },
];
