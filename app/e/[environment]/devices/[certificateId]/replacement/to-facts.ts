import 'server-only';
import type { NewFacts, OldFacts } from '@/components/replacement/replacement-facts';
import type { BegunReplacement, OldCertificate } from '@/lib/devices/replacement';

export function toOldFacts({ detail, state, facts, groups }: OldCertificate): OldFacts {
  return {
    certificateId: state.certificateId,
    status: state.status,
    caId: detail.caId,
    subject: facts?.subject.text,
    notBefore: facts?.notBefore,
    notAfter: facts?.notAfter,
    thingNames: state.thingNames,
    policyNames: state.policyNames,
    groups,
  };
}

export function toNewFacts(begun: BegunReplacement): NewFacts {
  const { row, facts, plan, sighting } = begun;
  return {
    certificateId: row.newCertificateId,
    caId: row.newCaId,
    operatorName: row.operatorName,
    beganAt: row.beganAt.toISOString(),
    notBefore: facts?.notBefore,
    notAfter: facts?.notAfter,
    delivery: deliveryOf(begun.delivery),
    status: begun.next?.status,
    steps: plan.kind === 'steps' ? plan.steps : [],
    parity: begun.parity,
    isCaActive: begun.isCaActive,
    sighting: sighting.kind === 'thing' ? { ...sighting, at: sighting.at.toISOString() } : sighting,
    retiredAt: row.retiredAt?.toISOString(),
  };
}

/** A new certificate is of no batch, so that no later batch replaces it and nobody gives it up: it is known to have arrived, or not. */
function deliveryOf(delivery: BegunReplacement['delivery']): NewFacts['delivery'] {
  return delivery === 'replaced' || delivery === 'given-up' ? 'not-confirmed' : delivery;
}
