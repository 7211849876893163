import { ApiError } from '@/lib/sandbox/api-error';
import { managedPolicy } from './managed-policies';
import { checkIamDocument, encodeDocument, type QueryOperation, requireRole, saveRole } from './roles';

/** IAM API Reference, AttachRolePolicy and PutRolePolicy. */
const POLICY_ARN = /^arn:[!-~]{16,2044}$/;
const POLICY_NAME = /^[\w+=,.@-]{1,128}$/;
const DOCUMENT = /^[\t\n\r -\u00FF]{1,131072}$/;

export const attachRolePolicy: QueryOperation = (scope, parameters) => {
  const role = requireRole(scope, parameters);
  const { arn } = requireManagedPolicy(parameters.required('PolicyArn', POLICY_ARN));
  if (role.attachedPolicyArns.includes(arn)) return undefined;
  saveRole(scope, { ...role, attachedPolicyArns: [...role.attachedPolicyArns, arn] });
  return undefined;
};

export const detachRolePolicy: QueryOperation = (scope, parameters) => {
  const role = requireRole(scope, parameters);
  const arn = parameters.required('PolicyArn', POLICY_ARN);
  if (!role.attachedPolicyArns.includes(arn)) {
    throw new ApiError('NoSuchEntity', `Policy ${arn} was not found.`);
  }
  saveRole(scope, { ...role, attachedPolicyArns: role.attachedPolicyArns.filter((other) => other !== arn) });
  return undefined;
};

export const listAttachedRolePolicies: QueryOperation = (scope, parameters) => ({
  AttachedPolicies: requireRole(scope, parameters).attachedPolicyArns.map((arn) => ({
    PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
    PolicyArn: arn,
  })),
  IsTruncated: false,
});

export const putRolePolicy: QueryOperation = (scope, parameters) => {
  const role = requireRole(scope, parameters);
  const policyName = parameters.required('PolicyName', POLICY_NAME);
  const document = parameters.required('PolicyDocument', DOCUMENT);
  checkIamDocument(document, 'identity');
  const inlinePolicies = Object.fromEntries([...Object.entries(role.inlinePolicies), [policyName, document]]);
  saveRole(scope, { ...role, inlinePolicies });
  return undefined;
};

export const getRolePolicy: QueryOperation = (scope, parameters) => {
  const role = requireRole(scope, parameters);
  const policyName = parameters.required('PolicyName', POLICY_NAME);
  const document = inlinePolicy(role.inlinePolicies, policyName);
  return { RoleName: role.roleName, PolicyName: policyName, PolicyDocument: encodeDocument(document) };
};

export const listRolePolicies: QueryOperation = (scope, parameters) => ({
  PolicyNames: Object.keys(requireRole(scope, parameters).inlinePolicies),
  IsTruncated: false,
});

export const deleteRolePolicy: QueryOperation = (scope, parameters) => {
  const role = requireRole(scope, parameters);
  const policyName = parameters.required('PolicyName', POLICY_NAME);
  inlinePolicy(role.inlinePolicies, policyName);
  const rest = Object.entries(role.inlinePolicies).filter(([name]) => name !== policyName);
  saveRole(scope, { ...role, inlinePolicies: Object.fromEntries(rest) });
  return undefined;
};

export const getPolicy: QueryOperation = (_scope, parameters) => {
  const policy = requireManagedPolicy(parameters.required('PolicyArn', POLICY_ARN));
  return {
    Policy: {
      PolicyName: policy.name,
      PolicyId: policy.policyId,
      Arn: policy.arn,
      Path: policy.path,
      DefaultVersionId: policy.versionId,
      IsAttachable: true,
      CreateDate: policy.createdAt,
      UpdateDate: policy.createdAt,
    },
  };
};

export const getPolicyVersion: QueryOperation = (_scope, parameters) => {
  const policy = requireManagedPolicy(parameters.required('PolicyArn', POLICY_ARN));
  const versionId = parameters.required('VersionId', /^v[1-9][0-9]*(?:\.[A-Za-z0-9-]*)?$/);
  if (versionId !== policy.versionId) {
    throw new ApiError('NoSuchEntity', `Policy ${policy.arn} version ${versionId} does not exist.`);
  }
  return {
    PolicyVersion: {
      Document: encodeDocument(policy.document),
      VersionId: versionId,
      IsDefaultVersion: true,
      CreateDate: policy.createdAt,
    },
  };
};

function requireManagedPolicy(arn: string) {
  const policy = managedPolicy(arn);
  if (!policy) throw new ApiError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`);
  return policy;
}

function inlinePolicy(policies: Readonly<Record<string, string>>, policyName: string): string {
  const document = Object.hasOwn(policies, policyName) ? policies[policyName] : undefined;
  if (document === undefined) {
    throw new ApiError('NoSuchEntity', `The role policy with name ${policyName} cannot be found.`);
  }
  return document;
}
