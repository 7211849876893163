/**
 * What a role may do and who may assume it: for everything in the sandbox that AWS does with a role.
 * @module
 */
import type { NamedPolicy } from '@/lib/policy/decide';
import { judgeAction, readIdentityPolicies } from '@/lib/policy/identity-policy';
import { connectionContext, type PolicyContext } from '@/lib/policy/policy-context';
import { judgeTrust } from '@/lib/policy/trust-policy';
import type { RoleRecord } from '@/lib/sandbox/state/records';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { findManagedPolicy } from './managed-policies';
import { roleByArn } from './role-record';

/** Condition keys and their values, for example `{ 'aws:SourceArn': 'arn:aws:iot:…:rule/r' }`. */
export type RequestKeys = Readonly<Record<string, string | readonly string[]>>;

export type RoleJudge = {
  role: RoleRecord;
  /**
   * Whether the role's managed and inline policies allow `action`, for example `iot:CreateThing`.
   *
   * @param resource - its ARN; without it: whether the action is allowed on anything at all
   */
  allows(action: string, resource?: string, keys?: RequestKeys): boolean;
  /** Whether `service`, for example `iot.amazonaws.com`, may assume the role. */
  trusts(service: string, keys?: RequestKeys): boolean;
};

/** Reads the role that `roleArn` names and all its policies; undefined when the account has no such role. */
export function roleJudge(sandbox: SandboxState, roleArn: string): RoleJudge | undefined {
  const role = roleByArn(sandbox, roleArn);
  if (!role) return undefined;
  const contextOf = (keys: RequestKeys = {}): PolicyContext =>
    connectionContext({ extra: { 'aws:SourceAccount': sandbox.accountId, ...keys } });
  let policies: readonly NamedPolicy[] | undefined;
  return {
    role,
    allows(action, resource, keys) {
      policies ??= readIdentityPolicies(rolePolicyDocuments(sandbox, role)).policies;
      const request = { action, resource: resource ?? '*', context: contextOf(keys) };
      const verdict = judgeAction(policies, request);
      return verdict === 'allowed' || (resource === undefined && verdict === 'partly');
    },
    trusts: (service, keys) =>
      judgeTrust(role.assumeRolePolicyDocument, service, contextOf(keys)).kind === 'trusted',
  };
}

export type RolePolicyDocument = {
  name: string;
  document: string;
  /** As IAM's simulator calls where a policy comes from. */
  source: 'role' | 'aws-managed' | 'user-managed';
};

/** The default versions of a role's managed policies, then its inline ones. */
export function rolePolicyDocuments(sandbox: SandboxState, role: RoleRecord): RolePolicyDocument[] {
  const managed = role.attachedPolicyArns.flatMap((arn): RolePolicyDocument[] => {
    const policy = findManagedPolicy(sandbox, arn);
    const document = policy?.versions[policy.defaultVersionId]?.document;
    if (!policy || document === undefined) return [];
    return [{ name: policy.name, document, source: policy.owner === 'AWS' ? 'aws-managed' : 'user-managed' }];
  });
  const inline = Object.entries(role.inlinePolicies).map(
    ([name, document]): RolePolicyDocument => ({ name, document, source: 'role' }),
  );
  return [...managed, ...inline];
}
