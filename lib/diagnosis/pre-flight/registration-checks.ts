/**
 * Whether AWS would register the certificate: its CA, and what AWS has of it already.
 * @module
 */
import type { Diagnosis } from '@/lib/diagnosis/diagnose';
import type { FindingCode } from '@/lib/diagnosis/finding';
import { stageOf } from '@/lib/diagnosis/findings/reading';
import { isAbsent, knownValue, presentOf } from '@/lib/diagnosis/known';
import { check, type PreFlightCheck } from './check';
import { failed, isRegistered, notSeen, type PreFlightFacts } from './judgement';

const ISSUER: readonly FindingCode[] = [
  'issuing-ca-not-registered',
  'several-issuing-cas',
  'signature-not-from-ca',
];
const CA: readonly FindingCode[] = ['ca-inactive', 'auto-registration-off', 'ca-expired', 'ca-not-yet-valid'];
const STOPPED: readonly FindingCode[] = [
  'certificate-deleted',
  'certificate-revoked',
  'certificate-inactive',
  'certificate-in-transfer',
];
export function issuer({ facts }: PreFlightFacts, diagnosis: Diagnosis): PreFlightCheck {
  const wrong = failed('issuer', 'issuer-fails', diagnosis, ISSUER);
  if (wrong !== undefined) return wrong;
  const leaf = knownValue(facts.leaf);
  if (presentOf(facts.ca) === undefined || leaf === undefined) {
    // AWS has checked the signature of whatever it has registered.
    return presentOf(facts.certificate)?.caId === undefined
      ? notSeen('issuer')
      : check('issuer', 'pass', 'past');
  }
  return check('issuer', 'pass', 'issuer-registered', { issuer: leaf.issuer });
}

export function ca({ facts }: PreFlightFacts, diagnosis: Diagnosis): PreFlightCheck {
  const wrong = failed('ca', 'ca-not-ready', diagnosis, CA);
  if (wrong !== undefined) return wrong;
  if (isAbsent(facts.ca) || knownValue(facts.issuers)?.length === 0)
    return check('ca', 'fail', 'ca-not-ready');
  if (presentOf(facts.ca) !== undefined) return check('ca', 'pass', 'ca-ready');
  return isRegistered(facts) ? check('ca', 'pass', 'past') : notSeen('ca');
}

export function contact({ facts }: PreFlightFacts, diagnosis: Diagnosis): PreFlightCheck {
  const stopped = failed('contact', 'contact-stopped', diagnosis, STOPPED);
  if (stopped !== undefined) return stopped;
  switch (stageOf(facts)) {
    case 'away':
      return check('contact', 'pass', 'contact-new');
    case 'pending':
      return check('contact', 'note', 'contact-pending');
    case 'active':
      return check('contact', 'note', 'contact-active');
    case 'stopped':
      return check('contact', 'fail', 'contact-stopped');
    case 'unread':
      return notSeen('contact');
  }
}
