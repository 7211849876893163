/**
 * Just-in-time provisioning under its role: who may act, and what AWS recorded of it. AWS IoT Developer Guide,
 * "Just-in-time provisioning"; CloudTrail has RegisterThing some minutes late.
 * @module
 */
import type { DeviceFacts, RegisterThingEvent, RoleFacts } from '@/lib/diagnosis/facts';
import type { Reading } from '@/lib/diagnosis/finding';
import { knownValue, presentOf } from '@/lib/diagnosis/known';
import {
  NONE,
  onTheWay,
  PROVISIONING_MS_MAX,
  pendingMs,
  reading,
  rules,
  stageOf,
  stopsProvisioning,
} from './reading';

/** AWS IoT quota "Policies per certificate". */
const POLICIES_PER_CERTIFICATE_MAX = 10;
/** A burst of this many is beyond what CreateThing, AttachPolicy and RegisterThing take in a second (10–15). */
const BATCH_BURST_MIN = 10;

/** What AWS recorded last, when that was a failure of a certificate that is still pending. */
function lastError(facts: DeviceFacts): RegisterThingEvent | undefined {
  const [last] = knownValue(facts.registerThing) ?? [];
  return stageOf(facts) === 'pending' && last?.errorCode !== undefined ? last : undefined;
}

const isAccessDenied = (code = ''): boolean => /^(AccessDenied|Unauthorized|Client\.Unauthorized)/.test(code);
const isThrottling = (code = ''): boolean => /Throttl|TooManyRequests/.test(code);
const isLimit = (code = ''): boolean => code.startsWith('LimitExceeded');

function ofError(
  facts: DeviceFacts,
  isMeant: (code: string | undefined) => boolean,
): readonly Reading[] | undefined {
  const error = lastError(facts);
  if (error === undefined || !isMeant(error.errorCode)) return undefined;
  return reading('certain', ['registerThing', 'certificate'], {
    error: error.errorCode ?? '',
    message: error.errorMessage ?? '',
  });
}

function ofRole(facts: DeviceFacts, kind: RoleFacts['kind']): readonly Reading[] {
  const role = knownValue(facts.role);
  const certainty = onTheWay(facts);
  if (role?.kind !== kind || certainty === undefined) return NONE;
  return reading(certainty, ['role', 'ca', 'certificate'], { role: role.roleArn });
}

/** The role as the CA names it, or as it was found. */
function roleOf(facts: DeviceFacts): string {
  const config = presentOf(facts.ca)?.config;
  return knownValue(facts.role)?.roleArn ?? (config?.kind === 'inline' ? config.roleArn : '?');
}

/** Template, role and record are known, and nothing in them is wrong. */
function isClean(facts: DeviceFacts): boolean {
  const dryRun = knownValue(facts.dryRun);
  const role = knownValue(facts.role);
  return (
    dryRun?.kind === 'evaluated' &&
    dryRun.evaluation.kind === 'plan' &&
    role?.kind === 'trusting' &&
    knownValue(facts.permissions)?.length === 0 &&
    lastError(facts) === undefined
  );
}

const isPendingLong = (facts: DeviceFacts, now: Date): boolean =>
  (pendingMs(facts, now) ?? 0) >= PROVISIONING_MS_MAX;

/** Pending for longer than provisioning takes, though nothing is in its way any more. */
const isUnexplained = (facts: DeviceFacts, now: Date): boolean => isPendingLong(facts, now) && isClean(facts);
const ALL_CLEAN = ['certificate', 'dryRun', 'role', 'permissions', 'registerThing'] as const;

export const PROVISIONING_RULES = rules(
  stopsProvisioning('role-missing', {
    mistake: 19,
    who: 'aws-admin',
    remedy: ['create-role', 'reconnect'],
    read: (facts) => ofRole(facts, 'missing'),
  }),
  stopsProvisioning('role-of-other-account', {
    mistake: 19,
    remedy: ['use-role-of-account', 'reconnect'],
    read: (facts) => ofRole(facts, 'other-account'),
  }),
  stopsProvisioning('role-not-trusting', {
    mistake: 19,
    who: 'aws-admin',
    remedy: ['mend-trust', 'reconnect'],
    read: (facts) => ofRole(facts, 'not-trusting'),
  }),
  stopsProvisioning('role-denied', {
    mistake: 19,
    who: 'aws-admin',
    remedy: ['attach-registration-policy', 'reconnect'],
    read(facts) {
      const role = roleOf(facts);
      const certainty = onTheWay(facts);
      const denied = knownValue(facts.permissions) ?? [];
      if (certainty !== undefined && denied.length > 0) {
        const basis = ['permissions', 'registerThing', 'ca', 'certificate'] as const;
        return reading(certainty, basis, { role, actions: denied.join(', ') });
      }
      const error = lastError(facts);
      if (!isAccessDenied(error?.errorCode)) return NONE;
      return reading('certain', ['registerThing', 'certificate'], {
        role,
        actions: error?.errorMessage ?? error?.errorCode ?? '',
      });
    },
  }),
  stopsProvisioning('policy-limit-reached', {
    mistake: 26,
    remedy: ['consolidate-policies', 'reconnect'],
    read(facts) {
      const params = { max: POLICIES_PER_CERTIFICATE_MAX };
      if (ofError(facts, isLimit)) return reading('certain', ['registerThing', 'certificate'], params);
      const count = knownValue(facts.policies)?.length ?? 0;
      if (stageOf(facts) !== 'pending' || count < POLICIES_PER_CERTIFICATE_MAX) return NONE;
      return reading('likely', ['policies', 'certificate'], params);
    },
  }),
  stopsProvisioning('provisioning-throttled', {
    mistake: 27,
    who: 'engineer',
    remedy: ['reconnect', 'stagger', 'raise-quota'],
    read(facts, now) {
      if (ofError(facts, isThrottling)) return reading('certain', ['registerThing', 'certificate']);
      const pending = presentOf(facts.ledger)?.batchPendingCount ?? 0;
      if (!isPendingLong(facts, now) || pending < BATCH_BURST_MIN) return NONE;
      return reading('possible', ['ledger', 'certificate']);
    },
  }),
  stopsProvisioning('register-thing-failed', {
    remedy: ['mend-template', 'reconnect'],
    read: (facts) =>
      ofError(facts, (code) => !(isAccessDenied(code) || isThrottling(code) || isLimit(code))) ?? NONE,
  }),
  stopsProvisioning('fleet-provisioning-on-top', {
    mistake: 18,
    who: 'device-owner',
    remedy: ['plain-connect-twice'],
    read: (facts, now) => (isUnexplained(facts, now) ? reading('possible', ALL_CLEAN) : NONE),
  }),
  stopsProvisioning('reconnect-to-retry', {
    who: 'device-owner',
    remedy: ['reconnect', 'read-cloudtrail'],
    // AWS tries again with the device's next connection, and only then.
    read: (facts, now) => (isUnexplained(facts, now) ? reading('likely', ALL_CLEAN) : NONE),
  }),
);
