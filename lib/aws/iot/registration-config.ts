/**
 * A CA's registration config between AWS's words and ours. AWS IoT API Reference: RegistrationConfig.
 * @module
 */
import type { RegistrationConfig as AwsRegistrationConfig } from '@aws-sdk/client-iot';
import { required } from '@/lib/aws/required';
import type { RegistrationConfig } from '@/lib/registry/certificate-authority';
import { assertNever } from '@/lib/result';

/** AWS sends an empty object where nothing is attached. */
export function toRegistrationConfig(raw: AwsRegistrationConfig | undefined): RegistrationConfig | undefined {
  if (raw?.templateName) return { kind: 'named', templateName: raw.templateName };
  if (!raw?.templateBody) return undefined;
  return { kind: 'inline', templateBody: raw.templateBody, roleArn: required(raw.roleArn, 'roleArn') };
}

export function fromRegistrationConfig(config: RegistrationConfig): AwsRegistrationConfig {
  switch (config.kind) {
    case 'inline':
      return { templateBody: config.templateBody, roleArn: config.roleArn };
    case 'named':
      return { templateName: config.templateName };
    default:
      return assertNever(config);
  }
}
