'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { iotFor } from '@/lib/aws/iot-gateway';
import { attachTemplate } from '@/lib/aws/templates/attach-template';
import { removeVersion } from '@/lib/aws/templates/change-template';
import { listJitpTemplates } from '@/lib/aws/templates/list-jitp-templates';
import { readTemplate as readTemplateTexts } from '@/lib/aws/templates/read-template';
import { saveAsTemplate, saveAsVersion } from '@/lib/aws/templates/save-template';
import {
  creationInput,
  registrationConfig,
  templateInput,
  versionCreationInput,
  versionInput,
} from '@/lib/aws/templates/template-input';
import { readTrustedRoles } from '@/lib/aws/trusted-roles';
import { environmentId } from '@/lib/config/environment-list';
import { isCertificateId } from '@/lib/registry/device-certificate';

const environmentInput = z.strictObject({ environment: environmentId });

/** Saves what is edited as a template of a new name. */
export const createTemplate = defineAction({
  name: 'template.create',
  permission: 'template:update',
  input: creationInput,
  resource: ({ templateName }) => templateName,
  run: (input, { environment, audit }) => saveAsTemplate(iotFor(environment), input, audit),
});

/** Saves what is edited as a new version. */
export const createTemplateVersion = defineAction({
  name: 'template.create-version',
  permission: 'template:update',
  input: versionCreationInput,
  resource: ({ templateName }) => templateName,
  run: (input, { environment, audit }) => saveAsVersion(iotFor(environment), input, audit),
});

/** Makes room for a version where AWS's limit is reached. */
export const deleteTemplateVersion = defineAction({
  name: 'template.delete-version',
  permission: 'template:delete',
  input: versionInput,
  resource: ({ templateName }) => templateName,
  run: (input, { environment, audit }) => removeVersion(iotFor(environment), input, audit),
});

export const readTemplate = defineAction({
  name: 'template.read',
  permission: 'template:read',
  input: templateInput,
  resource: ({ templateName }) => templateName,
  run: ({ templateName }, { environment }) => readTemplateTexts(iotFor(environment), templateName),
});

export const listTemplates = defineAction({
  name: 'template.list',
  permission: 'template:read',
  input: environmentInput,
  run: (_input, { environment }) => listJitpTemplates(iotFor(environment)),
});

export const listRoles = defineAction({
  name: 'role.list',
  permission: 'role:read',
  input: environmentInput,
  run: (_input, { environment }) => readTrustedRoles(environment),
});

/** Puts what is edited on a CA, in place of what is there. */
export const attachToCa = defineAction({
  name: 'ca.attach-template',
  permission: 'ca:update',
  input: environmentInput.extend({
    caId: z.string().refine(isCertificateId, 'certificate-id'),
    /** What was on the CA when the editor opened it; absent for none. */
    from: registrationConfig.optional(),
    registrationConfig,
  }),
  resource: ({ caId }) => caId,
  run: ({ caId, from, registrationConfig: to }, { environment, audit }) =>
    attachTemplate(iotFor(environment), { caId, from, to }, audit),
});
