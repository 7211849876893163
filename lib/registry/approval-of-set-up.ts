/**
 * What a CA's set-up of just-in-time registration would give a device, for who approves by hand.
 * @module
 */
import type { JitrSettings } from '@/lib/provisioning/jitr/settings';
import type { Approval } from './approval';

/** A policy that the set-up makes is named like one that is there: its document is the set-up's own. */
export function approvalOfSetUp({ policy, thing }: Pick<JitrSettings, 'policy' | 'thing'>): Approval {
  return {
    policy: policy.kind === 'none' ? { kind: 'none' } : { kind: 'existing', name: policy.name },
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
