/**
 * Changing templates that AWS keeps by name. AWS IoT API Reference: CreateProvisioningTemplate,
 * CreateProvisioningTemplateVersion, UpdateProvisioningTemplate, DeleteProvisioningTemplateVersion, DeleteProvisioningTemplate.
 * @module
 */
import 'server-only';
import {
  CreateProvisioningTemplateCommand,
  CreateProvisioningTemplateVersionCommand,
  DeleteProvisioningTemplateCommand,
  DeleteProvisioningTemplateVersionCommand,
  type IoTClient,
  UpdateProvisioningTemplateCommand,
} from '@aws-sdk/client-iot';
import type { Caller } from '@/lib/aws/call';
import { orNotFound } from '@/lib/aws/or-not-found';
import { toReceipt } from '@/lib/aws/receipt';
import { required } from '@/lib/aws/required';
import type { Failure } from '@/lib/failure';
import type { TemplateCreation, TemplateUpdate } from '@/lib/registry/provisioning-template';
import type { Receipt } from '@/lib/registry/receipt';
import type { Result } from '@/lib/result';

export type MadeVersion = Receipt & { versionId: number };

export type ProvisioningTemplateChanges = {
  /** Of type JITP, with `templateBody` as version 1. */
  createJitpTemplate(template: TemplateCreation): Promise<Result<Receipt, Failure>>;
  /** AWS refuses a sixth version (409 VersionsLimitExceededException). */
  createTemplateVersion(
    name: string,
    version: { templateBody: string; isDefault: boolean },
  ): Promise<Result<MadeVersion, Failure>>;
  updateProvisioningTemplate(name: string, update: TemplateUpdate): Promise<Result<Receipt, Failure>>;
  /** AWS refuses for the default version (409). */
  deleteTemplateVersion(name: string, versionId: number): Promise<Result<Receipt, Failure>>;
  /** AWS refuses while a CA names it (409), and may refuse while it has other versions than the default one. */
  deleteProvisioningTemplate(name: string): Promise<Result<Receipt, Failure>>;
};

export function provisioningTemplateChanges({ call }: Caller<IoTClient>): ProvisioningTemplateChanges {
  return {
    createJitpTemplate: ({ name, description, templateBody, roleArn, isEnabled }) =>
      call(
        'CreateProvisioningTemplate',
        (iot, options) =>
          iot.send(
            new CreateProvisioningTemplateCommand({
              templateName: name,
              type: 'JITP',
              // AWS takes an empty description for none; what was not typed is not sent.
              description: description === '' ? undefined : description,
              templateBody,
              provisioningRoleArn: roleArn,
              enabled: isEnabled,
            }),
            options,
          ),
        toReceipt,
      ),

    async createTemplateVersion(name, { templateBody, isDefault }) {
      const answer = await call(
        'CreateProvisioningTemplateVersion',
        (iot, options) =>
          iot.send(
            new CreateProvisioningTemplateVersionCommand({
              templateName: name,
              templateBody,
              setAsDefault: isDefault,
            }),
            options,
          ),
        (output) => ({ ...toReceipt(output), versionId: required(output.versionId, 'versionId') }),
      );
      return orNotFound(answer, 'provisioning-template', name);
    },

    async updateProvisioningTemplate(name, { isEnabled, defaultVersionId, description, roleArn }) {
      const answer = await call(
        'UpdateProvisioningTemplate',
        (iot, options) =>
          iot.send(
            new UpdateProvisioningTemplateCommand({
              templateName: name,
              enabled: isEnabled,
              defaultVersionId,
              description,
              provisioningRoleArn: roleArn,
            }),
            options,
          ),
        toReceipt,
      );
      return orNotFound(answer, 'provisioning-template', name);
    },

    async deleteTemplateVersion(name, versionId) {
      const answer = await call(
        'DeleteProvisioningTemplateVersion',
        (iot, options) =>
          iot.send(new DeleteProvisioningTemplateVersionCommand({ templateName: name, versionId }), options),
        toReceipt,
      );
      return orNotFound(answer, 'provisioning-template-version', `${name}:${versionId}`);
    },

    async deleteProvisioningTemplate(name) {
      const answer = await call(
        'DeleteProvisioningTemplate',
        (iot, options) => iot.send(new DeleteProvisioningTemplateCommand({ templateName: name }), options),
        toReceipt,
      );
      return orNotFound(answer, 'provisioning-template', name);
    },
  };
}
