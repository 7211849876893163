/**
 * Changes a named template: which version is in force, whether it is, and what is left of it.
 * @module
 */
import 'server-only';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { Failure } from '@/lib/failure';
import type { Receipt } from '@/lib/registry/receipt';
import { fail, type Result } from '@/lib/result';
import type { ChangeAudit } from './change-audit';

/** Puts a version in force, unless another one is by now than the person has seen. */
export async function changeDefaultVersion(
  iot: IotGateway,
  change: { templateName: string; versionId: number; defaultVersionId: number },
  audit: ChangeAudit,
): Promise<Result<Receipt, Failure>> {
  const { templateName, versionId, defaultVersionId } = change;
  const described = await iot.describeProvisioningTemplate(templateName);
  if (!described.ok) return described;
  audit.before({ defaultVersionId: described.value.defaultVersionId });
  if (described.value.defaultVersionId !== defaultVersionId) {
    return fail({ kind: 'conflict', reason: 'template-changed' });
  }
  const updated = await iot.updateProvisioningTemplate(templateName, { defaultVersionId: versionId });
  if (!updated.ok) return updated;
  audit.requestId(updated.value.requestId);
  audit.after({ defaultVersionId: versionId });
  return updated;
}

export async function changeEnabled(
  iot: IotGateway,
  { templateName, isEnabled }: { templateName: string; isEnabled: boolean },
  audit: ChangeAudit,
): Promise<Result<Receipt, Failure>> {
  const described = await iot.describeProvisioningTemplate(templateName);
  if (!described.ok) return described;
  audit.before({ isEnabled: described.value.isEnabled });
  const updated = await iot.updateProvisioningTemplate(templateName, { isEnabled });
  if (!updated.ok) return updated;
  audit.requestId(updated.value.requestId);
  audit.after({ isEnabled });
  return updated;
}

/** The text stays in the audit log, since AWS keeps no copy. */
export async function removeVersion(
  iot: IotGateway,
  { templateName, versionId }: { templateName: string; versionId: number },
  audit: ChangeAudit,
): Promise<Result<Receipt, Failure>> {
  const body = await iot.templateVersionBody(templateName, versionId);
  if (!body.ok) return body;
  audit.before({ versionId, templateBody: body.value });
  const deleted = await iot.deleteTemplateVersion(templateName, versionId);
  if (deleted.ok) audit.requestId(deleted.value.requestId);
  return deleted;
}

/** The last step of deleting: AWS refuses while a CA names the template. The text stays in the audit log. */
export async function removeTemplate(
  iot: IotGateway,
  { templateName }: { templateName: string },
  audit: ChangeAudit,
): Promise<Result<Receipt, Failure>> {
  const described = await iot.describeProvisioningTemplate(templateName);
  if (!described.ok) return described;
  const { description, type, isEnabled, roleArn, templateBody } = described.value;
  audit.before({ description, type, isEnabled, roleArn, templateBody });
  const deleted = await iot.deleteProvisioningTemplate(templateName);
  if (deleted.ok) audit.requestId(deleted.value.requestId);
  return deleted;
}
