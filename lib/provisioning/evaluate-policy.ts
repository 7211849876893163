/**
 * The policy resource of a template.
 * AWS IoT Developer Guide, "Provisioning templates", section on policies.
 * @module
 */

import { sha1Hex } from '@/lib/pki/digest';
import { isJsonObject, type JsonObject, member } from '@/lib/policy/json-text';
import { type Policy, parsePolicy } from '@/lib/policy/policy-document';
import type { PlannedPolicy } from './plan';
import { type EvaluationNotes, provisioningFailure } from './provisioning-failure';
import { propertiesPath } from './references';
import type { RegistryFacts } from './registry-facts';
import { isValidName, nameConstraintText } from './registry-names';
import type { TemplateResource } from './template';

/** The plan for one policy resource whose Refs are resolved; undefined when it failed, see `notes`. */
export function evaluatePolicy(
  { logicalId }: TemplateResource,
  properties: JsonObject,
  registry: RegistryFacts,
  notes: EvaluationNotes,
): PlannedPolicy | undefined {
  const path = propertiesPath(logicalId);
  const name = member(properties, 'PolicyName');
  const document = member(properties, 'PolicyDocument');
  // Neither or both: the check of the template has said so.
  if ((name === undefined) === (document === undefined)) return undefined;
  if (name !== undefined) return named(logicalId, name, `${path}.PolicyName`, registry, notes);
  const text = isJsonObject(document) ? JSON.stringify(document) : document;
  return described(logicalId, text, `${path}.PolicyDocument`, registry, notes);
}

/**
 * The name that AWS gives a policy made from a document: a hash of its text, so equal documents share one policy.
 * The guide says "a hash of the policy document"; its example shows 40 upper-case hex digits, SHA-1's length (inferred).
 */
export function derivedPolicyName(document: string): string {
  return sha1Hex(document).toUpperCase();
}

/** Whether a statement allows every IoT action on everything: a policy for a laboratory. */
export function allowsEverything(policy: Policy): boolean {
  const covers = (patterns: readonly { source: string }[], all: readonly string[]) =>
    patterns.some(({ source }) => all.includes(source));
  return policy.statements.some(
    ({ effect, actions, resources, conditions }) =>
      effect === 'Allow' &&
      !actions.negated &&
      covers(actions.patterns, ['*', 'iot:*']) &&
      resources?.negated === false &&
      covers(resources.patterns, ['*']) &&
      conditions.length === 0,
  );
}

function named(
  logicalId: string,
  name: unknown,
  path: string,
  registry: RegistryFacts,
  notes: EvaluationNotes,
): PlannedPolicy | undefined {
  if (typeof name !== 'string' || !isValidName('policy', name)) {
    const shown = typeof name === 'string' ? name : JSON.stringify(name);
    notes.failures.push(
      provisioningFailure({
        code: 'policy-name-invalid',
        message: nameConstraintText('policy', shown),
        authority: 'inferred',
        path,
        params: { name: shown },
      }),
    );
    return undefined;
  }
  const presence = registry.policy(name);
  if (presence === 'absent') {
    notes.failures.push(
      provisioningFailure({
        code: 'policy-not-found',
        awsName: 'ResourceRegistrationFailureException',
        message: `Policy not found (name=${name})`,
        authority: 'inferred',
        path,
        params: { name },
      }),
    );
    return undefined;
  }
  if (presence === 'unknown') notes.findings.push({ code: 'not-looked-up', path, params: { name } });
  return { logicalId, name, document: undefined, deed: 'reuse', presence };
}

function described(
  logicalId: string,
  document: unknown,
  path: string,
  registry: RegistryFacts,
  notes: EvaluationNotes,
): PlannedPolicy | undefined {
  const parsed = typeof document === 'string' ? parsePolicy(document) : undefined;
  if (typeof document !== 'string' || !parsed?.ok) {
    const faults = parsed?.ok === false ? parsed.failure : [];
    notes.failures.push(
      provisioningFailure({
        code: 'policy-document-malformed',
        awsName: 'ResourceRegistrationFailureException',
        message: 'Policy document is Malformed',
        authority: 'inferred',
        path,
        params: { fault: faults[0]?.code ?? 'not-a-string', at: faults[0]?.path ?? '$' },
      }),
    );
    return undefined;
  }
  if (allowsEverything(parsed.value)) {
    notes.findings.push({ code: 'policy-allows-everything', path, params: {} });
  }
  for (const { code, path: at } of parsed.value.findings) {
    notes.findings.push({ code: 'policy-document-finding', path, params: { finding: code, at } });
  }
  const name = derivedPolicyName(document);
  const presence = registry.policy(name);
  return { logicalId, name, document, deed: presence === 'present' ? 'reuse' : 'create', presence };
}
