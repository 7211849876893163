/**
 * A template, a certificate and a registry, evaluated to the plan that JITP would carry out, or to its failure.
 * AWS IoT Developer Guide, "Just-in-time provisioning" and "Provisioning templates".
 * @module
 */
import { type CertificateFacts, parameterSource, SERIAL_NUMBER_PARAMETER } from './certificate-parameters';
import { evaluateResources, resolveResources } from './evaluate-resources';
import type { Evaluation } from './plan';
import { type EvaluationNotes, provisioningFailure } from './provisioning-failure';
import { parameterValue, usesIn } from './references';
import type { RegistryFacts } from './registry-facts';
import { memberPath, type Template } from './template';
import { checkTemplate } from './template-check';

export type EvaluationInput = { template: Template; certificate: CertificateFacts; registry: RegistryFacts };

/**
 * Evaluates a template for one certificate.
 *
 * Pure and total: the same facts give the same plan, and every failure is in the answer.
 */
export function evaluate({ template, certificate, registry }: EvaluationInput): Evaluation {
  const { refusals, findings } = checkTemplate(template);
  const notes: EvaluationNotes = { failures: [...refusals], findings: [...findings] };
  const lookUp = (name: string) => parameterValue(template, certificate, name)?.value;
  const resources = resolveResources(template, lookUp, notes);
  checkDeclared(template, certificate, notes);
  return evaluateResources(resources, { certificateId: certificate.certificateId, registry }, notes);
}

/** The names a dry run has to look up in the registry before {@link evaluate} can be certain. */
export function namesToLookUp(
  template: Template,
  certificate: CertificateFacts,
): Record<'things' | 'policies' | 'thingTypes' | 'thingGroups' | 'billingGroups', string[]> {
  const names = {
    things: new Set<string>(),
    policies: new Set<string>(),
    thingTypes: new Set<string>(),
    thingGroups: new Set<string>(),
    billingGroups: new Set<string>(),
  };
  const note = (set: Set<string>) => (name: string) => {
    set.add(name);
    return 'unknown' as const;
  };
  const registry: RegistryFacts = {
    thing: (name) => ({ kind: note(names.things)(name) }),
    policy: note(names.policies),
    thingType: note(names.thingTypes),
    thingGroup: note(names.thingGroups),
    billingGroup: note(names.billingGroups),
  };
  evaluate({ template, certificate, registry });
  return {
    things: [...names.things],
    policies: [...names.policies],
    thingTypes: [...names.thingTypes],
    thingGroups: [...names.thingGroups],
    billingGroups: [...names.billingGroups],
  };
}

function checkDeclared(template: Template, certificate: CertificateFacts, notes: EvaluationNotes): void {
  const used = new Set(usesIn(template).references.map(({ name }) => name));
  for (const { name } of template.parameters) {
    const path = memberPath('$.Parameters', name);
    const value = parameterValue(template, certificate, name);
    if (value?.isDefault) {
      notes.findings.push({ code: 'default-used', path, params: { name, value: value.value } });
    }
    if (value === undefined && !used.has(name) && parameterSource(name) !== undefined) {
      // Guide: provisioning fails when the certificate lacks a property listed in Parameters. Never measured.
      notes.failures.push(
        provisioningFailure({
          code: 'declared-parameter-absent',
          message: `Invalid registration template. Cannot resolve reference value: {Ref=${name}}`,
          authority: 'documented',
          path,
          params: { name },
        }),
      );
    }
    if (name === SERIAL_NUMBER_PARAMETER && certificate.subject.serialNumber) {
      notes.findings.push({
        code: 'serial-number-ambiguous',
        path,
        params: { certificate: certificate.serialNumberDecimal, subject: certificate.subject.serialNumber },
      });
    }
  }
}
