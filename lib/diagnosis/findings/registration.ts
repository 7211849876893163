/**
 * Just-in-time registration: the certificate waits for a rule and its function, or for a person. AWS IoT Developer Guide,
 * "Register a client certificate when the client connects to AWS IoT (JITR)" and "Lambda rule action".
 * @module
 */
import type { DeviceFacts, RegistrationRule } from '@/lib/diagnosis/facts';
import type { Reading } from '@/lib/diagnosis/finding';
import { knownValue, presentOf } from '@/lib/diagnosis/known';
import { NONE, PROVISIONING_MS_MAX, pendingMs, reading, rules, stageOf } from './reading';

/** Pending under a CA without a template. */
function isWaiting(facts: DeviceFacts): boolean {
  const ca = presentOf(facts.ca);
  return stageOf(facts) === 'pending' && ca !== undefined && ca.config === undefined;
}

const ruleParams = ({ name, functionName }: RegistrationRule) => ({
  rule: name,
  function: functionName ?? '?',
});

function ofRules(
  facts: DeviceFacts,
  judge: (rules: readonly RegistrationRule[]) => readonly Reading[],
): readonly Reading[] {
  const found = knownValue(facts.rules);
  return isWaiting(facts) && found !== undefined ? judge(found) : NONE;
}

const BASIS = ['rules', 'ca', 'certificate'] as const;

export const REGISTRATION_RULES = rules(
  {
    code: 'registration-rule-missing',
    mistake: 22,
    rung: 'active',
    weight: 'blocks',
    who: 'security-admin',
    remedy: ['create-rule', 'activate-by-hand', 'attach-template'],
    read(facts) {
      const ca = presentOf(facts.ca);
      if (!isWaiting(facts) || ca === undefined) return NONE;
      const params = { ca: ca.caId };
      const found = knownValue(facts.rules);
      if (found === undefined) return reading('possible', ['ca', 'certificate'], params);
      return found.length === 0 ? reading('certain', BASIS, params) : NONE;
    },
  },
  {
    code: 'registration-rule-disabled',
    mistake: 22,
    rung: 'active',
    weight: 'blocks',
    who: 'security-admin',
    remedy: ['enable-rule', 'reconnect', 'activate-by-hand'],
    read: (facts) =>
      ofRules(facts, (found) =>
        found.some(({ isEnabled }) => isEnabled)
          ? NONE
          : found.slice(0, 1).flatMap((rule) => reading('certain', BASIS, { rule: rule.name })),
      ),
  },
  {
    code: 'function-may-not-be-called',
    mistake: 22,
    rung: 'active',
    weight: 'blocks',
    who: 'aws-admin',
    remedy: ['add-function-permission', 'reconnect', 'activate-by-hand'],
    read: (facts) =>
      ofRules(facts, (found) => {
        const enabled = found.filter(({ isEnabled }) => isEnabled);
        const barred = enabled.filter(({ mayCall }) => mayCall === false);
        // Another rule may do the work.
        const certainty = barred.length === enabled.length ? 'certain' : 'likely';
        return barred.flatMap((rule) => reading(certainty, BASIS, ruleParams(rule)));
      }),
  },
  {
    code: 'function-did-not-activate',
    mistake: 22,
    rung: 'active',
    weight: 'blocks',
    who: 'aws-admin',
    remedy: ['read-function-log', 'activate-by-hand'],
    read(facts, now) {
      if ((pendingMs(facts, now) ?? 0) < PROVISIONING_MS_MAX) return NONE;
      return ofRules(facts, (found) =>
        found
          .filter(({ isEnabled, mayCall }) => isEnabled && mayCall !== false)
          .flatMap((rule) => reading(rule.mayCall ? 'likely' : 'possible', BASIS, ruleParams(rule))),
      );
    },
  },
  {
    code: 'registration-needs-no-thing',
    mistake: 23,
    rung: 'thing',
    weight: 'note',
    who: 'engineer',
    remedy: ['create-thing-if-wanted'],
    read(facts) {
      const ca = presentOf(facts.ca);
      const isByRule = ca !== undefined && ca.config === undefined;
      return isByRule && knownValue(facts.things)?.length === 0 ? reading('certain', ['ca', 'things']) : NONE;
    },
  },
);
