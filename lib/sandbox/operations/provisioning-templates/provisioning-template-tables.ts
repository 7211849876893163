import { notFound } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import type { RegionState, TableSource } from '@/lib/sandbox/state/region-state';
import type { Table } from '@/lib/sandbox/state/table';

export type TemplateType = 'JITP' | 'FLEET_PROVISIONING';

export type TemplateVersionRecord = { templateBody: string; createdAt: number };

export type ProvisioningTemplateRecord = {
  templateName: string;
  /** Given at creation, never changed. */
  type: TemplateType;
  description: string;
  enabled: boolean;
  provisioningRoleArn: string;
  /** Kept, never called: fleet provisioning over MQTT is not part of the sandbox. */
  preProvisioningHook?: { payloadVersion?: string | undefined; targetArn: string } | undefined;
  defaultVersionId: number;
  /** Highest version number ever given; numbers are not reused. */
  lastVersionId: number;
  /** By version number. */
  versions: Readonly<Record<string, TemplateVersionRecord>>;
  createdAt: number;
  modifiedAt: number;
  sequence: number;
};

export class ProvisioningTemplateTables {
  readonly templates: Table<ProvisioningTemplateRecord>;

  constructor(source: TableSource) {
    this.templates = source.table('provisioning-templates');
  }
}

export const templateArn = (region: RegionState, templateName: string) =>
  region.arn(`provisioningtemplate/${templateName}`);

/** The template of that name, if there is one. */
export const findTemplate = (region: RegionState, templateName: string) =>
  region.family(ProvisioningTemplateTables).templates.get(templateName);

/** @throws ApiError ResourceNotFoundException */
export function requireTemplate(scope: Scope, templateName: string): ProvisioningTemplateRecord {
  const template = findTemplate(scope.region, templateName);
  if (!template) throw notFound(`Unable to find template named ${templateName}`);
  return template;
}

/** Keeps a template that was there before, and that it was changed now. */
export function saveTemplate(scope: Scope, template: ProvisioningTemplateRecord): void {
  const modifiedAt = scope.now().getTime();
  const { templates } = scope.region.family(ProvisioningTemplateTables);
  templates.set(template.templateName, { ...template, modifiedAt });
}

/** The body that provisioning uses. */
export function defaultBody({ versions, defaultVersionId }: ProvisioningTemplateRecord): string {
  const version = versions[String(defaultVersionId)];
  if (!version) throw new TypeError('the default version of a template cannot be deleted');
  return version.templateBody;
}
