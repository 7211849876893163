import 'server-only';
import type { RoleOption } from '@/components/ca/ca-actions-props';
import { iamFor } from '@/lib/aws/iam-gateway';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { connectionContext } from '@/lib/policy/policy-context';
import { judgeTrust } from '@/lib/policy/trust-policy';
import { PAGE_SIZE_MAX } from '@/lib/registry/page';
import { PROVISIONING_SERVICE } from '@/lib/registry/provisioning-role';
import { ok, type Result } from '@/lib/result';

/** The first roles of the account that AWS IoT may assume; any other can be typed. */
export async function readRoles(environment: Environment): Promise<Result<RoleOption[], Failure>> {
  const roles = await iamFor(environment).listRoles({ pageSize: PAGE_SIZE_MAX, token: undefined });
  if (!roles.ok) return roles;
  const context = connectionContext({ extra: { 'aws:SourceAccount': environment.accountId } });
  return ok(
    roles.value.items
      .filter(({ trustPolicy }) => judgeTrust(trustPolicy, PROVISIONING_SERVICE, context).kind === 'trusted')
      .map(({ name, arn }) => ({ name, arn })),
  );
}
