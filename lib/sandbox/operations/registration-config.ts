import type { RegistrationConfig as RegistrationConfigInput } from '@aws-sdk/client-iot';
import { invalidRequest, notFound } from '@/lib/sandbox/api-error';
import type { RegistrationConfig } from '@/lib/sandbox/state/records';

const ROLE_ARN = /^arn:aws(?:-cn|-us-gov)?:iam::\d{12}:role\/[\w+=,.@/-]+$/;

/**
 * What AWS checks when a template is attached to a CA. Whether the role exists is looked at when a device connects.
 *
 * @throws ApiError InvalidRequestException, ResourceNotFoundException
 */
export function checkRegistrationConfig(input: RegistrationConfigInput): RegistrationConfig {
  const { templateBody, roleArn, templateName } = input;
  if (templateName !== undefined) {
    if (templateBody !== undefined || roleArn !== undefined) {
      throw invalidRequest('templateName cannot be given together with templateBody or roleArn');
    }
    throw notFound(`Provisioning template ${templateName} does not exist in your account`);
  }
  if (templateBody === undefined || templateBody === '') {
    throw invalidRequest('A registration config needs a templateBody and a roleArn, or a templateName');
  }
  if (roleArn === undefined)
    throw invalidRequest('A registration config with a templateBody needs a roleArn');
  if (!ROLE_ARN.test(roleArn)) throw invalidRequest(`Invalid role ARN: ${roleArn}`);
  checkTemplate(templateBody);
  return { templateBody, roleArn };
}

function checkTemplate(templateBody: string): void {
  try {
    JSON.parse(templateBody);
  } catch {
    throw invalidRequest('Invalid registration template. The template is not valid JSON.');
  }
}
