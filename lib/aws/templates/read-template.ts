/**
 * A named template with the text of each of its versions.
 * @module
 */
import 'server-only';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { Failure } from '@/lib/failure';
import type { TemplateVersionText, TemplateWithVersions } from '@/lib/registry/provisioning-template';
import { ok, type Result } from '@/lib/result';

/** At most seven calls: the template, its versions, and the text of each that is not the default one. */
export async function readTemplate(
  iot: IotGateway,
  name: string,
): Promise<Result<TemplateWithVersions, Failure>> {
  const [detail, versions] = await Promise.all([
    iot.describeProvisioningTemplate(name),
    iot.listTemplateVersions(name),
  ]);
  if (!detail.ok) return detail;
  if (!versions.ok) return versions;
  const { defaultVersionId, templateBody } = detail.value;
  const texts = await Promise.all(
    versions.value.map(async (version): Promise<TemplateVersionText> => {
      const body =
        version.versionId === defaultVersionId
          ? ok(templateBody)
          : await iot.templateVersionBody(name, version.versionId);
      // Which one is in force is told by the template itself, which was read with its text.
      return { ...version, isDefault: version.versionId === defaultVersionId, body };
    }),
  );
  return ok({ detail: detail.value, versions: texts });
}
