/**
 * "View as CLI": for each change that the console makes, the AWS CLI command that makes the same.
 * AWS CLI Command Reference, `aws iot` and `aws iam`.
 * @module
 */
import { assertNever } from '@/lib/result';
import { type AwsCommand, type CliTarget, printAwsCommand } from './aws-command';
import type { CaStatus, RegistrationConfig } from './certificate-authority';
import type { SettableStatus } from './device-certificate';

/** A change to AWS. PEM and JSON stand for themselves in calls, and for a file of that name in commands. */
export type AwsChange =
  | {
      kind: 'register-ca-certificate';
      caCertificateFile: string;
      /** Undefined: SNI_ONLY. */
      verificationCertificateFile: string | undefined;
      setAsActive: boolean;
      autoRegistration: boolean;
      registrationConfig: ConfigArgument | undefined;
    }
  | {
      kind: 'update-ca-certificate';
      caId: string;
      status?: CaStatus | undefined;
      autoRegistration?: boolean | undefined;
      registrationConfig?: ConfigArgument | 'remove' | undefined;
    }
  | { kind: 'delete-ca-certificate'; caId: string }
  | { kind: 'update-certificate'; certificateId: string; status: SettableStatus }
  | { kind: 'delete-certificate'; certificateId: string }
  | { kind: 'attach-policy' | 'detach-policy'; policyName: string; targetArn: string }
  | { kind: 'attach-thing-principal' | 'detach-thing-principal'; thingName: string; principalArn: string }
  | { kind: 'register-certificate'; certificateFile: string; caCertificateFile: string; status: CaStatus }
  | { kind: 'register-certificate-without-ca'; certificateFile: string; status: CaStatus }
  | {
      kind: 'create-thing';
      thingName: string;
      typeName: string | undefined;
      attributes: Readonly<Record<string, string>>;
    }
  | { kind: 'add-thing-to-thing-group'; thingName: string; groupName: string }
  | { kind: 'delete-thing'; thingName: string }
  | { kind: 'create-policy'; policyName: string; document: string }
  | { kind: 'create-policy-version'; policyName: string; document: string; setAsDefault: boolean }
  | { kind: 'delete-policy'; policyName: string }
  | { kind: 'delete-policy-version' | 'set-default-policy-version'; policyName: string; versionId: string }
  | {
      kind: 'create-provisioning-template';
      templateName: string;
      description: string;
      templateBody: string;
      roleArn: string;
      isEnabled: boolean;
    }
  | {
      kind: 'create-provisioning-template-version';
      templateName: string;
      templateBody: string;
      isDefault: boolean;
    }
  | {
      kind: 'update-provisioning-template';
      templateName: string;
      defaultVersionId?: number | undefined;
      isEnabled?: boolean | undefined;
    }
  | { kind: 'delete-provisioning-template-version'; templateName: string; versionId: number }
  | { kind: 'delete-provisioning-template'; templateName: string }
  | { kind: 'create-role'; roleName: string; description: string; trustPolicy: string }
  | { kind: 'attach-role-policy'; roleName: string; policyArn: string }
  | { kind: 'create-thing-type' | 'create-thing-group' | 'create-billing-group'; name: string }
  | { kind: 'get-registration-code' };

/** A registration config in full, or the file that holds it as AWS takes it (`templateBody`, `roleArn`). */
export type ConfigArgument = RegistrationConfig | { kind: 'file'; file: string };

/** The command that does what `change` does, as text for a POSIX shell. */
export const cliFor = (change: AwsChange, target: CliTarget): string =>
  printAwsCommand(toCommand(change), target);

