import 'server-only';
import type { EditedPolicy } from '@/components/policy-editor/policy-form';
import { iotFor } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import type { PolicyVersion } from '@/lib/registry/iot-policy';
import { prettyJson } from '@/lib/registry/pretty-json';
import { ok, type Result } from '@/lib/result';

/** AWS IoT quota "Policy versions per policy". */
const VERSIONS_MAX = 5;

/** The version in force, and which one would have to make room for another. */
export async function readEditedPolicy(
  environment: Environment,
  name: string,
): Promise<Result<EditedPolicy, Failure>> {
  const iot = iotFor(environment);
  const [policy, versions] = await Promise.all([iot.getPolicy(name), iot.listPolicyVersions(name)]);
  if (!policy.ok) return policy;
  if (!versions.ok) return versions;
  const { document, defaultVersionId } = policy.value;
  const oldest = versions.value.length < VERSIONS_MAX ? undefined : oldestUnused(versions.value);
  return ok({
    name,
    document: prettyJson(document),
    versionId: defaultVersionId,
    replaced: oldest && {
      versionId: oldest.versionId,
      createdAt: oldest.createdAt?.toISOString(),
    },
  });
}

/** Numbers are given in order, and never twice. */
function oldestUnused(versions: readonly PolicyVersion[]): PolicyVersion | undefined {
  return versions
    .filter(({ isDefault }) => !isDefault)
    .toSorted((one, other) => Number(one.versionId) - Number(other.versionId))[0];
}
