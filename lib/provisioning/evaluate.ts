/**
 * A template, a certificate and a registry, evaluated to the plan that JITP would carry out, or to its failure.
 * AWS IoT Developer Guide, "Just-in-time provisioning" and "Provisioning templates".
 * @module
 */
import { type JsonObject, member } from '@/lib/policy/json-text';
import { type CertificateFacts, parameterSource, SERIAL_NUMBER_PARAMETER } from './certificate-parameters';
import { evaluatePolicy } from './evaluate-policy';
import { evaluateThing, thingSteps } from './evaluate-thing';
import type { Evaluation, PlannedCertificate, PlannedPolicy, PlannedThing, PlanStep } from './plan';
import { type EvaluationNotes, provisioningFailure } from './provisioning-failure';
import { parameterValue, propertiesPath, resolveProperties, usesIn } from './references';
import type { RegistryFacts } from './registry-facts';
import { memberPath, type Template, type TemplateResource } from './template';
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
  const resolved = resolveResources(template, certificate, notes);
  checkDeclared(template, certificate, notes);

  let thing: PlannedThing | undefined;
  let planned: PlannedCertificate | undefined;
  const policies: PlannedPolicy[] = [];
  for (const { resource, properties, isWhole } of resolved) {
    // A resource with an unresolved Ref has been reported; judging the rest of it would only repeat that.
    if (!isWhole) continue;
    if (resource.kind === 'thing') thing ??= evaluateThing(resource, properties, registry, notes);
    if (resource.kind === 'certificate')
      planned ??= evaluateCertificate(resource, properties, certificate, notes);
    if (resource.kind === 'policy') {
      const policy = evaluatePolicy(resource, properties, registry, notes);
      if (policy !== undefined) policies.push(policy);
    }
  }
  const [first, ...others] = notes.failures;
  if (first !== undefined) return { kind: 'failure', failures: [first, ...others], findings: notes.findings };
  if (planned === undefined) throw new TypeError('a template without certificate resource passed its check');
  const steps = planSteps(thing, planned, policies, registry);
  return { kind: 'plan', plan: { thing, certificate: planned, policies, steps }, findings: notes.findings };
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

type ResolvedResource = { resource: TemplateResource; properties: JsonObject; isWhole: boolean };

function resolveResources(
  template: Template,
  certificate: CertificateFacts,
  notes: EvaluationNotes,
): ResolvedResource[] {
  return template.resources.map((resource) => {
    const { resolved, failures } = resolveProperties(
      resource.properties ?? {},
      propertiesPath(resource.logicalId),
      (name) => parameterValue(template, certificate, name)?.value,
    );
    notes.failures.push(...failures);
    return { resource, properties: resolved, isWhole: failures.length === 0 };
  });
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

function evaluateCertificate(
  resource: TemplateResource,
  properties: JsonObject,
  { certificateId }: CertificateFacts,
  notes: EvaluationNotes,
): PlannedCertificate {
  const path = `${propertiesPath(resource.logicalId)}.Status`;
  const written = member(properties, 'Status');
  // AWS's own examples write both ACTIVE and Active.
  const status = typeof written === 'string' ? written.toUpperCase() : written;
  if (status === undefined || status === 'ACTIVE') return { certificateId, status: 'ACTIVE' };
  if (status === 'INACTIVE') {
    notes.findings.push({ code: 'certificate-stays-inactive', path, params: {} });
    return { certificateId, status: 'INACTIVE' };
  }
  notes.failures.push(
    provisioningFailure({
      code: 'certificate-status-unknown',
      message: `Invalid registration template. Invalid certificate status: ${JSON.stringify(written)}`,
      authority: 'inferred',
      path,
      params: { status: JSON.stringify(written) },
    }),
  );
  return { certificateId, status: 'ACTIVE' };
}

/** Guide's order: thing, policy, policy to certificate, certificate to thing, activation. */
function planSteps(
  thing: PlannedThing | undefined,
  { certificateId, status }: PlannedCertificate,
  policies: readonly PlannedPolicy[],
  registry: RegistryFacts,
): PlanStep[] {
  const steps: PlanStep[] = thing === undefined ? [] : thingSteps(thing, registry);
  const created = new Set<string>();
  for (const { name, document, deed } of policies) {
    if (deed === 'create' && document !== undefined && !created.has(name)) {
      created.add(name);
      steps.push({ action: 'iot:CreatePolicy', policyName: name, policyDocument: document });
    }
  }
  for (const policyName of new Set(policies.map(({ name }) => name))) {
    steps.push({ action: 'iot:AttachPolicy', policyName, certificateId });
  }
  if (thing !== undefined) {
    steps.push({ action: 'iot:AttachThingPrincipal', thingName: thing.name, certificateId });
  }
  steps.push({ action: 'iot:UpdateCertificate', certificateId, newStatus: status });
  return steps;
}
