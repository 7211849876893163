import 'server-only';
import type { ActionAudit } from '@/lib/actions/run-action';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { Failure } from '@/lib/failure';
import type { SettableStatus } from '@/lib/registry/device-certificate';
import type { Receipt } from '@/lib/registry/receipt';
import type { Result } from '@/lib/result';

/** Sets the status and leaves before, after and the request id in the audit log. */
export async function changeStatus(
  iot: IotGateway,
  certificateId: string,
  status: SettableStatus,
  audit: ActionAudit,
): Promise<Result<Receipt, Failure>> {
  const described = await iot.describeCertificate(certificateId);
  if (!described.ok) return described;
  audit.before({ status: described.value.status });
  const updated = await iot.updateCertificate(certificateId, status);
  if (updated.ok) {
    audit.requestId(updated.value.requestId);
    audit.after({ status });
  }
  return updated;
}
