'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { iotFor } from '@/lib/aws/iot-gateway';
import { environmentId } from '@/lib/config/environment-list';
import { POLICY_INPUT_CHARACTERS_MAX } from '@/lib/policy/policy-document';
import { isPolicyName } from '@/lib/registry/iot-policy';

/** AWS judges the document itself: what it refuses comes back in its own words. */
const policy = z.strictObject({
  environment: environmentId,
  policyName: z.string().refine(isPolicyName),
  document: z.string().min(1).max(POLICY_INPUT_CHARACTERS_MAX),
});

/** The service model's `PolicyVersionId`. */
const policyVersionId = z.string().regex(/^[0-9]{1,10}$/);

/** Creates a policy; AWS refuses where one of that name is there. */
export const createNewPolicy = defineAction({
  name: 'policy.create',
  permission: 'policy:create',
  input: policy,
  resource: ({ policyName }) => policyName,
  async run({ policyName, document }, { environment, audit }) {
    const created = await iotFor(environment).createPolicy({ name: policyName, document });
    if (!created.ok) return created;
    audit.requestId(created.value.requestId);
    audit.after({ arn: created.value.arn, document });
    return created;
  },
});

/**
 * Saves a new version. AWS keeps five: where `replacedVersionId` is given, that one makes room first, so AWS refuses all of it
 * if it is the one in force.
 */
export const createPolicyVersion = defineAction({
  name: 'policy.create-version',
  permission: 'policy:create',
  input: policy.extend({ isDefault: z.boolean(), replacedVersionId: policyVersionId.optional() }),
  resource: ({ policyName }) => policyName,
  async run({ policyName, document, isDefault, replacedVersionId }, { environment, audit }) {
    const iot = iotFor(environment);
    const before = await iot.getPolicy(policyName);
    if (!before.ok) return before;
    const { defaultVersionId: versionId, document: documentBefore } = before.value;
    audit.before({ versionId, document: documentBefore, replacedVersionId });
    if (replacedVersionId !== undefined) {
      const deleted = await iot.deletePolicyVersion(policyName, replacedVersionId);
      if (!deleted.ok && deleted.failure.kind !== 'not-found') return deleted;
    }
    const created = await iot.createPolicyVersion({ name: policyName, document, isDefault });
    if (!created.ok) return created;
    audit.requestId(created.value.requestId);
    audit.after({ versionId: created.value.versionId, isDefault, document });
    return created;
  },
});
