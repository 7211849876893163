/**
 * Provisioning one thing with a template that comes with the call.
 * AWS IoT Core Developer Guide, "Single thing provisioning"; AWS IoT API Reference, RegisterThing.
 * @module
 */
import type { RegisterThingRequest, RegisterThingResponse } from '@aws-sdk/client-iot';
import { member } from '@/lib/policy/json-text';
import { templateRefusal } from '@/lib/provisioning/check-on-attach';
import { certificateSource, evaluateRegistration } from '@/lib/provisioning/evaluate-registration';
import type { PlanStep, ProvisioningPlan } from '@/lib/provisioning/plan';
import type { ProvisioningFailure } from '@/lib/provisioning/provisioning-failure';
import { parseTemplate, type Template } from '@/lib/provisioning/template';
import { ApiError, required } from '@/lib/sandbox/api-error';
import { carryOut } from '@/lib/sandbox/jitp/plan-step';
import { registryOfRegion } from '@/lib/sandbox/jitp/registry-of-region';
import type { Operations } from '@/lib/sandbox/operations/operation';
import type { Scope } from '@/lib/sandbox/scope';
import { type TemplateCertificate, templateCertificate } from './template-certificate';

/** As the caller may do everything, so may the template. What was made before a failing step stays. */
async function registerThing(scope: Scope, input: RegisterThingRequest): Promise<RegisterThingResponse> {
  const template = readTemplate(required(input.templateBody, 'templateBody'));
  const parameters = input.parameters ?? {};
  const source = certificateSource(template, parameters);
  if (!source.ok) throw refusalOf(source.failure);
  const certificate = await asRegistrationFailure(() => templateCertificate(scope, source.value));
  const { certificateId } = certificate;
  const registry = registryOfRegion(scope.region);
  const evaluation = evaluateRegistration({ template, parameters, certificateId, registry });
  if (evaluation.kind === 'failure') throw refusalOf(evaluation.failures[0]);
  const steps = stepsFor(scope, template, { plan: evaluation.plan, certificate });
  await asRegistrationFailure(() => {
    certificate.save();
    for (const step of steps) carryOut(scope, step);
  });
  return {
    certificatePem: scope.region.certificates.get(certificateId)?.certificatePem,
    resourceArns: arnsOf(scope, template, evaluation.plan),
  };
}

export const registerThingOperations = { RegisterThing: registerThing } satisfies Operations;

function readTemplate(templateBody: string): Template {
  const parsed = parseTemplate(templateBody);
  if (parsed.ok) return parsed.value;
  const [fault] = parsed.failure;
  throw fault ? refusalOf(templateRefusal(fault)) : new TypeError('a template that is not read has a fault');
}

const refusalOf = ({ awsName, message }: ProvisioningFailure) => new ApiError(awsName, message);

/**
 * The plan's steps, less the change of status that the certificate's override settings keep from one that was there before.
 * A certificate that waits for its activation is activated whatever they say, as in the guide's example.
 */
function stepsFor(
  { region }: Scope,
  template: Template,
  { plan, certificate }: { plan: ProvisioningPlan; certificate: TemplateCertificate },
): readonly PlanStep[] {
  const resource = template.resources.find(({ kind }) => kind === 'certificate');
  const override = resource?.overrideSettings && member(resource.overrideSettings, 'Status');
  if (!certificate.exists || override === undefined || override === 'REPLACE') return plan.steps;
  if (override === 'FAIL') {
    throw new ApiError(
      'ResourceConflictsException',
      `Certificate ${certificate.certificateId} already exists and OverrideSettings.Status is FAIL`,
    );
  }
  const status = region.certificates.get(certificate.certificateId)?.status;
  if (status === 'PENDING_ACTIVATION') return plan.steps;
  return plan.steps.filter(({ action }) => action !== 'iot:UpdateCertificate');
}

/** By the template's own names of its resources. */
function arnsOf({ region }: Scope, template: Template, plan: ProvisioningPlan): Record<string, string> {
  const arns = new Map<string, string>();
  for (const { logicalId, kind } of template.resources) {
    if (kind === 'thing' && plan.thing) arns.set(logicalId, region.thingArn(plan.thing.name));
    if (kind === 'certificate') arns.set(logicalId, region.certificateArn(plan.certificate.certificateId));
  }
  for (const { logicalId, name } of plan.policies) arns.set(logicalId, region.policyArn(name));
  return Object.fromEntries(arns);
}

/** What a step is refused with is not among the errors of RegisterThing; the text tells. */
async function asRegistrationFailure<Value>(act: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code === 'InvalidRequestException') throw error;
    throw new ApiError('ResourceRegistrationFailureException', error.message);
  }
}
