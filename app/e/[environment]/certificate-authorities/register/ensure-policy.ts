import 'server-only';
import { isSameJson } from '@/components/ca-wizard/compare-registration';
import type { ActionAudit } from '@/lib/actions/run-action';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { Failure } from '@/lib/failure';
import { ok, type Result } from '@/lib/result';

/** Creates an IoT policy unless one of that name is there; one with another document is left alone. */
export async function ensurePolicy(
  iot: IotGateway,
  policy: { name: string; document: string },
  audit: ActionAudit,
): Promise<Result<{ kind: 'made' | 'was-there' | 'differs' }, Failure>> {
  const found = await iot.getPolicy(policy.name);
  if (found.ok) {
    return ok({ kind: isSameJson(found.value.document, policy.document) ? 'was-there' : 'differs' });
  }
  if (found.failure.kind !== 'not-found') return found;
  const created = await iot.createPolicy(policy);
  if (!created.ok) return created;
  audit.requestId(created.value.requestId);
  audit.after({ arn: created.value.arn, document: policy.document });
  return ok({ kind: 'made' });
}
