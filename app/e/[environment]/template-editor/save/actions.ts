'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { iotFor } from '@/lib/aws/iot-gateway';
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
    registrationConfig,
  }),
  resource: ({ caId }) => caId,
  async run({ caId, registrationConfig: config }, { environment, audit }) {
    const iot = iotFor(environment);
    const described = await iot.describeCaCertificate(caId);
    if (!described.ok) return described;
    const { autoRegistration, registrationConfig: before } = described.value;
    audit.before({ autoRegistration, registrationConfig: before });
    const updated = await iot.updateCaCertificate(caId, {
      status: undefined,
      autoRegistration: true,
      registrationConfig: config,
    });
    if (!updated.ok) return updated;
    audit.requestId(updated.value.requestId);
    audit.after({ autoRegistration: true, registrationConfig: config });
    return updated;
  },
});
