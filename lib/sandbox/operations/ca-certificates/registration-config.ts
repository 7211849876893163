import type { RegistrationConfig as RegistrationConfigInput } from '@aws-sdk/client-iot';
import { checkOnAttach } from '@/lib/provisioning/check-on-attach';
import { ApiError, invalidRequest } from '@/lib/sandbox/api-error';
import { requireTemplate } from '@/lib/sandbox/operations/provisioning-templates/provisioning-template-tables';
import type { Scope } from '@/lib/sandbox/scope';
import type { RegistrationConfig } from '@/lib/sandbox/state/records';

/**
 * What AWS checks when a template is attached to a CA. Whether the role exists, and whether a named template is enabled, is
 * looked at when a device connects.
 *
 * @throws ApiError InvalidRequestException, ResourceNotFoundException
 */
export function checkRegistrationConfig(scope: Scope, input: RegistrationConfigInput): RegistrationConfig {
  const { templateBody, roleArn, templateName } = input;
  if (templateName !== undefined) {
    if (templateBody !== undefined || roleArn !== undefined) {
      throw invalidRequest('templateName cannot be given together with templateBody or roleArn');
    }
    if (requireTemplate(scope, templateName).type !== 'JITP') {
      throw invalidRequest(`The provisioning template ${templateName} is not of type JITP`);
    }
    return { templateName };
  }
  if (templateBody === undefined || templateBody === '') {
    throw invalidRequest('A registration config needs a templateBody and a roleArn, or a templateName');
  }
  if (roleArn === undefined)
    throw invalidRequest('A registration config with a templateBody needs a roleArn');
  const { refusal } = checkOnAttach(templateBody, roleArn);
  if (refusal) throw new ApiError(refusal.awsName, refusal.message);
  return { templateBody, roleArn };
}
