/**
 * What stands in the way of the provisioning role.
 * AWS IoT Developer Guide, "Just-in-time provisioning".
 * @module
 */
import type { ProvisioningRoleFacts } from '@/lib/registry/provisioning-role';
import type { TemplateLint, TemplateLintId } from './template-finding';

/** Findings about a role that was looked at; what could not be seen is not called bad. */
export function roleFindings(facts: ProvisioningRoleFacts): TemplateLint[] {
  switch (facts.kind) {
    // Said of the ARN itself.
    case 'not-a-role':
    case 'not-seen':
      return [];
    case 'missing':
      return [finding('role-missing', {})];
    case 'other-account':
      return [finding('role-other-account', { accountId: facts.accountId })];
    case 'seen': {
      const { trust, permissions } = facts;
      const denied = permissions.kind === 'seen' ? permissions.actions : [];
      return [
        ...(trust.kind === 'trusted' || trust.kind === 'conditional'
          ? []
          : [finding('role-not-assumable', { verdict: trust.kind })]),
        ...denied
          .filter(({ verdict }) => verdict === 'explicit-deny' || verdict === 'implicit-deny')
          .map(({ action }) => finding('role-action-missing', { action })),
      ];
    }
  }
}

function finding(id: TemplateLintId, params: TemplateLint['params']): TemplateLint {
  return { id, severity: 'error', path: [], policyPath: undefined, range: undefined, params, fix: undefined };
}
