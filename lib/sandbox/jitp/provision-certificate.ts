/**
 * Just-in-time provisioning of one pending certificate: gather facts, evaluate the CA's template, carry the plan out.
 * AWS IoT Core Developer Guide, "Just-in-time provisioning".
 * @module
 */
import type { CertificateFacts } from '@/lib/provisioning/certificate-parameters';
import { evaluate } from '@/lib/provisioning/evaluate';
import type { PlanStep, ProvisioningPlan } from '@/lib/provisioning/plan';
import { ApiError } from '@/lib/sandbox/api-error';
import { countCall } from '@/lib/sandbox/call-admission/request-rates';
import { PROVISIONING_SESSION, recordProvisioning } from '@/lib/sandbox/cloudtrail/record-provisioning';
import { checkRole } from '@/lib/sandbox/iam/provisioning-role';
import type { Scope } from '@/lib/sandbox/scope';
import type { CertificateRecord } from '@/lib/sandbox/state/records';
import { provisioningFacts } from '@/lib/sandbox/tls/certificate-names';
import { parseX509 } from '@/lib/sandbox/x509/parsed-lately';
import { parsedTemplate } from './parsed-template';
import { carryOut, resourcesOf } from './plan-step';
import type { ProvisioningOutcome } from './provisioning-outcome';
import { registryOfRegion } from './registry-of-region';
import { type TemplateInForce, templateInForce } from './template-in-force';

/**
 * Provisions a certificate that waits in PENDING_ACTIVATION. A failure leaves it so, and leaves what was made before the
 * failing step: AWS rolls nothing back. Doing it again after a success or a failure does no harm.
 */
export function provisionCertificate(scope: Scope, certificate: CertificateRecord): ProvisioningOutcome {
  const ca = scope.region.caCertificates.get(certificate.caCertificateId ?? '');
  if (ca === undefined) return { kind: 'ca-missing' };
  if (ca.status !== 'ACTIVE' || ca.autoRegistrationStatus !== 'ENABLE') return { kind: 'ca-closed' };
  const found = templateInForce(scope.region, ca);
  if (found.kind !== 'found') return found;

  const { templateBody, roleArn } = found;
  const facts = provisioningFacts(parseX509(certificate.certificatePem));
  const outcome = provisionBy(scope, found, facts);
  recordProvisioning(scope, { templateBody, roleArn, certificate: facts, outcome });
  return outcome;
}

function provisionBy(
  scope: Scope,
  { templateBody, roleArn }: TemplateInForce,
  certificate: CertificateFacts,
): ProvisioningOutcome {
  // Guide: provisioning calls the control plane's operations and is held to the account's rates for them.
  const throttled = attempt('iot:RegisterThing', () => countCall(scope, 'RegisterThing'));
  if (throttled) return throttled;
  const role = checkRole(scope.sandbox, roleArn);
  if (role.kind !== 'ok') return roleRefusal(role.kind, roleArn);
  const template = parsedTemplate(templateBody);
  if (!template.ok) return { kind: 'template-unreadable', faults: template.failure };
  const registry = registryOfRegion(scope.region);
  const evaluation = evaluate({ template: template.value, certificate, registry });
  if (evaluation.kind === 'failure') return { kind: 'template-refused', failure: evaluation.failures[0] };
  return carryOutPlan(scope, evaluation.plan, { roleArn, allows: role.allows });
}

type AssumedRole = { roleArn: string; allows(action: string, resource: string): boolean };

function carryOutPlan(scope: Scope, plan: ProvisioningPlan, role: AssumedRole): ProvisioningOutcome {
  for (const step of plan.steps) {
    const denied = resourcesOf(scope.region, step).find(
      (resource) => !isAllowed(step.action, resource, role),
    );
    if (denied !== undefined) {
      const awsMessage = accessDeniedText(scope, { action: step.action, resource: denied }, role.roleArn);
      return { kind: 'access-denied', roleArn: role.roleArn, action: step.action, awsMessage };
    }
    const failure = attempt(step.action, () => {
      countCall(scope, step.action.replace('iot:', ''));
      carryOut(scope, step);
    });
    if (failure) return failure;
  }
  return {
    kind: 'provisioned',
    thingName: plan.thing?.name,
    policyNames: plan.policies.map(({ name }) => name),
    status: plan.certificate.status,
  };
}

function attempt(action: string, act: () => void): ProvisioningOutcome | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { kind: 'step-failed', action, awsName: error.code, awsMessage: error.message };
  }
}

/** A role of AWS's own samples knows AttachPrincipalPolicy only, the older name of the same deed. */
function isAllowed(action: PlanStep['action'], resource: string, { allows }: AssumedRole): boolean {
  if (allows(action, resource)) return true;
  return action === 'iot:AttachPolicy' && allows('iot:AttachPrincipalPolicy', resource);
}

/** IAM User Guide, "Troubleshoot access denied error messages": the wording for a missing identity-based permission. */
function accessDeniedText(
  scope: Scope,
  { action, resource }: { action: string; resource: string },
  roleArn: string,
): string {
  const session = `arn:aws:sts::${scope.accountId}:assumed-role/${roleArn.slice(roleArn.lastIndexOf('/') + 1)}/${PROVISIONING_SESSION}`;
  return `User: ${session} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
}

/** STS does not tell a caller whether the role is missing or does not trust it; the kind does. */
function roleRefusal(kind: 'missing' | 'not-trusting', roleArn: string): ProvisioningOutcome {
  const awsMessage = `User: iot.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
  return { kind: kind === 'missing' ? 'role-missing' : 'role-not-trusting', roleArn, awsMessage };
}
