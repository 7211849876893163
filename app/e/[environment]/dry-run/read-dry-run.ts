import 'server-only';
import type { TemplateVersion } from '@/components/dry-run/template-dry-run';
import { caHref } from '@/components/registry/hrefs';
import { templateHref } from '@/components/template-library/templates-query';
import type { Crumb } from '@/components/ui/page-header';
import { iotFor } from '@/lib/aws/iot-gateway';
import { readTemplate } from '@/lib/aws/templates/read-template';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { isTemplateName } from '@/lib/registry/provisioning-template';
import { ok, type Result } from '@/lib/result';

export type DryRunSubject = {
  name: string;
  crumb: Crumb;
  versions: readonly [TemplateVersion, ...TemplateVersion[]];
};

/** What the address asks for: a named template with all its versions, or a CA's own; undefined: neither. */
export async function readDryRun(
  environment: Environment,
  { template, ca }: Readonly<Record<string, string | readonly string[] | undefined>>,
  versionWord: string,
): Promise<Result<DryRunSubject | undefined, Failure>> {
  if (typeof template === 'string' && isTemplateName(template)) {
    return readNamed(environment, template, versionWord);
  }
  if (typeof ca !== 'string' || !isCertificateId(ca)) return ok(undefined);
  const found = await iotFor(environment).describeCaCertificate(ca);
  if (!found.ok) return found;
  const { registrationConfig: config } = found.value;
  if (config?.kind === 'named') return readNamed(environment, config.templateName, versionWord);
  if (config === undefined) return ok(undefined);
  const version = { id: ca, label: ca.slice(0, 8), template: config.templateBody };
  return ok({
    name: ca.slice(0, 8),
    crumb: { label: ca.slice(0, 8), href: caHref(environment.id, ca) },
    versions: [version],
  });
}

async function readNamed(
  environment: Environment,
  name: string,
  versionWord: string,
): Promise<Result<DryRunSubject, Failure>> {
  const read = await readTemplate(iotFor(environment), name);
  if (!read.ok) return read;
  const { detail, versions } = read.value;
  const label = (versionId: number) => `${versionWord} ${versionId}`;
  const inForce = {
    id: String(detail.defaultVersionId),
    label: label(detail.defaultVersionId),
    template: detail.templateBody,
  };
  const others = versions.flatMap(({ versionId, isDefault, body }): TemplateVersion[] =>
    isDefault || !body.ok ? [] : [{ id: String(versionId), label: label(versionId), template: body.value }],
  );
  return ok({
    name,
    crumb: { label: name, href: templateHref(environment.id, name) },
    versions: [inForce, ...others],
  });
}
