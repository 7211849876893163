'use server';

import { z } from 'zod';
import { managedPolicyArnIn } from '@/components/ca-wizard/place';
import type { CaPresence } from '@/components/ca-wizard/wizard-port';
import { defineAction } from '@/lib/actions/define-action';
import { checkProvisioningRole } from '@/lib/aws/check-provisioning-role';
import { iotFor } from '@/lib/aws/iot-gateway';
import { environmentId } from '@/lib/config/environment-list';
import type { Failure } from '@/lib/failure';
import { recordIssuers } from '@/lib/ledger/ca-issuers';
import { parsePolicy } from '@/lib/policy/policy-document';
import { PROVISIONING_TRUST_POLICY } from '@/lib/provisioning/provisioning-role';
import { roleNameOf, THINGS_REGISTRATION_POLICY_ARN } from '@/lib/registry/iam-role';
import { fail, ok, type Result } from '@/lib/result';
import { ensurePolicy } from './ensure-policy';
import { attachManagedPolicy, ensureRole } from './ensure-role';
import { findRegistered, readRegistration } from './read-registration';
import { policyDocument, policyName, registration, roleArn, roleName, verificationPem } from './schemas';

/** A template needs at most one action per kind of resource it can make; AWSIoTThingsRegistration allows 30 in all. */
const NEEDED_ACTIONS_MAX = 40;

/** Looks at a provisioning role: does AWS IoT get it, and may it do what the template needs? */
export const checkRole = defineAction({
  name: 'role.check',
  permission: 'role:read',
  input: z.strictObject({
    environment: environmentId,
    roleArn,
    neededActions: z.array(z.string().regex(/^iot:[A-Za-z]{1,64}$/)).max(NEEDED_ACTIONS_MAX),
  }),
  resource: ({ roleArn }) => roleArn,
  run: async ({ roleArn, neededActions }, { environment }) =>
    checkProvisioningRole(environment, roleArn, neededActions),
});

/** Whether the CA is registered already, and as wanted. */
export const findCa = defineAction({
  name: 'ca.find',
  permission: 'ca:register',
  input: registration,
  resource: ({ caId }) => caId,
  async run(input, { environment, now }) {
    const read = await readRegistration(input, now);
    return read.ok ? findRegistered(iotFor(environment), read.value) : read;
  },
});

/** Creates the IoT policy that the template names, unless it is there. */
export const createPolicy = defineAction({
  name: 'policy.create',
  permission: 'policy:create',
  input: z.strictObject({ environment: environmentId, name: policyName, document: policyDocument }),
  resource: ({ name }) => name,
  async run({ name, document }, { environment, audit }) {
    if (!parsePolicy(document).ok) {
      return fail({ kind: 'invalid-input', fields: { document: [{ code: 'policy-malformed' }] } });
    }
    return ensurePolicy(iotFor(environment), { name, document }, audit);
  },
});

/** Creates the provisioning role, unless it is there. What it trusts is not the caller's to say. */
export const createRole = defineAction({
  name: 'role.create',
  permission: 'role:create',
  input: z.strictObject({ environment: environmentId, name: roleName }),
  resource: ({ name }) => name,
  run: async ({ name }, { environment, audit }) =>
    ensureRole(environment, { name, trustPolicy: PROVISIONING_TRUST_POLICY }, audit),
});

/** Gives the provisioning role what AWS's managed policy allows; that policy and no other. */
export const attachRolePolicy = defineAction({
  name: 'role.attach-policy',
  permission: 'role:create',
  input: z.strictObject({ environment: environmentId, name: roleName }),
  resource: ({ name }) => name,
  run: async ({ name }, { environment, audit }) => {
    const place = { ...environment, environmentId: environment.id };
    const policyArn = managedPolicyArnIn(place, THINGS_REGISTRATION_POLICY_ARN);
    return attachManagedPolicy(environment, { roleName: name, policyArn }, audit);
  },
});

/** The code that proves, as the common name of a certificate, that one holds the CA's key. */
export const getRegistrationCode = defineAction({
  name: 'ca.registration-code',
  permission: 'ca:register',
  input: z.strictObject({ environment: environmentId }),
  run: async (_input, { environment }) => iotFor(environment).registrationCode(),
});

/** Registers the CA, unless it is registered. */
export const registerCa = defineAction({
  name: 'ca.register',
  permission: 'ca:register',
  input: registration.extend({ verificationPem: verificationPem.optional() }),
  resource: ({ caId }) => caId,
  async run(
    { verificationPem: verification, ...input },
    { environment, operator, now, audit },
  ): Promise<Result<{ kind: 'made' } | Exclude<CaPresence, { kind: 'absent' }>, Failure>> {
    const read = await readRegistration(input, now);
    if (!read.ok) return read;
    const { caId, certificatePem, issuerPems, mode, setAsActive, autoRegistration, registrationConfig } =
      read.value;
    if (mode === 'DEFAULT' && verification === undefined) {
      return fail({ kind: 'invalid-input', fields: { verificationPem: [{ code: 'required' }] } });
    }
    const iot = iotFor(environment);
    const present = await findRegistered(iot, read.value);
    if (!present.ok) return present;
    // Before the CA is there: no device is ever issued under it without what stands above.
    if (issuerPems.length > 0) {
      await recordIssuers({ environment: environment.id, caId, issuerPems, operator }, now);
    }
    if (present.value.kind !== 'absent') return ok(present.value);

    const registered = await iot.registerCaCertificate({
      certificatePem,
      proof:
        mode === 'DEFAULT' && verification !== undefined
          ? { mode, verificationPem: verification }
          : { mode: 'SNI_ONLY' },
      setAsActive,
      autoRegistration,
      registrationConfig,
    });
    if (!registered.ok) return registered;
    audit.requestId(registered.value.requestId);
    audit.after({
      caId: registered.value.caId,
      mode,
      setAsActive,
      autoRegistration,
      issuers: issuerPems.length,
      template: registrationConfig?.kind ?? 'none',
      role: registrationConfig?.kind === 'inline' ? roleNameOf(registrationConfig.roleArn) : undefined,
    });
    return ok({ kind: 'made' });
  },
});
