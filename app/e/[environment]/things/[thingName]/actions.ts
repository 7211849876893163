'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { iotFor } from '@/lib/aws/iot-gateway';
import { environmentId } from '@/lib/config/environment-list';
import { isThingName } from '@/lib/registry/thing';

/** Longest ARN that IAM and IoT know (IAM quotas). */
const ARN_CHARACTERS_MAX = 2048;

const thing = z.strictObject({ environment: environmentId, thingName: z.string().refine(isThingName) });

export const detachPrincipal = defineAction({
  name: 'thing.detach-principal',
  permission: 'thing:delete',
  input: thing.extend({ principalArn: z.string().min(1).max(ARN_CHARACTERS_MAX) }),
  resource: ({ thingName }) => thingName,
  async run({ thingName, principalArn }, { environment, audit }) {
    audit.before({ principalArn });
    const detached = await iotFor(environment).detachThingPrincipal({ thingName, principalArn });
    if (detached.ok) audit.requestId(detached.value.requestId);
    return detached;
  },
});

/** The last step of deleting: AWS refuses while something is attached. */
export const deleteThing = defineAction({
  name: 'thing.delete',
  permission: 'thing:delete',
  input: thing,
  resource: ({ thingName }) => thingName,
  async run({ thingName }, { environment, audit }) {
    const iot = iotFor(environment);
    const described = await iot.describeThing(thingName);
    if (!described.ok) return described;
    audit.before(described.value);
    const deleted = await iot.deleteThing(thingName);
    if (deleted.ok) audit.requestId(deleted.value.requestId);
    return deleted;
  },
});
