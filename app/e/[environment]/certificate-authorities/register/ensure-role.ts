import 'server-only';
import { ROLE_DESCRIPTION } from '@/components/ca-wizard/call-commands';
import { roleArnFor } from '@/components/ca-wizard/place';
import type { ActionAudit } from '@/lib/actions/run-action';
import { iamFor } from '@/lib/aws/iam-gateway';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { connectionContext } from '@/lib/policy/policy-context';
import { judgeTrust } from '@/lib/policy/trust-policy';
import { PROVISIONING_SERVICE } from '@/lib/registry/provisioning-role';
import { ok, type Result } from '@/lib/result';

type EnsuredRole = { kind: 'made' | 'was-there' | 'not-trusting' } | { kind: 'elsewhere'; arn: string };

/** Creates the provisioning role unless one of that name is there; a role that is there is never changed. */
export async function ensureRole(
  environment: Environment,
  { name, trustPolicy }: { name: string; trustPolicy: string },
  audit: ActionAudit,
): Promise<Result<EnsuredRole, Failure>> {
  const iam = iamFor(environment);
  const found = await iam.getRole(name);
  if (found.ok) {
    const { arn } = found.value;
    // Below another path, the role has another ARN than the one the CA would get.
    if (arn !== roleArnFor({ ...environment, environmentId: environment.id }, name)) {
      return ok({ kind: 'elsewhere', arn });
    }
    return ok({ kind: isTrusting(found.value.trustPolicy, environment) ? 'was-there' : 'not-trusting' });
  }
  if (found.failure.kind !== 'not-found') return found;
  const created = await iam.createRole({ name, description: ROLE_DESCRIPTION, trustPolicy });
  if (!created.ok) return created;
  audit.requestId(created.value.requestId);
  audit.after({ arn: created.value.arn, trustPolicy });
  return ok({ kind: 'made' });
}

/** Attaches a managed policy unless the role has it. Only to a role that AWS IoT may assume, so that no other one gains. */
export async function attachManagedPolicy(
  environment: Environment,
  attachment: { roleName: string; policyArn: string },
  audit: ActionAudit,
): Promise<Result<{ kind: 'made' | 'was-there' | 'not-trusting' }, Failure>> {
  const iam = iamFor(environment);
  const role = await iam.getRole(attachment.roleName);
  if (!role.ok) return role;
  if (!isTrusting(role.value.trustPolicy, environment)) return ok({ kind: 'not-trusting' });

  const documents = await iam.rolePolicyDocuments(attachment.roleName);
  const isAttached =
    documents.ok &&
    documents.value.some((policy) => policy.kind === 'managed' && policy.arn === attachment.policyArn);
  if (isAttached) return ok({ kind: 'was-there' });

  // Where the role's policies may not be looked at they are attached all the same: again is no error.
  const attached = await iam.attachRolePolicy(attachment);
  if (!attached.ok) return attached;
  audit.requestId(attached.value.requestId);
  audit.after({ policyArn: attachment.policyArn });
  return ok({ kind: 'made' });
}

function isTrusting(trustPolicy: string, { accountId }: Environment): boolean {
  const context = connectionContext({ extra: { 'aws:SourceAccount': accountId } });
  return judgeTrust(trustPolicy, PROVISIONING_SERVICE, context).kind === 'trusted';
}
