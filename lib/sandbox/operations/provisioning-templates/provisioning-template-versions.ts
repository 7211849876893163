import type {
  CreateProvisioningTemplateVersionRequest,
  CreateProvisioningTemplateVersionResponse,
  DeleteProvisioningTemplateVersionRequest,
  DescribeProvisioningTemplateVersionRequest,
  DescribeProvisioningTemplateVersionResponse,
  ListProvisioningTemplateVersionsRequest,
  ListProvisioningTemplateVersionsResponse,
} from '@aws-sdk/client-iot';
import { ApiError, notFound, required } from '@/lib/sandbox/api-error';
import { pageOf } from '@/lib/sandbox/operations/page';
import type { Scope } from '@/lib/sandbox/scope';
import { checkTemplateBody } from './check-provisioning-template';
import { requireTemplate, saveTemplate, templateArn } from './provisioning-template-tables';

/** AWS IoT Core quotas, "fleet provisioning": versions per template. */
const VERSIONS_MAX = 5;

export function createProvisioningTemplateVersion(
  scope: Scope,
  input: CreateProvisioningTemplateVersionRequest,
): CreateProvisioningTemplateVersionResponse {
  const template = requireTemplate(scope, required(input.templateName, 'templateName'));
  const { templateName } = template;
  const templateBody = required(input.templateBody, 'templateBody');
  checkTemplateBody(templateBody, template.type);
  if (Object.keys(template.versions).length >= VERSIONS_MAX) {
    throw new ApiError(
      'VersionsLimitExceededException',
      `The provisioning template ${templateName} already has the maximum number of versions (${VERSIONS_MAX})`,
    );
  }
  const versionId = template.lastVersionId + 1;
  const isDefaultVersion = input.setAsDefault === true;
  saveTemplate(scope, {
    ...template,
    lastVersionId: versionId,
    versions: { ...template.versions, [versionId]: { templateBody, createdAt: scope.now().getTime() } },
    ...(isDefaultVersion && { defaultVersionId: versionId }),
  });
  return { templateArn: templateArn(scope.region, templateName), templateName, versionId, isDefaultVersion };
}

export function describeProvisioningTemplateVersion(
  scope: Scope,
  input: DescribeProvisioningTemplateVersionRequest,
): DescribeProvisioningTemplateVersionResponse {
  const { template, version, versionId } = requireVersion(scope, input);
  return {
    versionId,
    creationDate: new Date(version.createdAt),
    templateBody: version.templateBody,
    isDefaultVersion: versionId === template.defaultVersionId,
  };
}

/** Newest first. */
export function listProvisioningTemplateVersions(
  scope: Scope,
  input: ListProvisioningTemplateVersionsRequest,
): ListProvisioningTemplateVersionsResponse {
  const template = requireTemplate(scope, required(input.templateName, 'templateName'));
  // Keys of an object that are whole numbers come in ascending order.
  const versions = Object.entries(template.versions).map(([id, { createdAt }]) => ({
    versionId: Number(id),
    creationDate: new Date(createdAt),
    isDefaultVersion: Number(id) === template.defaultVersionId,
  }));
  const { items, next } = pageOf(
    scope,
    {
      of: ['ListProvisioningTemplateVersions', template.templateName],
      token: input.nextToken,
      size: input.maxResults,
      descending: true,
    },
    { items: versions, keyOf: ({ versionId }) => versionId },
  );
  return { versions: items, nextToken: next };
}

export function deleteProvisioningTemplateVersion(
  scope: Scope,
  input: DeleteProvisioningTemplateVersionRequest,
): object {
  const { template, versionId } = requireVersion(scope, input);
  if (versionId === template.defaultVersionId) {
    throw new ApiError(
      'DeleteConflictException',
      `Cannot delete the default version of the provisioning template ${template.templateName}`,
    );
  }
  const rest = Object.entries(template.versions).filter(([id]) => Number(id) !== versionId);
  saveTemplate(scope, { ...template, versions: Object.fromEntries(rest) });
  return {};
}

function requireVersion(scope: Scope, input: DescribeProvisioningTemplateVersionRequest) {
  const template = requireTemplate(scope, required(input.templateName, 'templateName'));
  const versionId = required(input.versionId, 'versionId');
  const version = Object.hasOwn(template.versions, String(versionId))
    ? template.versions[String(versionId)]
    : undefined;
  if (version) return { template, version, versionId };
  throw notFound(`Version ${versionId} of the provisioning template ${template.templateName} does not exist`);
}
