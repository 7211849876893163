/**
 * What a form may send of a provisioning template: the bounds are the service model's.
 * @module
 */
import 'server-only';
import { z } from 'zod';
import { environmentId } from '@/lib/config/environment-list';
import { TEMPLATE_BODY_CHARACTERS_MAX } from '@/lib/provisioning/template';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { roleNameOf } from '@/lib/registry/iam-role';
import { isTemplateDescription, isTemplateName } from '@/lib/registry/provisioning-template';

/** Service model, `RoleArn`. */
const ROLE_ARN_CHARACTERS_MAX = 2048;
/** Service model, `TemplateVersionId`; AWS counts up from 1, five at a time. */
const VERSION_ID_MAX = 1_000_000_000;

const roleArn = z
  .string()
  .max(ROLE_ARN_CHARACTERS_MAX)
  .refine((arn) => roleNameOf(arn) !== undefined, 'role-arn');

const templateBody = z.string().min(1).max(TEMPLATE_BODY_CHARACTERS_MAX);
const templateName = z.string().refine(isTemplateName, 'template-name');
const versionId = z.int().min(1).max(VERSION_ID_MAX);

export const registrationConfig = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('inline'), templateBody, roleArn }),
  z.strictObject({ kind: z.literal('named'), templateName }),
]);

export const templateInput = z.strictObject({ environment: environmentId, templateName });

export const creationInput = templateInput.extend({
  description: z.string().refine(isTemplateDescription, 'template-description'),
  templateBody,
  roleArn,
  isEnabled: z.boolean(),
});

export const versionCreationInput = templateInput.extend({
  templateBody,
  isDefault: z.boolean(),
  /** The newest version that the person has seen. */
  newestVersionId: versionId,
});

export const versionInput = templateInput.extend({ versionId });

/** `defaultVersionId`: the one that the person has seen in force. */
export const defaultInput = versionInput.extend({ defaultVersionId: versionId });

export const enablingInput = templateInput.extend({ isEnabled: z.boolean() });

/** AWSIoTThingsRegistration allows 30 actions, which is all that provisioning can do. */
const NEEDED_ACTIONS_MAX = 40;

export const roleCheckInput = z.strictObject({
  environment: environmentId,
  roleArn,
  neededActions: z.array(z.string().regex(/^iot:[A-Za-z]{1,64}$/)).max(NEEDED_ACTIONS_MAX),
});

/** `from`: the config that the person has seen on the CA. */
export const switchInput = z.strictObject({
  environment: environmentId,
  caId: z.string().refine(isCertificateId),
  from: registrationConfig,
  to: registrationConfig,
});
