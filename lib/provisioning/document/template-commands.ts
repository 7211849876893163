/**
 * The AWS CLI commands that bring a template to AWS.
 * AWS CLI Command Reference: update-ca-certificate, create-provisioning-template, create-provisioning-template-version.
 * @module
 */
import type { AwsCommand } from '@/lib/registry/aws-command';
import type { NamedTemplateText } from './cloudformation';

/** Attaches the template to a CA that is registered. */
export function attachCommand(caId: string, templateBody: string, roleArn: string): AwsCommand {
  return {
    service: 'iot',
    operation: 'update-ca-certificate',
    options: [
      ['certificate-id', caId],
      ['new-auto-registration-status', 'ENABLE'],
      ['registration-config', JSON.stringify({ templateBody, roleArn })],
    ],
  };
}

/** Makes a named template of it. */
export function createTemplateCommand(template: NamedTemplateText): AwsCommand {
  const { templateName, description, templateBody, roleArn } = template;
  return {
    service: 'iot',
    operation: 'create-provisioning-template',
    options: [
      ['template-name', templateName],
      ['type', 'JITP'],
      ['enabled', true],
      ['description', description],
      ['provisioning-role-arn', roleArn],
      ['template-body', templateBody],
    ],
  };
}

/** Makes a new version of a named template, and the one in force where asked. */
export function createVersionCommand(
  templateName: string,
  templateBody: string,
  { isDefault }: { isDefault: boolean },
): AwsCommand {
  return {
    service: 'iot',
    operation: 'create-provisioning-template-version',
    options: [
      ['template-name', templateName],
      ['template-body', templateBody],
      ['set-as-default', isDefault ? true : undefined],
    ],
  };
}
