/**
 * Provisioning templates out of AWS's words.
 * @module
 */
import type {
  DescribeProvisioningTemplateResponse,
  ProvisioningTemplateSummary as RawSummary,
  ProvisioningTemplateVersionSummary as RawVersion,
} from '@aws-sdk/client-iot';
import { required } from '@/lib/aws/required';
import type {
  ProvisioningTemplateDetail,
  ProvisioningTemplateSummary,
  ProvisioningTemplateVersion,
} from '@/lib/registry/provisioning-template';

export function toTemplateSummary(raw: RawSummary): ProvisioningTemplateSummary {
  return {
    name: required(raw.templateName, 'templateName'),
    arn: required(raw.templateArn, 'templateArn'),
    // API Reference: the type of a template that was made without one.
    type: raw.type ?? 'FLEET_PROVISIONING',
    isEnabled: raw.enabled ?? false,
    description: raw.description ?? '',
    createdAt: raw.creationDate,
    lastModifiedAt: raw.lastModifiedDate,
  };
}

export function toTemplateDetail(raw: DescribeProvisioningTemplateResponse): ProvisioningTemplateDetail {
  return {
    ...toTemplateSummary(raw),
    defaultVersionId: required(raw.defaultVersionId, 'defaultVersionId'),
    templateBody: raw.templateBody ?? '',
    roleArn: raw.provisioningRoleArn ?? '',
  };
}

export function toTemplateVersion(raw: RawVersion): ProvisioningTemplateVersion {
  return {
    versionId: required(raw.versionId, 'versionId'),
    isDefault: raw.isDefaultVersion ?? false,
    createdAt: raw.creationDate,
  };
}
