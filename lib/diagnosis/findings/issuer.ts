/**
 * The CA that has to vouch for the device. AWS IoT Developer Guide, "Register a CA certificate", "Just-in-time
 * provisioning": registered here, ACTIVE, auto-registration ENABLE.
 * @module
 */
import type { CaFacts, DeviceFacts } from '@/lib/diagnosis/facts';
import type { FindingParams, Reading } from '@/lib/diagnosis/finding';
import { isAbsent, knownValue, presentOf } from '@/lib/diagnosis/known';
import { beforeRegistration, isoOf, NONE, reading, rules, stageOf } from './reading';

/** A rule about the CA's own settings. */
function ofCa(facts: DeviceFacts, judge: (ca: CaFacts) => FindingParams | undefined): readonly Reading[] {
  const ca = presentOf(facts.ca);
  const certainty = beforeRegistration(facts);
  if (ca === undefined || certainty === undefined) return NONE;
  const params = judge(ca);
  return params === undefined ? NONE : reading(certainty, ['ca', 'certificate'], { ca: ca.caId, ...params });
}

/** The issuer as people know it; its id where the certificate itself was not read. */
const issuerOf = ({ leaf, ledger }: DeviceFacts): string =>
  knownValue(leaf)?.issuer ?? presentOf(ledger)?.caId ?? '?';

export const ISSUER_RULES = rules(
  {
    code: 'issuing-ca-not-registered',
    mistake: 29,
    rung: 'contact',
    weight: 'blocks',
    who: 'security-admin',
    remedy: ['register-ca', 'look-in-region', 'register-ca-sni-only'],
    read(facts) {
      const certainty = beforeRegistration(facts);
      const isMissing = isAbsent(facts.ca) || knownValue(facts.issuers)?.length === 0;
      if (!isMissing || certainty === undefined) return NONE;
      return reading(certainty, ['certificate', 'leaf', 'issuers', 'ca'], { issuer: issuerOf(facts) });
    },
  },
  {
    code: 'several-issuing-cas',
    mistake: undefined,
    rung: 'contact',
    weight: 'blocks',
    who: 'device-owner',
    remedy: ['send-chain'],
    // Guide: in the leaf-only case there must not be another registered CA with the same subject.
    read(facts) {
      const count = knownValue(facts.issuers)?.length ?? 0;
      if (count < 2 || stageOf(facts) !== 'away') return NONE;
      return reading('likely', ['certificate', 'issuers'], { issuer: issuerOf(facts), count });
    },
  },
  {
    code: 'signature-not-from-ca',
    mistake: undefined,
    rung: 'contact',
    weight: 'blocks',
    who: 'engineer',
    remedy: ['register-ca', 'issue-again'],
    // What AWS has registered under a CA it has verified itself.
    read(facts) {
      const stage = stageOf(facts);
      if (knownValue(facts.signature) !== false || (stage !== 'away' && stage !== 'unread')) return NONE;
      return reading(stage === 'away' ? 'certain' : 'likely', ['certificate', 'signature'], {
        issuer: issuerOf(facts),
      });
    },
  },
  {
    code: 'ca-inactive',
    mistake: undefined,
    rung: 'contact',
    weight: 'blocks',
    who: 'security-admin',
    remedy: ['activate-ca', 'reconnect'],
    read: (facts) => ofCa(facts, ({ status }) => (status === 'ACTIVE' ? undefined : {})),
  },
  {
    code: 'auto-registration-off',
    mistake: undefined,
    rung: 'contact',
    weight: 'blocks',
    who: 'security-admin',
    remedy: ['switch-on-auto-registration', 'reconnect'],
    read: (facts) => ofCa(facts, ({ autoRegistration }) => (autoRegistration ? undefined : {})),
  },
  {
    code: 'ca-expired',
    mistake: undefined,
    rung: 'contact',
    weight: 'blocks',
    who: 'security-admin',
    remedy: ['register-ca', 'issue-under-other-ca'],
    read: (facts, now) =>
      ofCa(facts, ({ notAfter }) =>
        notAfter !== undefined && now > notAfter ? { date: isoOf(notAfter) } : undefined,
      ),
  },
  {
    code: 'ca-not-yet-valid',
    mistake: undefined,
    rung: 'contact',
    weight: 'blocks',
    who: 'security-admin',
    remedy: ['wait-until-valid', 'issue-under-other-ca'],
    read: (facts, now) =>
      ofCa(facts, ({ notBefore }) =>
        notBefore !== undefined && now < notBefore ? { date: isoOf(notBefore) } : undefined,
      ),
  },
);
