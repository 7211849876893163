import 'server-only';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { connectionContext } from '@/lib/policy/policy-context';
import { judgeTrust } from '@/lib/policy/trust-policy';
import { PAGE_SIZE_MAX } from '@/lib/registry/page';
import { PROVISIONING_SERVICE } from '@/lib/registry/provisioning-role';
import { ok, type Result } from '@/lib/result';
import { iamFor } from './iam-gateway';

/** The first roles of the account that AWS IoT may assume; any other can be typed. */
export async function readTrustedRoles(
  environment: Environment,
): Promise<Result<{ name: string; arn: string }[], Failure>> {
  const roles = await iamFor(environment).listRoles({ pageSize: PAGE_SIZE_MAX, token: undefined });
  if (!roles.ok) return roles;
  const context = connectionContext({ extra: { 'aws:SourceAccount': environment.accountId } });
  return ok(
    roles.value.items
      .filter(({ trustPolicy }) => judgeTrust(trustPolicy, PROVISIONING_SERVICE, context).kind === 'trusted')
      .map(({ name, arn }) => ({ name, arn })),
  );
}
