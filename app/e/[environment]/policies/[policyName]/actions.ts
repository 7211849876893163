'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { iotFor } from '@/lib/aws/iot-gateway';
import { environmentId } from '@/lib/config/environment-list';
import { isPolicyName } from '@/lib/registry/iot-policy';

/** Longest ARN that IAM and IoT know (IAM quotas). */
const ARN_CHARACTERS_MAX = 2048;

const policy = z.strictObject({ environment: environmentId, policyName: z.string().refine(isPolicyName) });

export const detachTarget = defineAction({
  name: 'policy.detach-target',
  permission: 'policy:delete',
  input: policy.extend({ targetArn: z.string().min(1).max(ARN_CHARACTERS_MAX) }),
  resource: ({ policyName }) => policyName,
  async run({ policyName, targetArn }, { environment, audit }) {
    audit.before({ targetArn });
    const detached = await iotFor(environment).detachPolicy({ policyName, targetArn });
    if (detached.ok) audit.requestId(detached.value.requestId);
    return detached;
  },
});

// The service model's `PolicyVersionId`.
const policyVersion = policy.extend({ versionId: z.string().regex(/^[0-9]{1,10}$/) });

/** Puts a version in force that is there already: the way back from a bad one. */
export const setDefaultVersion = defineAction({
  name: 'policy.set-default-version',
  permission: 'policy:create',
  input: policyVersion,
  resource: ({ policyName }) => policyName,
  async run({ policyName, versionId }, { environment, audit }) {
    const iot = iotFor(environment);
    const described = await iot.getPolicy(policyName);
    if (!described.ok) return described;
    audit.before({ versionId: described.value.defaultVersionId });
    const set = await iot.setDefaultPolicyVersion(policyName, versionId);
    if (!set.ok) return set;
    audit.requestId(set.value.requestId);
    audit.after({ versionId });
    return set;
  },
});

export const deletePolicyVersion = defineAction({
  name: 'policy.delete-version',
  permission: 'policy:delete',
  input: policyVersion,
  resource: ({ policyName }) => policyName,
  async run({ policyName, versionId }, { environment, audit }) {
    const iot = iotFor(environment);
    const document = await iot.getPolicyVersionDocument(policyName, versionId);
    if (!document.ok) return document;
    audit.before({ versionId, document: document.value });
    const deleted = await iot.deletePolicyVersion(policyName, versionId);
    if (deleted.ok) audit.requestId(deleted.value.requestId);
    return deleted;
  },
});

/** The last step of deleting: AWS refuses while the policy is attached or has other versions. */
export const deletePolicy = defineAction({
  name: 'policy.delete',
  permission: 'policy:delete',
  input: policy,
  resource: ({ policyName }) => policyName,
  async run({ policyName }, { environment, audit }) {
    const iot = iotFor(environment);
    const described = await iot.getPolicy(policyName);
    if (!described.ok) return described;
    audit.before({ document: described.value.document });
    const deleted = await iot.deletePolicy(policyName);
    if (deleted.ok) audit.requestId(deleted.value.requestId);
    return deleted;
  },
});
