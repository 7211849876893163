/**
 * What the first contact would set off: template, role, names, policy.
 * @module
 */
import type { Diagnosis } from '@/lib/diagnosis/diagnose';
import type { DeviceFacts, FactKey } from '@/lib/diagnosis/facts';
import type { FindingCode } from '@/lib/diagnosis/finding';
import { knownValue, presentOf } from '@/lib/diagnosis/known';
import { check, type PreFlightCheck, type PreFlightCheckId } from './check';
import { failed, isRegistered, notSeen, type PreFlightFacts } from './judgement';

const TEMPLATE: readonly FindingCode[] = [
  'template-missing',
  'template-disabled',
  'template-of-other-type',
  'template-double-encoded',
  'template-unreadable',
  'template-policy-missing',
  'template-value-missing',
  'name-invalid',
  'names-missing',
  'template-fails',
];
const ROLE: readonly FindingCode[] = [
  'role-missing',
  'role-of-other-account',
  'role-not-trusting',
  'role-denied',
];

/** What the first contact would set off; once it has, only the permission to connect is still a question. */
export function provisioning(input: PreFlightFacts, diagnosis: Diagnosis): PreFlightCheck[] {
  const { facts } = input;
  if (isRegistered(facts)) {
    return [...past('template', 'role', 'names'), policy(input)];
  }
  const authority = presentOf(facts.ca);
  if (authority !== undefined && authority.config === undefined) {
    return [check('template', 'note', 'template-none'), check('policy', 'unseen', 'policy-by-rule')];
  }
  return [template(input, diagnosis), role(facts, diagnosis), names(input, diagnosis), policy(input)];
}

const past = (...ids: PreFlightCheckId[]) => ids.map((id) => check(id, 'pass', 'past'));

function template({ facts, thing }: PreFlightFacts, diagnosis: Diagnosis): PreFlightCheck {
  const wrong = failed('template', 'template-fails', diagnosis, TEMPLATE);
  if (wrong !== undefined) return wrong;
  const dryRun = knownValue(facts.dryRun);
  if (dryRun?.kind !== 'evaluated' || dryRun.evaluation.kind !== 'plan') return notSeen('template');
  return check('template', 'pass', 'template-evaluates', { thing: thing?.name ?? '-' });
}

function role(facts: DeviceFacts, diagnosis: Diagnosis): PreFlightCheck {
  const wrong = failed('role', 'role-fails', diagnosis, ROLE);
  if (wrong !== undefined) return wrong;
  const needed: readonly FactKey[] = ['role', 'permissions'];
  return needed.every((key) => facts[key].kind === 'known')
    ? check('role', 'pass', 'role-ready')
    : notSeen('role');
}

function names({ thing, facts }: PreFlightFacts, diagnosis: Diagnosis): PreFlightCheck {
  if (thing === undefined) {
    const isEvaluated = failed('template', 'template-fails', diagnosis, TEMPLATE) === undefined;
    const isRead = knownValue(facts.dryRun)?.kind === 'evaluated';
    return isEvaluated && isRead ? check('names', 'note', 'names-none') : notSeen('names');
  }
  const params = { thing: thing.name };
  if (thing.presence === 'free') return check('names', 'pass', 'names-free', params);
  return thing.presence === 'taken' ? check('names', 'fail', 'names-taken', params) : notSeen('names');
}

function policy({ connect, facts }: PreFlightFacts): PreFlightCheck {
  // What AWS itself says of a certificate that it has.
  const asked = knownValue(facts.connect);
  if (asked !== undefined) {
    const isAllowed = asked.decision === 'ALLOWED';
    return check('policy', isAllowed ? 'pass' : 'fail', isAllowed ? 'policy-connects' : 'policy-denies', {
      clientId: asked.resource,
    });
  }
  if (connect === undefined) return notSeen('policy');
  const { clientId: id, decision } = connect;
  return decision === 'allowed'
    ? check('policy', 'pass', 'policy-connects', { clientId: id })
    : check('policy', 'fail', 'policy-denies', { clientId: id });
}
