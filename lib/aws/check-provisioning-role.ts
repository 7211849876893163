/**
 * Looks at a provisioning role through IAM and says what was seen.
 * @module
 */
import 'server-only';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { judgeAction, readIdentityPolicies } from '@/lib/policy/identity-policy';
import { connectionContext } from '@/lib/policy/policy-context';
import { judgeTrust } from '@/lib/policy/trust-policy';
import { accountOfRole, roleNameOf } from '@/lib/registry/iam-role';
import {
  type PermissionFacts,
  PROVISIONING_SERVICE,
  type ProvisioningRoleFacts,
} from '@/lib/registry/provisioning-role';
import { fail, ok, type Result } from '@/lib/result';
import { type IamGateway, iamFor } from './iam-gateway';

/**
 * @param neededActions - what the template makes AWS do under this role, e.g. `iot:CreateThing`
 * @returns facts; a failure only where looking did not work at all (AWS unreachable, too many calls)
 */
export async function checkProvisioningRole(
  environment: Environment,
  roleArn: string,
  neededActions: readonly string[],
): Promise<Result<ProvisioningRoleFacts, Failure>> {
  const name = roleNameOf(roleArn);
  const accountId = accountOfRole(roleArn);
  if (name === undefined || accountId === undefined) return ok({ kind: 'not-a-role' });
  if (accountId !== environment.accountId) return ok({ kind: 'other-account', accountId });

  const iam = iamFor(environment);
  const role = await iam.getRole(name);
  if (!role.ok) {
    if (role.failure.kind === 'not-found') return ok({ kind: 'missing' });
    return isAccessDenied(role.failure)
      ? ok({ kind: 'not-seen', failure: role.failure })
      : fail(role.failure);
  }
  // The role of this name has another path: IAM finds roles by name alone, AWS IoT by the whole ARN.
  if (role.value.arn !== roleArn) return ok({ kind: 'missing' });

  const permissions = await readPermissions(iam, name, neededActions);
  if (!permissions.ok) return permissions;
  return ok({
    kind: 'seen',
    trust: judgeTrust(role.value.trustPolicy, PROVISIONING_SERVICE, contextOf(environment)),
    permissions: permissions.value,
    permissionsBoundaryArn: role.value.permissionsBoundaryArn,
  });
}

async function readPermissions(
  iam: IamGateway,
  roleName: string,
  neededActions: readonly string[],
): Promise<Result<PermissionFacts, Failure>> {
  const documents = await iam.rolePolicyDocuments(roleName);
  if (!documents.ok) {
    const { failure } = documents;
    return isAccessDenied(failure) ? ok({ kind: 'not-seen', failure }) : fail(failure);
  }
  const { policies, malformed } = readIdentityPolicies(documents.value);
  const context = connectionContext({});
  return ok({
    kind: 'seen',
    actions: neededActions.map((action) => ({
      action,
      verdict: judgeAction(policies, { action, resource: '*', context }),
    })),
    malformed: malformed.map(({ name }) => name),
  });
}

/** AWS IoT names the account in which it provisions (IAM User Guide, "The confused deputy problem"). */
const contextOf = ({ accountId }: Environment) =>
  connectionContext({ extra: { 'aws:SourceAccount': accountId } });

/** IAM says AccessDenied, the other services AccessDeniedException. */
const isAccessDenied = (failure: Failure): boolean =>
  failure.kind === 'aws' && (failure.name === 'AccessDenied' || failure.name === 'AccessDeniedException');
