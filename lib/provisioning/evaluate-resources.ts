/**
 * A template's resources with their values filled in, judged against a registry, as the steps that make them so.
 * AWS IoT Developer Guide, "Provisioning templates".
 * @module
 */
import { type JsonObject, member } from '@/lib/policy/json-text';
import { evaluatePolicy } from './evaluate-policy';
import { evaluateThing, thingSteps } from './evaluate-thing';
import type { Evaluation, PlannedCertificate, PlannedPolicy, PlannedThing, PlanStep } from './plan';
import { type EvaluationNotes, provisioningFailure } from './provisioning-failure';
import { propertiesPath, resolveProperties } from './references';
import type { RegistryFacts } from './registry-facts';
import type { Template, TemplateResource } from './template';

/** The value of a parameter by its name, its Default included. */
export type ParameterLookup = (name: string) => string | undefined;

export type ResolvedResource = {
  resource: TemplateResource;
  properties: JsonObject;
  /** Whether every Ref in it has a value. */
  isWhole: boolean;
};

export type ResourceFacts = {
  /** The certificate that the template's certificate resource stands for. */
  certificateId: string;
  registry: RegistryFacts;
};

/** What the resources of a template that passed its check come to; `notes` holds what was noted before. */
export function evaluateResources(
  resources: readonly ResolvedResource[],
  { certificateId, registry }: ResourceFacts,
  notes: EvaluationNotes,
): Evaluation {
  let thing: PlannedThing | undefined;
  let planned: PlannedCertificate | undefined;
  const policies: PlannedPolicy[] = [];
  for (const { resource, properties, isWhole } of resources) {
    // A resource with an unresolved Ref has been reported; judging the rest of it would only repeat that.
    if (!isWhole) continue;
    if (resource.kind === 'thing') thing ??= evaluateThing(resource, properties, registry, notes);
    if (resource.kind === 'certificate')
      planned ??= evaluateCertificate(resource, properties, certificateId, notes);
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

/** Fills the parameters in; what has no value is noted as a failure. */
export function resolveResources(
  template: Template,
  lookUp: ParameterLookup,
  notes: EvaluationNotes,
): ResolvedResource[] {
  return template.resources.map((resource) => {
    const { resolved, failures } = resolveProperties(
      resource.properties ?? {},
      propertiesPath(resource.logicalId),
      lookUp,
    );
    notes.failures.push(...failures);
    return { resource, properties: resolved, isWhole: failures.length === 0 };
  });
}

function evaluateCertificate(
  resource: TemplateResource,
  properties: JsonObject,
  certificateId: string,
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
