/**
 * What the rules have in common: how sure one may be, and where the device stands.
 * @module
 */
import type { CaFacts, DeviceFacts, FactKey } from '@/lib/diagnosis/facts';
import type { Certainty, FindingCode, FindingParams, Reading, Rule, Who } from '@/lib/diagnosis/finding';
import { ABSENT, knownValue, presentOf } from '@/lib/diagnosis/known';

/** No reading: the rule does not apply. */
export const NONE: readonly Reading[] = [];

/** One reading. */
export function reading(
  certainty: Certainty,
  basis: readonly FactKey[],
  params: FindingParams = {},
): readonly Reading[] {
  return [{ certainty, basis, params }];
}

/** Groups of rules are checked against the type, and keep their order in the catalogue. */
export const rules = (...all: Rule[]): readonly Rule[] => all;

/** A cause for which just-in-time provisioning does not come to its end: AWS makes all of it or nothing, so no thing comes. */
export const stopsProvisioning = (
  code: FindingCode,
  {
    who = 'security-admin',
    mistake,
    ...rule
  }: Pick<Rule, 'remedy' | 'read'> & { mistake?: number; who?: Who },
): Rule => ({ code, mistake, rung: 'thing', weight: 'blocks', who, ...rule });

/** AWS provisions within seconds (AWS IoT Atlas: 1–3 s); a certificate younger than this may still be on its way. */
export const PROVISIONING_MS_MAX = 30_000;

export type Stage = 'unread' | 'away' | 'pending' | 'active' | 'stopped';

/** `away`: AWS answered that it has no such certificate. */
export function stageOf({ certificate }: DeviceFacts): Stage {
  const value = knownValue(certificate);
  if (value === undefined) return 'unread';
  if (value === ABSENT) return 'away';
  if (value.status === 'PENDING_ACTIVATION') return 'pending';
  return value.status === 'ACTIVE' ? 'active' : 'stopped';
}

/** How long the certificate has been pending; undefined when it is not, or since when is not known. */
export function pendingMs(facts: DeviceFacts, now: Date): number | undefined {
  const registeredAt = presentOf(facts.certificate)?.registeredAt;
  if (stageOf(facts) !== 'pending' || registeredAt === undefined) return undefined;
  return now.getTime() - registeredAt.getTime();
}

/**
 * How sure it is that something on the way to activation still concerns this device: surely while it is not activated,
 * perhaps where its certificate could not be read, and not at all afterwards.
 */
export function onTheWay(facts: DeviceFacts): Certainty | undefined {
  const stage = stageOf(facts);
  if (stage === 'away' || stage === 'pending') return 'certain';
  return stage === 'unread' ? 'likely' : undefined;
}

/** The same for what concerns the registration alone: the guide does not say what it does to a pending certificate. */
export function beforeRegistration(facts: DeviceFacts): Certainty | undefined {
  return stageOf(facts) === 'pending' ? 'likely' : onTheWay(facts);
}

/** `date` in a sentence: the day and the time, UTC, as ISO 8601 has them; screens may print it their own way. */
export const isoOf = (date: Date): string => date.toISOString();

/** Whether the CA would register and judge this device now, as far as is known. */
export function isWayClear(facts: DeviceFacts, now: Date): boolean {
  const ca = presentOf(facts.ca);
  const leaf = knownValue(facts.leaf);
  return (
    stageOf(facts) === 'away' &&
    ca !== undefined &&
    isCaReady(ca, now) &&
    knownValue(facts.signature) !== false &&
    (leaf === undefined || (leaf.notBefore <= now && now <= leaf.notAfter))
  );
}

function isCaReady({ status, autoRegistration, notBefore, notAfter }: CaFacts, now: Date): boolean {
  const isWithin =
    (notBefore === undefined || notBefore <= now) && (notAfter === undefined || now <= notAfter);
  return status === 'ACTIVE' && autoRegistration && isWithin;
}
