import { isJsonObject, type JsonValue, member, readJson } from '@/lib/policy/json-text';
import { checkOnAttach, templateRefusal } from '@/lib/provisioning/check-on-attach';
import type { ProvisioningFailure } from '@/lib/provisioning/provisioning-failure';
import { parseTemplate } from '@/lib/provisioning/template';
import { checkTemplate } from '@/lib/provisioning/template-check';
import { ApiError, invalidRequest } from '@/lib/sandbox/api-error';
import { checkRole } from '@/lib/sandbox/iam/provisioning-role';
import type { Scope } from '@/lib/sandbox/scope';
import type { TemplateType } from './provisioning-template-tables';

/**
 * Refuses a template that could provision nothing. Values are looked at per device.
 *
 * @throws ApiError InvalidRequestException
 */
export function checkTemplateBody(templateBody: string, type: TemplateType): void {
  if (lacksCertificate(templateBody)) {
    // AWS's words here; attached to a CA, a template is refused in others (ministackorg/ministack pull request 1532).
    throw invalidRequest('The template body is invalid: Template must have certificate resource.');
  }
  const refusal =
    type === 'JITP' ? checkOnAttach(templateBody, undefined).refusal : fleetRefusal(templateBody);
  if (refusal) throw new ApiError(refusal.awsName, refusal.message);
}

/** Whether there are resources, and none of them is a certificate; AWS finds that before it misses a section. */
function lacksCertificate(templateBody: string): boolean {
  const read = readJson(templateBody);
  const resources = read.ok && isJsonObject(read.value) ? member(read.value, 'Resources') : undefined;
  if (!isJsonObject(resources)) return false;
  const isCertificate = (resource: JsonValue) =>
    isJsonObject(resource) && member(resource, 'Type') === 'AWS::IoT::Certificate';
  return !Object.values(resources).some(isCertificate);
}

function fleetRefusal(templateBody: string): ProvisioningFailure | undefined {
  const parsed = parseTemplate(templateBody);
  if (parsed.ok) return checkTemplate(parsed.value, 'fleet').refusals[0];
  const [fault] = parsed.failure;
  return fault && templateRefusal(fault);
}

/**
 * AWS assumes the role at once: Terraform's AWS provider waits for this text while a new role spreads.
 *
 * @throws ApiError InvalidRequestException
 */
export function checkProvisioningRole(scope: Scope, roleArn: string): void {
  if (checkRole(scope.sandbox, roleArn).kind === 'ok') return;
  throw invalidRequest('The provisioning role cannot be assumed by AWS IoT.');
}
