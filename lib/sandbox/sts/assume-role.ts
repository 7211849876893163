import { connectionContext } from '@/lib/policy/policy-context';
import { judgeAccountTrust } from '@/lib/policy/trust-policy';
import { ApiError } from '@/lib/sandbox/api-error';
import type { QueryOperation } from '@/lib/sandbox/iam/query-operation';
import { roleByArn } from '@/lib/sandbox/iam/role-record';
import { currentSession } from './get-caller-identity';
import { assumedRoleArn, callerArn, openRoleSession } from './role-sessions';

/** STS API Reference, AssumeRole. */
const ARN = /^[\t\n\r -~]{20,2048}$/;
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
const SECONDS = { min: 900, max: 43_200 };
const SECONDS_DEFAULT = 3600;
/** IAM User Guide, "Roles terms and concepts", role chaining. */
const CHAINED_SECONDS_MAX = 3600;

/** What limits a session or asks for proof, and is not judged here. */
const UNSUPPORTED: readonly string[] = [
  'Policy',
  'PolicyArns',
  'Tags',
  'TransitiveTagKeys',
  'SerialNumber',
  'TokenCode',
  'ProvidedContexts',
];

/**
 * Gives out a session's credentials. The role's trust policy is judged; which principal of the account calls is not known,
 * because any access key is accepted, so a trust policy that names any of them is met. What the session may do is not judged.
 */
export const assumeRole: QueryOperation = (scope, parameters) => {
  const roleArn = parameters.required('RoleArn', ARN);
  const sessionName = parameters.required('RoleSessionName', SESSION_NAME);
  const durationSeconds = parameters.integer('DurationSeconds', SECONDS) ?? SECONDS_DEFAULT;
  const externalId = parameters.optional('ExternalId', EXTERNAL_ID);
  const sourceIdentity = parameters.optional('SourceIdentity', SESSION_NAME);
  parameters.refuse(...UNSUPPORTED);

  const chained = currentSession(scope) !== undefined;
  const role = roleByArn(scope.sandbox, roleArn);
  const context = connectionContext({
    extra: {
      'aws:PrincipalAccount': scope.accountId,
      'sts:RoleSessionName': sessionName,
      ...(externalId !== undefined && { 'sts:ExternalId': externalId }),
      ...(sourceIdentity !== undefined && { 'sts:SourceIdentity': sourceIdentity }),
    },
  });
  const verdict = role && judgeAccountTrust(role.assumeRolePolicyDocument, scope.accountId, context);
  if (!role || verdict?.kind !== 'trusted') {
    // The same for a role that is not there, so that nobody learns which are.
    throw new ApiError(
      'AccessDenied',
      `User: ${callerArn(scope.sandbox, scope.accessKeyId)} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    );
  }
  checkDuration(durationSeconds, { chained, max: role.maxSessionDuration });

  const credentials = openRoleSession(scope, { role, sessionName, sourceIdentity, durationSeconds });
  return {
    SourceIdentity: sourceIdentity,
    AssumedRoleUser: {
      AssumedRoleId: `${role.roleId}:${sessionName}`,
      Arn: assumedRoleArn(scope.accountId, { roleName: role.roleName, sessionName }),
    },
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: credentials.expiresAt,
    },
  };
};

function checkDuration(seconds: number, { chained, max }: { chained: boolean; max: number }): void {
  if (chained && seconds > CHAINED_SECONDS_MAX) {
    throw new ApiError(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  }
  if (seconds > max) {
    throw new ApiError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
}
