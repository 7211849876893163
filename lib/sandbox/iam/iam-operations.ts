import * as customerPolicies from './customer-policies';
import * as managedPolicies from './managed-policies';
import type { QueryOperation } from './query-operation';
import * as rolePolicies from './role-policies';
import { requireRole } from './role-record';
import * as roles from './roles';
import * as simulations from './simulate';

/** The sandbox makes no instance profiles; tools ask before they delete a role. */
const listInstanceProfilesForRole: QueryOperation = (scope, parameters) => {
  requireRole(scope, parameters);
  return { InstanceProfiles: [], IsTruncated: false };
};

/** What is built of IAM: AWS's name of the operation to its function. */
export const iamOperations: Readonly<Record<string, QueryOperation>> = {
  CreateRole: roles.createRole,
  GetRole: roles.getRole,
  ListRoles: roles.listRoles,
  UpdateRole: roles.updateRole,
  DeleteRole: roles.deleteRole,
  UpdateAssumeRolePolicy: roles.updateAssumeRolePolicy,
  TagRole: roles.tagRole,
  UntagRole: roles.untagRole,
  ListRoleTags: roles.listRoleTags,
  ListInstanceProfilesForRole: listInstanceProfilesForRole,
  AttachRolePolicy: rolePolicies.attachRolePolicy,
  DetachRolePolicy: rolePolicies.detachRolePolicy,
  ListAttachedRolePolicies: rolePolicies.listAttachedRolePolicies,
  PutRolePolicy: rolePolicies.putRolePolicy,
  GetRolePolicy: rolePolicies.getRolePolicy,
  ListRolePolicies: rolePolicies.listRolePolicies,
  DeleteRolePolicy: rolePolicies.deleteRolePolicy,
  CreatePolicy: customerPolicies.createPolicy,
  GetPolicy: managedPolicies.getPolicy,
  ListPolicies: managedPolicies.listPolicies,
  DeletePolicy: customerPolicies.deletePolicy,
  CreatePolicyVersion: customerPolicies.createPolicyVersion,
  GetPolicyVersion: managedPolicies.getPolicyVersion,
  ListPolicyVersions: managedPolicies.listPolicyVersions,
  DeletePolicyVersion: customerPolicies.deletePolicyVersion,
  SetDefaultPolicyVersion: customerPolicies.setDefaultPolicyVersion,
  ListEntitiesForPolicy: managedPolicies.listEntitiesForPolicy,
  TagPolicy: customerPolicies.tagPolicy,
  UntagPolicy: customerPolicies.untagPolicy,
  ListPolicyTags: customerPolicies.listPolicyTags,
  SimulatePrincipalPolicy: simulations.simulatePrincipalPolicy,
  SimulateCustomPolicy: simulations.simulateCustomPolicy,
};
