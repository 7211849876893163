/**
 * What a page hands to the library's parts: its actions, and where it is.
 * @module
 */
import type { RegistryAction } from '@/components/registry/registry-action';
import type { RoleReads } from '@/components/template/role-field';
import type { Failure } from '@/lib/failure';
import type { CliTarget } from '@/lib/registry/aws-command';
import type { RegistrationConfig } from '@/lib/registry/certificate-authority';
import type { TemplateChoice, TemplateWithVersions } from '@/lib/registry/provisioning-template';
import type { Result } from '@/lib/result';

export type TemplatePlace = {
  environment: string;
  accountId: string;
  cliTarget: CliTarget;
};

type TemplateInput = { templateName: string };

export type CreateTemplate = RegistryAction<
  TemplateInput & { description: string; templateBody: string; roleArn: string; isEnabled: boolean }
>;

/** What saving a draft takes: see the inputs in `lib/aws/templates/template-input.ts`. */
export type TemplateSaving = RoleReads & {
  createTemplate: CreateTemplate;
  createTemplateVersion: RegistryAction<
    TemplateInput & { templateBody: string; isDefault: boolean; newestVersionId: number }
  >;
  deleteTemplateVersion: RegistryAction<TemplateInput & { versionId: number }>;
  readTemplate: (
    input: TemplateInput & { environment: string },
  ) => Promise<Result<TemplateWithVersions, Failure>>;
  listTemplates: (input: { environment: string }) => Promise<Result<TemplateChoice[], Failure>>;
};

export type SwitchCaTemplate = RegistryAction<{
  caId: string;
  from: RegistrationConfig;
  to: RegistrationConfig;
}>;

export type TemplateChanges = {
  setDefaultVersion: RegistryAction<TemplateInput & { versionId: number; defaultVersionId: number }>;
  setTemplateEnabled: RegistryAction<TemplateInput & { isEnabled: boolean }>;
  deleteTemplateVersion: RegistryAction<TemplateInput & { versionId: number }>;
  deleteTemplate: RegistryAction<TemplateInput>;
  switchCaTemplate: SwitchCaTemplate;
};
