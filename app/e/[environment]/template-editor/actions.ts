'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { checkProvisioningRole } from '@/lib/aws/check-provisioning-role';
import { type IotGateway, iotFor } from '@/lib/aws/iot-gateway';
import { environmentId } from '@/lib/config/environment-list';
import { parsePolicy } from '@/lib/policy/policy-document';
import { isValidName, type NameKind } from '@/lib/provisioning/registry-names';
import { roleNameOf } from '@/lib/registry/iam-role';
import { fail } from '@/lib/result';

/** A template needs at most one action per kind of resource it can make; AWSIoTThingsRegistration allows 30 in all. */
const NEEDED_ACTIONS_MAX = 40;
/** Service model, `RoleArn`. */
const ROLE_ARN_CHARACTERS_MAX = 2048;
/** 2048 count; white space does not, and a document of this size is mostly that. */
const POLICY_DOCUMENT_CHARACTERS_MAX = 16_384;

const FORMS = {
  'thing-type': 'thingType',
  'thing-group': 'thingGroup',
  'billing-group': 'billingGroup',
} as const satisfies Record<string, NameKind>;
type Kind = keyof typeof FORMS;

/** Looks at a provisioning role: does AWS IoT get it, and may it do what the template needs? */
export const checkRole = defineAction({
  name: 'role.check',
  permission: 'role:read',
  input: z.strictObject({
    environment: environmentId,
    roleArn: z
      .string()
      .max(ROLE_ARN_CHARACTERS_MAX)
      .refine((arn) => roleNameOf(arn) !== undefined, 'role-arn'),
    neededActions: z.array(z.string().regex(/^iot:[A-Za-z]{1,64}$/)).max(NEEDED_ACTIONS_MAX),
  }),
  resource: ({ roleArn }) => roleArn,
  run: async ({ roleArn, neededActions }, { environment }) =>
    checkProvisioningRole(environment, roleArn, neededActions),
});

/** Makes a thing type or a group that a template names. */
export const createNamed = defineAction({
  name: 'registry.create',
  permission: 'registry:create',
  input: z
    .strictObject({
      environment: environmentId,
      kind: z.enum(['thing-type', 'thing-group', 'billing-group']),
      name: z.string(),
    })
    .refine(({ kind, name }) => isValidName(FORMS[kind], name), { path: ['name'], message: 'name' }),
  resource: ({ kind, name }) => `${kind}/${name}`,
  async run({ kind, name }, { environment, audit }) {
    const made = await create(iotFor(environment), kind, name);
    if (made.ok) audit.requestId(made.value.requestId);
    return made;
  },
});

/** Makes a policy that a template names. */
export const createPolicy = defineAction({
  name: 'policy.create',
  permission: 'policy:create',
  input: z.strictObject({
    environment: environmentId,
    name: z.string().refine((name) => isValidName('policy', name), 'policy-name'),
    document: z.string().min(1).max(POLICY_DOCUMENT_CHARACTERS_MAX),
  }),
  resource: ({ name }) => name,
  async run({ name, document }, { environment, audit }) {
    if (!parsePolicy(document).ok) {
      return fail({ kind: 'invalid-input', fields: { document: [{ code: 'policy-malformed' }] } });
    }
    const made = await iotFor(environment).createPolicy({ name, document });
    if (!made.ok) return made;
    audit.requestId(made.value.requestId);
    audit.after({ arn: made.value.arn, document });
    return made;
  },
});

async function create(iot: IotGateway, kind: Kind, name: string) {
  switch (kind) {
    case 'thing-type':
      return iot.createThingType(name);
    case 'thing-group':
      return iot.createThingGroup(name);
    case 'billing-group':
      return iot.createBillingGroup(name);
  }
}
