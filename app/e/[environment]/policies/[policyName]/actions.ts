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

export const deletePolicyVersion = defineAction({
  name: 'policy.delete-version',
  permission: 'policy:delete',
  // The service model's `PolicyVersionId`.
  input: policy.extend({ versionId: z.string().regex(/^[0-9]{1,10}$/) }),
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
