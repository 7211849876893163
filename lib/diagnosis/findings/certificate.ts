/**
 * What the certificate's own state and dates say. AWS IoT Developer Guide, "Activate or deactivate a client certificate"
 * and "Revoke a client certificate"; the device is told nothing of it.
 * @module
 */
import type { DeviceFacts } from '@/lib/diagnosis/facts';
import type { Certainty, Reading } from '@/lib/diagnosis/finding';
import { isAbsent, knownValue, presentOf } from '@/lib/diagnosis/known';
import type { CertificateStatus } from '@/lib/registry/device-certificate';
import { isoOf, NONE, reading, rules, stageOf } from './reading';

function hasStatus(facts: DeviceFacts, ...statuses: CertificateStatus[]): readonly Reading[] {
  const status = presentOf(facts.certificate)?.status;
  if (status === undefined || !statuses.includes(status)) return NONE;
  return reading('certain', ['certificate'], { status });
}

/** AWS checks dates at registration; that it refuses later is not stated, so it is not certain. */
function dateCertainty(facts: DeviceFacts): Certainty | undefined {
  // With "away" the thing may well be on line, by another certificate.
  if (stageOf(facts) === 'away') return 'certain';
  return presentOf(facts.connectivity)?.isConnected ? undefined : 'likely';
}

export const CERTIFICATE_STATUS_RULES = rules(
  {
    code: 'certificate-deleted',
    mistake: 30,
    rung: 'registered',
    weight: 'blocks',
    who: 'engineer',
    remedy: ['reconnect', 'issue-again'],
    read({ certificate, ledger }) {
      const lastSeen = presentOf(ledger)?.lastSeenState;
      if (!isAbsent(certificate) || lastSeen === undefined) return NONE;
      return reading('certain', ['certificate', 'ledger']);
    },
  },
  {
    code: 'certificate-revoked',
    mistake: 30,
    rung: 'active',
    weight: 'blocks',
    who: 'engineer',
    remedy: ['issue-again'],
    read: (facts) => hasStatus(facts, 'REVOKED'),
  },
  {
    code: 'certificate-inactive',
    mistake: 30,
    rung: 'active',
    weight: 'blocks',
    who: 'engineer',
    remedy: ['activate-certificate'],
    read: (facts) => hasStatus(facts, 'INACTIVE', 'REGISTER_INACTIVE'),
  },
  {
    code: 'certificate-in-transfer',
    mistake: 30,
    rung: 'active',
    weight: 'blocks',
    who: 'aws-admin',
    remedy: ['finish-transfer'],
    read: (facts) => hasStatus(facts, 'PENDING_TRANSFER'),
  },
);

export const CERTIFICATE_DATE_RULES = rules(
  {
    code: 'certificate-expired',
    mistake: undefined,
    rung: 'contact',
    weight: 'blocks',
    who: 'engineer',
    remedy: ['issue-again'],
    read(facts, now) {
      const leaf = knownValue(facts.leaf);
      const certainty = dateCertainty(facts);
      if (leaf === undefined || now <= leaf.notAfter || certainty === undefined) return NONE;
      return reading(certainty, ['leaf', 'certificate'], { date: isoOf(leaf.notAfter) });
    },
  },
  {
    code: 'certificate-not-yet-valid',
    mistake: 9,
    rung: 'contact',
    weight: 'blocks',
    who: 'engineer',
    remedy: ['wait-until-valid', 'issue-again'],
    read(facts, now) {
      const leaf = knownValue(facts.leaf);
      const certainty = dateCertainty(facts);
      if (leaf === undefined || leaf.notBefore <= now || certainty === undefined) return NONE;
      return reading(certainty, ['leaf', 'certificate'], { date: isoOf(leaf.notBefore) });
    },
  },
);
