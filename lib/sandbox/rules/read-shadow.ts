import { checkRole } from '@/lib/sandbox/iam/provisioning-role';
import { getShadow } from '@/lib/sandbox/operations/shadows/shadow-requests';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { parsePayload, type SqlValue } from './sql/value';

/**
 * What `get_thing_shadow` answers: the shadow, if there is one and the role may read it.
 * Developer Guide, "get_thing_shadow(thingName, shadowName, roleARN)".
 */
export function readShadow(
  { sandbox, now, regionName }: { sandbox: SandboxState; now: () => Date; regionName: string },
  { thingName, shadowName, roleArn }: { thingName: string; shadowName: string | undefined; roleArn: string },
): SqlValue {
  const region = sandbox.region(regionName);
  const role = checkRole(sandbox, roleArn);
  const resource = `${region.thingArn(thingName)}${shadowName === undefined ? '' : `/${shadowName}`}`;
  if (role.kind !== 'ok' || !role.allows('iot:GetThingShadow', resource)) return undefined;
  const scope = { sandbox, region, accountId: sandbox.accountId, now };
  const shadow = getShadow(scope, { thingName, shadowName: shadowName ?? '' });
  if (!shadow.ok) return undefined;
  return parsePayload(new TextEncoder().encode(JSON.stringify(shadow.value.document))).value;
}
