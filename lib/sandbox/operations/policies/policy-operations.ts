import type { Operations } from '@/lib/sandbox/operations/operation';
import * as policies from './policies';
import * as attachments from './policy-attachments';
import * as versions from './policy-versions';

export const policyOperations = {
  CreatePolicy: policies.createPolicy,
  GetPolicy: policies.getPolicy,
  ListPolicies: policies.listPolicies,
  DeletePolicy: policies.deletePolicy,
  CreatePolicyVersion: versions.createPolicyVersion,
  GetPolicyVersion: versions.getPolicyVersion,
  ListPolicyVersions: versions.listPolicyVersions,
  DeletePolicyVersion: versions.deletePolicyVersion,
  SetDefaultPolicyVersion: versions.setDefaultPolicyVersion,
  AttachPolicy: attachments.attachPolicy,
  DetachPolicy: attachments.detachPolicy,
  ListTargetsForPolicy: attachments.listTargetsForPolicy,
  ListAttachedPolicies: attachments.listAttachedPolicies,
  AttachPrincipalPolicy: attachments.attachPrincipalPolicy,
  DetachPrincipalPolicy: attachments.detachPrincipalPolicy,
  ListPrincipalPolicies: attachments.listPrincipalPolicies,
  ListPolicyPrincipals: attachments.listPolicyPrincipals,
} satisfies Operations;
