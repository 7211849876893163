'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { checkProvisioningRole } from '@/lib/aws/check-provisioning-role';
import { iotFor } from '@/lib/aws/iot-gateway';
import {
  changeDefaultVersion,
  changeEnabled,
  removeTemplate,
  removeVersion,
} from '@/lib/aws/templates/change-template';
import { listJitpTemplates } from '@/lib/aws/templates/list-jitp-templates';
import { readTemplate as readTemplateTexts } from '@/lib/aws/templates/read-template';
import { saveAsTemplate, saveAsVersion } from '@/lib/aws/templates/save-template';
import { switchCaConfig } from '@/lib/aws/templates/switch-ca-template';
import {
  creationInput,
  defaultInput,
  enablingInput,
  roleCheckInput,
  switchInput,
  templateInput,
  versionCreationInput,
  versionInput,
} from '@/lib/aws/templates/template-input';
import { readTrustedRoles } from '@/lib/aws/trusted-roles';
import { environmentId } from '@/lib/config/environment-list';

const environmentInput = z.strictObject({ environment: environmentId });

export const createTemplate = defineAction({
  name: 'template.create',
  permission: 'template:update',
  input: creationInput,
  resource: ({ templateName }) => templateName,
  run: (input, { environment, audit }) => saveAsTemplate(iotFor(environment), input, audit),
});

export const createTemplateVersion = defineAction({
  name: 'template.create-version',
  permission: 'template:update',
  input: versionCreationInput,
  resource: ({ templateName }) => templateName,
  run: (input, { environment, audit }) => saveAsVersion(iotFor(environment), input, audit),
});

export const setDefaultVersion = defineAction({
  name: 'template.set-default-version',
  permission: 'template:update',
  input: defaultInput,
  resource: ({ templateName }) => templateName,
  run: (input, { environment, audit }) => changeDefaultVersion(iotFor(environment), input, audit),
});

export const setTemplateEnabled = defineAction({
  name: 'template.set-enabled',
  permission: 'template:update',
  input: enablingInput,
  resource: ({ templateName }) => templateName,
  run: (input, { environment, audit }) => changeEnabled(iotFor(environment), input, audit),
});

export const deleteTemplateVersion = defineAction({
  name: 'template.delete-version',
  permission: 'template:delete',
  input: versionInput,
  resource: ({ templateName }) => templateName,
  run: (input, { environment, audit }) => removeVersion(iotFor(environment), input, audit),
});

export const deleteTemplate = defineAction({
  name: 'template.delete',
  permission: 'template:delete',
  input: templateInput,
  resource: ({ templateName }) => templateName,
  run: (input, { environment, audit }) => removeTemplate(iotFor(environment), input, audit),
});

/** Puts the template's text on a CA that names it, before the template is deleted. */
export const switchCaTemplate = defineAction({
  name: 'ca.switch-template',
  permission: 'ca:update',
  input: switchInput,
  resource: ({ caId }) => caId,
  run: (input, { environment, audit }) => switchCaConfig(iotFor(environment), input, audit),
});

/** A template with the texts of its versions, for who is about to save another one. */
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

/** The roles to choose from when a template is made. */
export const listRoles = defineAction({
  name: 'role.list',
  permission: 'role:read',
  input: environmentInput,
  run: (_input, { environment }) => readTrustedRoles(environment),
});

/** Looks at a role before a template gets it. */
export const checkRole = defineAction({
  name: 'role.check',
  permission: 'role:read',
  input: roleCheckInput,
  resource: ({ roleArn }) => roleArn,
  run: ({ roleArn, neededActions }, { environment }) =>
    checkProvisioningRole(environment, roleArn, neededActions),
});
