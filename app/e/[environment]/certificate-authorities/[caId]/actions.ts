'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { checkProvisioningRole } from '@/lib/aws/check-provisioning-role';
import { iotFor } from '@/lib/aws/iot-gateway';
import { environmentId } from '@/lib/config/environment-list';
import { TEMPLATE_BODY_CHARACTERS_MAX } from '@/lib/provisioning/template';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { roleNameOf } from '@/lib/registry/iam-role';
import { readRoles } from './read-roles';
import { updateCa } from './update-ca';

/** Service model, `RoleArn`. */
const ROLE_ARN_CHARACTERS_MAX = 2048;
/** AWSIoTThingsRegistration allows 30 actions, which is all that provisioning can do. */
const NEEDED_ACTIONS_MAX = 40;

const ca = z.strictObject({ environment: environmentId, caId: z.string().refine(isCertificateId) });

const roleArn = z
  .string()
  .max(ROLE_ARN_CHARACTERS_MAX)
  .refine((arn) => roleNameOf(arn) !== undefined, 'role-arn');

const registrationConfig = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('inline'),
    templateBody: z.string().min(1).max(TEMPLATE_BODY_CHARACTERS_MAX),
    roleArn,
  }),
  // Service model, `TemplateName`.
  z.strictObject({ kind: z.literal('named'), templateName: z.string().regex(/^[0-9A-Za-z_-]{1,36}$/) }),
]);

export const setCaStatus = defineAction({
  name: 'ca.set-status',
  permission: 'ca:update',
  input: ca.extend({ status: z.enum(['ACTIVE', 'INACTIVE']) }),
  resource: ({ caId }) => caId,
  run: ({ caId, status }, { environment, audit }) => updateCa(iotFor(environment), caId, { status }, audit),
});

export const setAutoRegistration = defineAction({
  name: 'ca.set-auto-registration',
  permission: 'ca:update',
  input: ca.extend({ autoRegistration: z.boolean() }),
  resource: ({ caId }) => caId,
  run: ({ caId, autoRegistration }, { environment, audit }) =>
    updateCa(iotFor(environment), caId, { autoRegistration }, audit),
});

/** Attaches a template and its role, or puts them in place of the ones that are there. */
export const attachTemplate = defineAction({
  name: 'ca.attach-template',
  permission: 'ca:update',
  input: ca.extend({
    registrationConfig,
    /** Switched on in the same call; false leaves it as it is. */
    enablesAutoRegistration: z.boolean(),
  }),
  resource: ({ caId }) => caId,
  run: ({ caId, registrationConfig: config, enablesAutoRegistration }, { environment, audit }) =>
    updateCa(
      iotFor(environment),
      caId,
      { registrationConfig: config, ...(enablesAutoRegistration ? { autoRegistration: true } : {}) },
      audit,
    ),
});

/** Detaches template and role. AWS wants auto-registration off in the same call. */
export const detachTemplate = defineAction({
  name: 'ca.detach-template',
  permission: 'ca:update',
  input: ca,
  resource: ({ caId }) => caId,
  run: ({ caId }, { environment, audit }) =>
    updateCa(iotFor(environment), caId, { registrationConfig: 'remove', autoRegistration: false }, audit),
});

/** AWS refuses while the CA is active. */
export const deleteCa = defineAction({
  name: 'ca.delete',
  permission: 'ca:delete',
  input: ca,
  resource: ({ caId }) => caId,
  async run({ caId }, { environment, audit }) {
    const iot = iotFor(environment);
    const described = await iot.describeCaCertificate(caId);
    if (!described.ok) return described;
    const { status, mode, autoRegistration, registrationConfig: config, certificatePem } = described.value;
    audit.before({ status, mode, autoRegistration, registrationConfig: config, certificatePem });
    const deleted = await iot.deleteCaCertificate(caId);
    if (deleted.ok) audit.requestId(deleted.value.requestId);
    return deleted;
  },
});

/** The roles to choose from when a template is attached. */
export const listRoles = defineAction({
  name: 'role.list',
  permission: 'role:read',
  input: z.strictObject({ environment: environmentId }),
  run: (_input, { environment }) => readRoles(environment),
});

/** Looks at a role before it is attached: does AWS IoT get it, and may it do what the template needs? */
export const checkRole = defineAction({
  name: 'role.check',
  permission: 'role:read',
  input: z.strictObject({
    environment: environmentId,
    roleArn,
    neededActions: z.array(z.string().regex(/^iot:[A-Za-z]{1,64}$/)).max(NEEDED_ACTIONS_MAX),
  }),
  resource: ({ roleArn: arn }) => arn,
  run: ({ roleArn: arn, neededActions }, { environment }) =>
    checkProvisioningRole(environment, arn, neededActions),
});
