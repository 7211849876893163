import type {
  CreateProvisioningTemplateRequest,
  CreateProvisioningTemplateResponse,
  DeleteProvisioningTemplateRequest,
  ProvisioningHook,
  UpdateProvisioningTemplateRequest,
} from '@aws-sdk/client-iot';
import { ApiError, invalidRequest, required } from '@/lib/sandbox/api-error';
import { forgetTags, saveTags } from '@/lib/sandbox/operations/tags/saved-tags';
import type { Scope } from '@/lib/sandbox/scope';
import { checkProvisioningRole, checkTemplateBody } from './check-provisioning-template';
import {
  findTemplate,
  type ProvisioningTemplateRecord,
  ProvisioningTemplateTables,
  requireTemplate,
  saveTemplate,
  type TemplateType,
  templateArn,
} from './provisioning-template-tables';

/** Version 1 is the default one; a template is disabled unless asked otherwise. */
export function createProvisioningTemplate(
  scope: Scope,
  input: CreateProvisioningTemplateRequest,
): CreateProvisioningTemplateResponse {
  const templateName = required(input.templateName, 'templateName');
  const templateBody = required(input.templateBody, 'templateBody');
  const provisioningRoleArn = required(input.provisioningRoleArn, 'provisioningRoleArn');
  const type = input.type ?? 'FLEET_PROVISIONING';
  checkTemplateBody(templateBody, type);
  checkProvisioningRole(scope, provisioningRoleArn);
  const preProvisioningHook = hookFor(type, input.preProvisioningHook);
  const arn = templateArn(scope.region, templateName);
  if (findTemplate(scope.region, templateName)) {
    throw new ApiError(
      'ResourceAlreadyExistsException',
      `Template with name ${templateName} already exists`,
      { resourceId: templateName, resourceArn: arn },
    );
  }
  saveTags(scope, arn, input.tags);
  const createdAt = scope.now().getTime();
  scope.region.family(ProvisioningTemplateTables).templates.set(templateName, {
    templateName,
    type,
    description: input.description ?? '',
    enabled: input.enabled === true,
    provisioningRoleArn,
    preProvisioningHook,
    defaultVersionId: 1,
    lastVersionId: 1,
    versions: { 1: { templateBody, createdAt } },
    createdAt,
    modifiedAt: createdAt,
    sequence: scope.region.nextSequence(),
  });
  return { templateArn: arn, templateName, defaultVersionId: 1 };
}

/** What is not given stays. */
export function updateProvisioningTemplate(scope: Scope, input: UpdateProvisioningTemplateRequest): object {
  const template = requireTemplate(scope, required(input.templateName, 'templateName'));
  const { defaultVersionId = template.defaultVersionId, provisioningRoleArn } = input;
  if (!Object.hasOwn(template.versions, String(defaultVersionId))) {
    throw invalidRequest(
      `Version ${defaultVersionId} of the provisioning template ${template.templateName} does not exist`,
    );
  }
  if (provisioningRoleArn !== undefined) checkProvisioningRole(scope, provisioningRoleArn);
  if (input.removePreProvisioningHook === true && input.preProvisioningHook) {
    throw invalidRequest('removePreProvisioningHook and preProvisioningHook cannot be given together');
  }
  const given = hookFor(template.type, input.preProvisioningHook);
  saveTemplate(scope, {
    ...template,
    defaultVersionId,
    description: input.description ?? template.description,
    enabled: input.enabled ?? template.enabled,
    provisioningRoleArn: provisioningRoleArn ?? template.provisioningRoleArn,
    preProvisioningHook:
      input.removePreProvisioningHook === true ? undefined : (given ?? template.preProvisioningHook),
  });
  return {};
}

/** All its versions go with it. */
export function deleteProvisioningTemplate(scope: Scope, input: DeleteProvisioningTemplateRequest): object {
  const { region } = scope;
  const { templateName } = requireTemplate(scope, required(input.templateName, 'templateName'));
  const user = [...region.caCertificates.values()].find(
    (ca) => ca.registrationConfig?.templateName === templateName,
  );
  if (user) {
    throw new ApiError(
      'DeleteConflictException',
      `The provisioning template ${templateName} is used by the CA certificate ${user.certificateId}`,
    );
  }
  forgetTags(scope, templateArn(region, templateName));
  region.family(ProvisioningTemplateTables).templates.delete(templateName);
  return {};
}

function hookFor(
  type: TemplateType,
  hook: ProvisioningHook | undefined,
): ProvisioningTemplateRecord['preProvisioningHook'] {
  if (!hook) return undefined;
  if (type === 'JITP') {
    throw invalidRequest(
      'A pre-provisioning hook is supported for templates of type FLEET_PROVISIONING only',
    );
  }
  const targetArn = required(hook.targetArn, 'preProvisioningHook.targetArn');
  return { payloadVersion: hook.payloadVersion, targetArn };
}
