/**
 * Saves a text as a named template, or as a new version of one.
 * @module
 */
import 'server-only';
import type { MadeVersion } from '@/lib/aws/iot/provisioning-template-changes';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { Failure } from '@/lib/failure';
import type { TemplateCreation } from '@/lib/registry/provisioning-template';
import type { Receipt } from '@/lib/registry/receipt';
import { fail, ok, type Result } from '@/lib/result';
import type { ChangeAudit } from './change-audit';

export type NamedTemplate = Omit<TemplateCreation, 'name'> & { templateName: string };

/**
 * Makes a template of type JITP. One of that name that is there already counts as made when it is the same in everything
 * that acts, so a plan that failed after this step can be repeated.
 */
export async function saveAsTemplate(
  iot: IotGateway,
  { templateName: name, description, templateBody, roleArn, isEnabled }: NamedTemplate,
  audit: ChangeAudit,
): Promise<Result<Receipt, Failure>> {
  const template = { name, description, templateBody, roleArn, isEnabled };
  const made = await iot.createJitpTemplate(template);
  if (!made.ok)
    return (await isThereAlready(iot, template, made.failure)) ? ok({ requestId: undefined }) : made;
  audit.requestId(made.value.requestId);
  audit.after(template);
  return made;
}

async function isThereAlready(
  iot: IotGateway,
  template: TemplateCreation,
  failure: Failure,
): Promise<boolean> {
  if (failure.kind !== 'aws' || failure.name !== 'ResourceAlreadyExistsException') return false;
  const found = await iot.describeProvisioningTemplate(template.name);
  return (
    found.ok &&
    found.value.type === 'JITP' &&
    found.value.isEnabled === template.isEnabled &&
    found.value.roleArn === template.roleArn &&
    found.value.templateBody === template.templateBody
  );
}

export type VersionCreation = {
  templateName: string;
  templateBody: string;
  isDefault: boolean;
  newestVersionId: number;
};

/**
 * Makes a new version, unless the newest one is not what the person has seen: then somebody else saved meanwhile. AWS knows no
 * condition for this call, so two that come within the same moment are both saved.
 */
export async function saveAsVersion(
  iot: IotGateway,
  { templateName, templateBody, isDefault, newestVersionId }: VersionCreation,
  audit: ChangeAudit,
): Promise<Result<MadeVersion, Failure>> {
  const [described, versions] = await Promise.all([
    iot.describeProvisioningTemplate(templateName),
    iot.listTemplateVersions(templateName),
  ]);
  if (!described.ok) return described;
  if (!versions.ok) return versions;
  const { type, defaultVersionId } = described.value;
  if (type !== 'JITP') return fail({ kind: 'conflict', reason: 'template-not-jitp' });
  const [newest] = versions.value;
  if (newest !== undefined && newest.versionId !== newestVersionId) {
    return fail({ kind: 'conflict', reason: 'template-changed' });
  }
  audit.before({ defaultVersionId });
  const made = await iot.createTemplateVersion(templateName, { templateBody, isDefault });
  if (!made.ok) return made;
  const { requestId, versionId } = made.value;
  audit.requestId(requestId);
  audit.after({ versionId, templateBody, defaultVersionId: isDefault ? versionId : defaultVersionId });
  return made;
}
