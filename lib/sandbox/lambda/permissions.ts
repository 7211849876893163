import { randomUUID } from 'node:crypto';
import type {
  AddPermissionRequest,
  AddPermissionResponse,
  GetPolicyRequest,
  GetPolicyResponse,
  RemovePermissionRequest,
} from '@aws-sdk/client-lambda';
import { required } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import { checkedText } from './check';
import { invalidParameter, lambdaError, refuseUnless } from './lambda-error';
import { type FunctionRecord, LambdaTables, type PermissionRecord } from './lambda-tables';
import { functionArn, requireFunction } from './require-function';

/** Lambda quotas, "Resource-based policy". */
const POLICY_BYTES_MAX = 20_480;

const STATEMENT_ID = { pattern: /^([a-zA-Z0-9-_]+)$/, min: 1, max: 100 };
const ACTION = { pattern: /^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/ };
const PRINCIPAL = { pattern: /^[^\s]+$/ };
const SERVICE = /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/;
const ARN = {
  pattern: /^arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9-])+:([a-z]{2}(-gov)?-[a-z]+-\d{1})?:(\d{12})?:(.*)$/,
};
const ACCOUNT = { pattern: /^\d{12}$/ };

export function addPermission(scope: Scope, input: AddPermissionRequest): AddPermissionResponse {
  const known = requireFunction(scope, { FunctionName: input.FunctionName, Qualifier: input.Qualifier });
  checkPolicyRevision(known, input.RevisionId);
  refuseUnless(!input.PrincipalOrgID, 'PrincipalOrgID is');
  refuseUnless(!input.EventSourceToken, 'EventSourceToken is');
  refuseUnless(!input.FunctionUrlAuthType && !input.InvokedViaFunctionUrl, 'A function URL is');
  const permission: PermissionRecord = {
    sid: checkedText('statementId', required(input.StatementId, 'StatementId'), STATEMENT_ID),
    action: checkedText('action', required(input.Action, 'Action'), ACTION),
    principal: checkedText('principal', required(input.Principal, 'Principal'), PRINCIPAL),
    sourceArn: input.SourceArn && checkedText('sourceArn', input.SourceArn, ARN),
    sourceAccount: input.SourceAccount && checkedText('sourceAccount', input.SourceAccount, ACCOUNT),
  };
  if (!/^(\*|\d{12}|arn:.*)$/.test(permission.principal) && !SERVICE.test(permission.principal)) {
    throw invalidParameter('The provided principal was invalid. Please check the principal and try again.');
  }
  if (known.permissions.some(({ sid }) => sid === permission.sid)) {
    throw lambdaError(
      'ResourceConflictException',
      `The statement id (${permission.sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    );
  }
  const changed = {
    ...known,
    permissions: [...known.permissions, permission],
    policyRevisionId: randomUUID(),
  };
  if (Buffer.byteLength(policyText(scope, changed)) > POLICY_BYTES_MAX) {
    throw lambdaError(
      'PolicyLengthExceededException',
      'The final policy size is bigger than the limit (20480).',
    );
  }
  scope.region.family(LambdaTables).functions.set(known.functionName, changed);
  return { Statement: JSON.stringify(statementOf(scope, known, permission)) };
}

export function removePermission(scope: Scope, input: RemovePermissionRequest): object {
  const known = requireFunction(scope, { FunctionName: input.FunctionName, Qualifier: input.Qualifier });
  checkPolicyRevision(known, input.RevisionId);
  const permissions = known.permissions.filter(({ sid }) => sid !== input.StatementId);
  if (permissions.length === known.permissions.length) {
    throw lambdaError(
      'ResourceNotFoundException',
      `Statement ${input.StatementId} is not found in resource policy.`,
    );
  }
  const changed = { ...known, permissions, policyRevisionId: randomUUID() };
  scope.region.family(LambdaTables).functions.set(known.functionName, changed);
  return {};
}

export function getPolicy(scope: Scope, input: GetPolicyRequest): GetPolicyResponse {
  const known = requireFunction(scope, { FunctionName: input.FunctionName, Qualifier: input.Qualifier });
  if (known.permissions.length === 0) {
    throw lambdaError('ResourceNotFoundException', 'The resource you requested does not exist.');
  }
  return { Policy: policyText(scope, known), RevisionId: known.policyRevisionId };
}

function checkPolicyRevision(known: FunctionRecord, revisionId: string | undefined): void {
  if (revisionId === undefined || revisionId === known.policyRevisionId) return;
  throw lambdaError(
    'PreconditionFailedException',
    'The RevisionId provided does not match the latest RevisionId of the Lambda function or alias. Call the GetPolicy API to retrieve the latest RevisionId for your resource.',
  );
}

const policyText = (scope: Scope, known: FunctionRecord) =>
  JSON.stringify({
    Version: '2012-10-17',
    Id: 'default',
    Statement: known.permissions.map((permission) => statementOf(scope, known, permission)),
  });

function statementOf(scope: Scope, known: FunctionRecord, permission: PermissionRecord) {
  const { sid, action, principal, sourceArn, sourceAccount } = permission;
  const conditions = {
    ...(sourceAccount ? { StringEquals: { 'AWS:SourceAccount': sourceAccount } } : {}),
    ...(sourceArn ? { ArnLike: { 'AWS:SourceArn': sourceArn } } : {}),
  };
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: principalOf(principal),
    Action: action,
    Resource: functionArn(scope.region, known.functionName),
    ...(Object.keys(conditions).length > 0 ? { Condition: conditions } : {}),
  };
}

function principalOf(principal: string): string | { Service: string } | { AWS: string } {
  if (principal === '*') return '*';
  if (SERVICE.test(principal)) return { Service: principal };
  return { AWS: /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal };
}
