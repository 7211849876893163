import { judgeAction, readIdentityPolicies } from '@/lib/policy/identity-policy';
import { connectionContext } from '@/lib/policy/policy-context';
import { judgeTrust } from '@/lib/policy/trust-policy';
import { PROVISIONING_SERVICE } from '@/lib/provisioning/provisioning-role';
import type { RoleRecord } from '@/lib/sandbox/state/records';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { managedPolicy } from './managed-policies';

/** What AWS IoT finds when it assumes a role for provisioning. */
export type RoleVerdict =
  | {
      kind: 'ok';
      /** Whether the role may do `action`, for example `iot:CreateThing`; without `resource`: on anything at all. */
      allows(action: string, resource?: string): boolean;
    }
  | { kind: 'missing' }
  | { kind: 'not-trusting' };

const ROLE_ARN = /^arn:aws(?:-cn|-us-gov)?:iam::(\d{12}):role(\/(?:[!-.0-~]+\/)*)([\w+=,.@-]{1,64})$/;

/** Judges the role that `roleArn` names by its trust policy, its managed policies and its inline ones. */
export function checkRole(sandbox: SandboxState, roleArn: string): RoleVerdict {
  const [, accountId, path, roleName = ''] = ROLE_ARN.exec(roleArn) ?? [];
  const role = accountId === sandbox.accountId ? sandbox.iam.roles.get(roleName.toLowerCase()) : undefined;
  if (!role || role.roleName !== roleName || role.path !== path) return { kind: 'missing' };

  const context = connectionContext({ extra: { 'aws:SourceAccount': sandbox.accountId } });
  const trust = judgeTrust(role.assumeRolePolicyDocument, PROVISIONING_SERVICE, context);
  if (trust.kind !== 'trusted') return { kind: 'not-trusting' };

  const { policies } = readIdentityPolicies(documentsOf(role));
  return {
    kind: 'ok',
    allows(action, resource) {
      const verdict = judgeAction(policies, { action, resource: resource ?? '*', context });
      return verdict === 'allowed' || (resource === undefined && verdict === 'partly');
    },
  };
}

function documentsOf(role: RoleRecord): { name: string; document: string }[] {
  const managed = role.attachedPolicyArns.flatMap((arn) => managedPolicy(arn) ?? []);
  const inline = Object.entries(role.inlinePolicies).map(([name, document]) => ({ name, document }));
  return [...managed.map(({ name, document }) => ({ name, document })), ...inline];
}
