/**
 * What a CA's set-up of just-in-time registration would give a device, for who approves by hand.
 * @module
 */
import type { JitrPolicy, JitrSettings } from '@/lib/provisioning/jitr/settings';
import type { Approval } from './approval';

export function approvalOfSetUp(
  caId: string,
  { policy, thing }: Pick<JitrSettings, 'policy' | 'thing'>,
): Approval {
  return {
    policy: policyOf(caId, policy),
    thing:
      thing === undefined
        ? { kind: 'none' }
        : {
            kind: 'create',
            name: thing.name,
            attributes: thing.attributes,
            typeName: thing.typeName,
            groupNames: thing.groups,
          },
  };
}

/** A policy that the function makes at its first device is made by hand as well: until then there is none to be attached. */
function policyOf(caId: string, policy: JitrPolicy): Approval['policy'] {
  if (policy.kind === 'none') return { kind: 'none' };
  return policy.kind === 'create'
    ? { kind: 'set-up', name: policy.name, caId }
    : { kind: 'existing', name: policy.name };
}
