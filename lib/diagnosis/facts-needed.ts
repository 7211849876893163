/**
 * What to ask next, given what is known: the order in which a diagnosis stays cheap and stops early.
 * The caller gathers what a round names, all at once, and asks again until the answer is empty.
 * @module
 */
import type { DeviceFacts, FactKey } from './facts';
import { stageOf } from './findings/reading';
import { ABSENT, knownValue, presentOf } from './known';

/** AWS allows 10 calls a second to most operations (AWS IoT Core quotas); one diagnosis takes no more than one second's worth. */
export const CALLS_PER_DIAGNOSIS_MAX = 10;

export type FactNeed = {
  fact: FactKey;
  /** What the gathering of this fact may spend; what it cannot learn for that stays `not-known` (`incomplete`). */
  callsMax: number;
};

export type Plan = {
  /** Calls that are left of {@link CALLS_PER_DIAGNOSIS_MAX}. */
  callsLeft: number;
  /** Somebody asked for CloudTrail: it is minutes late and slow, so a live ladder does without. */
  isCloudTrailWanted?: boolean;
};

/**
 * What each fact costs at most. Issuers: one list and the certificates of the newest CAs (more registered CAs: not known);
 * the dry run: the names of the template; rules: one list and one rule with its
 * function's policy; siblings: one list and the status of three.
 */
const CALLS_MAX: Readonly<Partial<Record<FactKey, number>>> = {
  certificate: 1,
  issuers: 9,
  ca: 1,
  namedTemplate: 1,
  dryRun: 3,
  role: 1,
  permissions: 1,
  registerThing: 1,
  rules: 3,
  things: 1,
  policies: 1,
  connect: 1,
  siblings: 4,
  connectivity: 1,
  endpoint: 1,
  isRegistrationCode: 1,
};

/** The next round; empty when there is nothing more to ask, or nothing left to ask with. */
export function factsNeeded(facts: DeviceFacts, { callsLeft, isCloudTrailWanted = false }: Plan): FactNeed[] {
  let left = Math.min(callsLeft, CALLS_PER_DIAGNOSIS_MAX);
  const round: FactNeed[] = [];
  for (const fact of wanted(facts, isCloudTrailWanted)) {
    const callsMax = Math.min(CALLS_MAX[fact] ?? 0, left);
    // The names of a template may stay unknown; of anything else, no call is no fact.
    if (facts[fact].kind !== 'not-asked' || (callsMax === 0 && fact !== 'dryRun')) continue;
    round.push({ fact, callsMax });
    left -= callsMax;
  }
  return round;
}

/** The most telling first: what a round cannot pay for is left out from its end. */
function wanted(facts: DeviceFacts, isCloudTrailWanted: boolean): FactKey[] {
  const first: FactKey[] = [...given(facts), 'certificate'];
  if (first.some((fact) => facts[fact].kind === 'not-asked')) return first;
  switch (stageOf(facts)) {
    case 'away':
      return beforeContact(facts);
    case 'pending':
      return whilePending(facts, isCloudTrailWanted);
    case 'active':
      return onceActive(facts);
    case 'stopped':
      return attachments(facts);
    case 'unread':
      // Half the permissions are missing: the CA may still be seen.
      return facts.certificate.kind === 'not-asked' ? [] : beforeContact(facts);
  }
}

/** What the person brought is compared with the environment's own: the host of a device, the code of a verification. */
function given(facts: DeviceFacts): FactKey[] {
  const { host, verification } = knownValue(facts.given) ?? {};
  return [
    ...(host === undefined ? [] : (['endpoint'] as const)),
    ...(verification === undefined ? [] : (['isRegistrationCode'] as const)),
  ];
}

function beforeContact(facts: DeviceFacts): FactKey[] {
  const ledger = presentOf(facts.ledger);
  const isNamed =
    ledger !== undefined || knownValue(facts.given)?.issuer !== undefined || facts.ca.kind !== 'not-asked';
  if (!isNamed) return knownValue(facts.leaf) === undefined ? [] : ['issuers'];
  return ['ca', ...provisioning(facts)];
}

function whilePending(facts: DeviceFacts, isCloudTrailWanted: boolean): FactKey[] {
  const attached = attachments(facts);
  const late: FactKey[] = isCloudTrailWanted ? ['registerThing'] : [];
  if (presentOf(facts.certificate)?.caId === undefined) return attached;
  if (facts.ca.kind === 'not-asked') return ['ca', ...attached, ...late];
  const ca = presentOf(facts.ca);
  if (ca !== undefined && ca.config === undefined) return [...attached, 'rules'];
  return [...attached, ...late, ...provisioning(facts)];
}

function onceActive(facts: DeviceFacts): FactKey[] {
  const attached: FactKey[] = ['things', 'policies'];
  if (attached.some((fact) => facts[fact].kind === 'not-asked')) return attachments(facts);
  const things = knownValue(facts.things);
  const hasThing = things !== undefined && things.length > 0;
  const ofThing: FactKey[] = hasThing ? ['connect', 'connectivity', 'siblings'] : ['connect'];
  const isComplete = hasThing && (knownValue(facts.policies) ?? []).length > 0;
  // What is missing may never have been meant to be there: the CA's template says.
  return isComplete || presentOf(facts.certificate)?.caId === undefined
    ? ofThing
    : [...ofThing, 'ca', ...(presentOf(facts.ca)?.config === undefined ? [] : (['dryRun'] as const))];
}

/** Which policies count depends on the thing, by its groups. */
const attachments = (facts: DeviceFacts): FactKey[] =>
  facts.things.kind === 'not-asked' ? ['things'] : ['things', 'policies'];

/** What the CA's config leads to: its template, then the dry run of it and the role. */
function provisioning(facts: DeviceFacts): FactKey[] {
  const config = presentOf(facts.ca)?.config;
  if (config === undefined) return [];
  const isRead = config.kind === 'inline' || facts.namedTemplate.kind !== 'not-asked';
  if (!isRead) return ['namedTemplate'];
  if (knownValue(facts.namedTemplate) === ABSENT) return [];
  // Which permissions the role needs is known once the template has been evaluated.
  return facts.dryRun.kind === 'not-asked' ? ['dryRun'] : ['permissions', 'role'];
}
