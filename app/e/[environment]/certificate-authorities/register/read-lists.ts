import 'server-only';
import type { Listed, RoleOption } from '@/components/ca-wizard/wizard-port';
import { collect } from '@/lib/aws/collect';
import { iamFor } from '@/lib/aws/iam-gateway';
import { iotFor } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import { connectionContext } from '@/lib/policy/policy-context';
import { judgeTrust } from '@/lib/policy/trust-policy';
import { PAGE_SIZE_MAX } from '@/lib/registry/page';
import { PROVISIONING_SERVICE } from '@/lib/registry/provisioning-role';
import { ok } from '@/lib/result';

/** A list to choose from is no longer one beyond this; four calls at most. Any other name can be typed. */
const CHOICES_MAX = 1000;

/** The account's roles, those first that AWS IoT may assume. */
export async function readRoles(environment: Environment): Promise<Listed<RoleOption>> {
  const iam = iamFor(environment);
  const roles = await collect((token) => iam.listRoles({ pageSize: PAGE_SIZE_MAX, token }), CHOICES_MAX);
  if (!roles.ok) return roles;
  const context = connectionContext({ extra: { 'aws:SourceAccount': environment.accountId } });
  const items = roles.value.map(({ name, arn, trustPolicy }) => ({
    name,
    arn,
    trustsIot: judgeTrust(trustPolicy, PROVISIONING_SERVICE, context).kind === 'trusted',
  }));
  items.sort((one, other) => Number(other.trustsIot) - Number(one.trustsIot));
  return ok({ items, isWhole: items.length < CHOICES_MAX });
}

/** The names of the Region's IoT policies. */
export async function readPolicyNames(environment: Environment): Promise<Listed<string>> {
  const iot = iotFor(environment);
  const policies = await collect(
    (token) => iot.listPolicies({ pageSize: PAGE_SIZE_MAX, token }),
    CHOICES_MAX,
  );
  if (!policies.ok) return policies;
  return ok({ items: policies.value.map(({ name }) => name), isWhole: policies.value.length < CHOICES_MAX });
}
