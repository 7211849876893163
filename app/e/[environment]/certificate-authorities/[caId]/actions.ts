'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { switchRoad } from '@/lib/aws/ca-road/switch-road';
import { checkProvisioningRole } from '@/lib/aws/check-provisioning-role';
import { iotFor } from '@/lib/aws/iot-gateway';
import { readRegistrationRules } from '@/lib/aws/jitr/read-rules';
import { listJitpTemplates } from '@/lib/aws/templates/list-jitp-templates';
import { saveAsTemplate } from '@/lib/aws/templates/save-template';
import { switchCaConfig } from '@/lib/aws/templates/switch-ca-template';
import {
  creationInput,
  registrationConfig,
  roleCheckInput,
  switchInput,
} from '@/lib/aws/templates/template-input';
import { readTrustedRoles } from '@/lib/aws/trusted-roles';
import { environmentId } from '@/lib/config/environment-list';
import { CA_ROADS } from '@/lib/registry/ca-road';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { ok } from '@/lib/result';
import { updateCa } from './update-ca';

const ca = z.strictObject({ environment: environmentId, caId: z.string().refine(isCertificateId) });

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

/** The first step of turning an inline template into a named one; the CA keeps its own until the second. */
export const createNamedTemplate = defineAction({
  name: 'template.create',
  permission: 'template:update',
  input: creationInput,
  resource: ({ templateName }) => templateName,
  run: (input, { environment, audit }) => saveAsTemplate(iotFor(environment), input, audit),
});

/** Gives the CA the same template by name instead of by text, or the other way round. */
export const switchTemplate = defineAction({
  name: 'ca.switch-template',
  permission: 'ca:update',
  input: switchInput,
  resource: ({ caId }) => caId,
  run: (input, { environment, audit }) => switchCaConfig(iotFor(environment), input, audit),
});

/** Brings the CA to JITP, to JITR, or to neither, from what the person has seen of it. */
export const switchCaRoad = defineAction({
  name: 'ca.switch-road',
  permission: 'ca:update',
  input: ca.extend({
    from: z.strictObject({
      status: z.enum(['ACTIVE', 'INACTIVE']),
      autoRegistration: z.boolean(),
      registrationConfig: registrationConfig.optional(),
    }),
    to: z.enum(CA_ROADS),
    /** To be attached on the way to JITP; without one the template that is there stays. */
    template: registrationConfig.optional(),
  }),
  resource: ({ caId }) => caId,
  run: ({ caId, from, to, template }, { environment, audit }) =>
    switchRoad(
      iotFor(environment),
      { caId, from: { ...from, registrationConfig: from.registrationConfig }, to, template },
      audit,
    ),
});

/** The rules that hear of the CA's registrations, by name. */
export const listListeners = defineAction({
  name: 'ca.list-listeners',
  permission: 'device:read',
  input: ca,
  resource: ({ caId }) => caId,
  async run({ caId }, { environment }) {
    const read = await readRegistrationRules(environment, caId);
    if (!read.ok) return read;
    return ok(read.value.map(({ name, isEnabled, isConsoles }) => ({ name, isEnabled, isConsoles })));
  },
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
  run: (_input, { environment }) => readTrustedRoles(environment),
});

/** The named templates to choose from when one is attached. */
export const listTemplates = defineAction({
  name: 'template.list',
  permission: 'template:read',
  input: z.strictObject({ environment: environmentId }),
  run: (_input, { environment }) => listJitpTemplates(iotFor(environment)),
});

/** Looks at a role before it is attached: does AWS IoT get it, and may it do what the template needs? */
export const checkRole = defineAction({
  name: 'role.check',
  permission: 'role:read',
  input: roleCheckInput,
  resource: ({ roleArn: arn }) => arn,
  run: ({ roleArn: arn, neededActions }, { environment }) =>
    checkProvisioningRole(environment, arn, neededActions),
});
