import type { Operations } from '@/lib/sandbox/operations/operation';
import * as described from './describe-provisioning-templates';
import * as versions from './provisioning-template-versions';
import * as templates from './provisioning-templates';

export const provisioningTemplateOperations = {
  CreateProvisioningTemplate: templates.createProvisioningTemplate,
  DescribeProvisioningTemplate: described.describeProvisioningTemplate,
  ListProvisioningTemplates: described.listProvisioningTemplates,
  UpdateProvisioningTemplate: templates.updateProvisioningTemplate,
  DeleteProvisioningTemplate: templates.deleteProvisioningTemplate,
  CreateProvisioningTemplateVersion: versions.createProvisioningTemplateVersion,
  DescribeProvisioningTemplateVersion: versions.describeProvisioningTemplateVersion,
  ListProvisioningTemplateVersions: versions.listProvisioningTemplateVersions,
  DeleteProvisioningTemplateVersion: versions.deleteProvisioningTemplateVersion,
} satisfies Operations;
