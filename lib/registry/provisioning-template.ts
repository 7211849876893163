/**
 * Provisioning templates as AWS IoT keeps them by name.
 * AWS IoT API Reference: ProvisioningTemplateSummary, DescribeProvisioningTemplate, ProvisioningTemplateVersionSummary.
 * @module
 */
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';

/** Given when the template is made; it never changes. A CA can use type JITP alone. */
export type TemplateType = 'JITP' | 'FLEET_PROVISIONING';

/** What ListProvisioningTemplates tells: neither the role nor the version in force is among it. */
export type ProvisioningTemplateSummary = {
  name: string;
  arn: string;
  type: TemplateType;
  /** A CA that names a disabled template provisions nobody. */
  isEnabled: boolean;
  /** Empty where there is none. */
  description: string;
  createdAt: Date | undefined;
  lastModifiedAt: Date | undefined;
};

export type ProvisioningTemplateDetail = ProvisioningTemplateSummary & {
  /** The version that devices are provisioned with. */
  defaultVersionId: number;
  /** Of the default version. */
  templateBody: string;
  roleArn: string;
};

/** Numbers count up from 1 and are not used again. */
export type ProvisioningTemplateVersion = {
  versionId: number;
  isDefault: boolean;
  createdAt: Date | undefined;
};

/** The CAs that name a template, as far as one page of them tells. */
export type TemplateUsers = { caIds: readonly string[]; isPartial: boolean };

export type TemplateCreation = {
  name: string;
  description: string;
  templateBody: string;
  roleArn: string;
  isEnabled: boolean;
};

/** What is undefined stays as it is. */
export type TemplateUpdate = {
  isEnabled?: boolean | undefined;
  defaultVersionId?: number | undefined;
  description?: string | undefined;
  roleArn?: string | undefined;
};

/** AWS IoT Core quotas, "Fleet provisioning": versions of one template. */
export const TEMPLATE_VERSIONS_MAX = 5;

/** Service model, `TemplateName`. */
export const TEMPLATE_NAME_CHARACTERS_MAX = 36;
export const isTemplateName = (text: string): boolean => /^[0-9A-Za-z_-]{1,36}$/.test(text);

/** Service model, `TemplateDescription`: no control characters. */
export const TEMPLATE_DESCRIPTION_CHARACTERS_MAX = 500;
export const isTemplateDescription = (text: string): boolean =>
  text.length <= TEMPLATE_DESCRIPTION_CHARACTERS_MAX && /^\P{C}*$/u.test(text);

/** Service model, `TemplateVersionId`: a whole number. Undefined for a text that is none. */
export const templateVersionIdOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;

/** A version and its text, or why that could not be read. */
export type TemplateVersionText = ProvisioningTemplateVersion & { body: Result<string, Failure> };

/** `versions`: newest first. */
export type TemplateWithVersions = {
  detail: ProvisioningTemplateDetail;
  versions: readonly TemplateVersionText[];
};

/** A template of type JITP, to choose from. */
export type TemplateChoice = { name: string; isEnabled: boolean };