function toCommand(change: AwsChange): AwsCommand {
  const iot = (...options: AwsCommand['options']): AwsCommand => ({
    service: 'iot',
    operation: change.kind,
    options,
  });
  const iam = (...options: AwsCommand['options']): AwsCommand => ({
    service: 'iam',
    operation: change.kind,
    options,
  });

  switch (change.kind) {
    case 'register-ca-certificate':
      return iot(
        ['ca-certificate', `file://${change.caCertificateFile}`],
        // The CLI's own name for `verificationCertificate`.
        [
          'verification-cert',
          change.verificationCertificateFile && `file://${change.verificationCertificateFile}`,
        ],
        ['certificate-mode', change.verificationCertificateFile === undefined ? 'SNI_ONLY' : undefined],
        ['set-as-active', change.setAsActive || undefined],
        ['allow-auto-registration', change.autoRegistration || undefined],
        ['registration-config', change.registrationConfig && configArgument(change.registrationConfig)],
      );
    case 'update-ca-certificate':
      return iot(
        ['certificate-id', change.caId],
        ['new-status', change.status],
        ['new-auto-registration-status', autoRegistrationStatus(change.autoRegistration)],
        ...configOptions(change.registrationConfig),
      );
    case 'delete-ca-certificate':
      return iot(['certificate-id', change.caId]);
    case 'update-certificate':
      return iot(['certificate-id', change.certificateId], ['new-status', change.status]);
    case 'delete-certificate':
      return iot(['certificate-id', change.certificateId]);
    case 'attach-policy':
    case 'detach-policy':
      return iot(['policy-name', change.policyName], ['target', change.targetArn]);
    case 'attach-thing-principal':
    case 'detach-thing-principal':
      return iot(['thing-name', change.thingName], ['principal', change.principalArn]);
    case 'register-certificate':
      return iot(
        ['certificate-pem', `file://${change.certificateFile}`],
        ['ca-certificate-pem', `file://${change.caCertificateFile}`],
        ['status', change.status],
      );
    case 'register-certificate-without-ca':
      return iot(['certificate-pem', `file://${change.certificateFile}`], ['status', change.status]);
    case 'create-thing':
      return iot(
        ['thing-name', change.thingName],
        ['thing-type-name', change.typeName],
        ['attribute-payload', attributePayload(change.attributes)],
      );
    case 'add-thing-to-thing-group':
      return iot(['thing-group-name', change.groupName], ['thing-name', change.thingName]);
    case 'delete-thing':
      return iot(['thing-name', change.thingName]);
    case 'create-policy':
      return iot(['policy-name', change.policyName], ['policy-document', change.document]);
    case 'create-policy-version':
      return iot(
        ['policy-name', change.policyName],
        ['policy-document', change.document],
        ['set-as-default', change.setAsDefault || undefined],
      );
    case 'delete-policy':
      return iot(['policy-name', change.policyName]);
    case 'delete-policy-version':
    case 'set-default-policy-version':
      return iot(['policy-name', change.policyName], ['policy-version-id', change.versionId]);
    case 'create-provisioning-template':
      return iot(
        ['template-name', change.templateName],
        ['type', 'JITP'],
        ['enabled', change.isEnabled || undefined],
        ['description', change.description || undefined],
        ['provisioning-role-arn', change.roleArn],
        ['template-body', change.templateBody],
      );
    case 'create-provisioning-template-version':
      return iot(
        ['template-name', change.templateName],
        ['set-as-default', change.isDefault || undefined],
        ['template-body', change.templateBody],
      );
    case 'update-provisioning-template':
      return iot(
        ['template-name', change.templateName],
        ['default-version-id', change.defaultVersionId?.toString()],
        ...enablingOption(change.isEnabled),
      );
    case 'delete-provisioning-template-version':
      return iot(['template-name', change.templateName], ['version-id', String(change.versionId)]);
    case 'delete-provisioning-template':
      return iot(['template-name', change.templateName]);
    case 'create-role':
      return iam(
        ['role-name', change.roleName],
        ['description', change.description],
        ['assume-role-policy-document', change.trustPolicy],
      );
    case 'attach-role-policy':
      return iam(['role-name', change.roleName], ['policy-arn', change.policyArn]);
    case 'create-thing-type':
      return iot(['thing-type-name', change.name]);
    case 'create-thing-group':
      return iot(['thing-group-name', change.name]);
    case 'create-billing-group':
      return iot(['billing-group-name', change.name]);
    case 'get-registration-code':
      return iot();
    default:
      return assertNever(change);
  }
}

function configOptions(config: ConfigArgument | 'remove' | undefined): AwsCommand['options'] {
  if (config === 'remove') return [['remove-auto-registration', true]];
  return [['registration-config', config && configArgument(config)]];
}

/** The CLI takes the structure as JSON, which leaves no character of a template open to its shorthand syntax. */
function configArgument(config: ConfigArgument): string {
  switch (config.kind) {
    case 'file':
      return `file://${config.file}`;
    case 'inline':
      return JSON.stringify({ templateBody: config.templateBody, roleArn: config.roleArn });
    case 'named':
      return JSON.stringify({ templateName: config.templateName });
    default:
      return assertNever(config);
  }
}

const attributePayload = (attributes: Readonly<Record<string, string>>): string | undefined =>
  Object.keys(attributes).length === 0 ? undefined : JSON.stringify({ attributes });

/** The CLI knows a boolean as a pair of switches. */
function enablingOption(isEnabled: boolean | undefined): AwsCommand['options'] {
  return isEnabled === undefined ? [] : [[isEnabled ? 'enabled' : 'no-enabled', true]];
}

function autoRegistrationStatus(autoRegistration: boolean | undefined): string | undefined {
  if (autoRegistration === undefined) return undefined;
  return autoRegistration ? 'ENABLE' : 'DISABLE';
}
