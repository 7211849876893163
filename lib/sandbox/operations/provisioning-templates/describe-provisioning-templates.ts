import type {
  DescribeProvisioningTemplateRequest,
  DescribeProvisioningTemplateResponse,
  ListProvisioningTemplatesRequest,
  ListProvisioningTemplatesResponse,
} from '@aws-sdk/client-iot';
import { required } from '@/lib/sandbox/api-error';
import { pageOf } from '@/lib/sandbox/operations/page';
import type { Scope } from '@/lib/sandbox/scope';
import {
  defaultBody,
  type ProvisioningTemplateRecord,
  ProvisioningTemplateTables,
  requireTemplate,
  templateArn,
} from './provisioning-template-tables';

export function describeProvisioningTemplate(
  scope: Scope,
  input: DescribeProvisioningTemplateRequest,
): DescribeProvisioningTemplateResponse {
  const template = requireTemplate(scope, required(input.templateName, 'templateName'));
  return {
    ...summaryOf(scope, template),
    defaultVersionId: template.defaultVersionId,
    templateBody: defaultBody(template),
    provisioningRoleArn: template.provisioningRoleArn,
    preProvisioningHook: template.preProvisioningHook,
  };
}

export function listProvisioningTemplates(
  scope: Scope,
  input: ListProvisioningTemplatesRequest,
): ListProvisioningTemplatesResponse {
  const { items, next } = pageOf(
    scope,
    { of: ['ListProvisioningTemplates'], token: input.nextToken, size: input.maxResults },
    {
      items: scope.region.family(ProvisioningTemplateTables).templates.values(),
      keyOf: (template) => template.sequence,
    },
  );
  return { templates: items.map((template) => summaryOf(scope, template)), nextToken: next };
}

const summaryOf = (scope: Scope, template: ProvisioningTemplateRecord) => ({
  templateArn: templateArn(scope.region, template.templateName),
  templateName: template.templateName,
  description: template.description,
  creationDate: new Date(template.createdAt),
  lastModifiedDate: new Date(template.modifiedAt),
  enabled: template.enabled,
  type: template.type,
});
