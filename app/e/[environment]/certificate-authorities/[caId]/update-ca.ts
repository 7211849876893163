import 'server-only';
import type { ActionAudit } from '@/lib/actions/run-action';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { Failure } from '@/lib/failure';
import type { CaUpdate } from '@/lib/registry/ca-change';
import type { CaDetail } from '@/lib/registry/certificate-authority';
import type { Receipt } from '@/lib/registry/receipt';
import type { Result } from '@/lib/result';

/** Changes a CA, and leaves what it was, what it is and the request id in the audit log. */
export async function updateCa(
  iot: IotGateway,
  caId: string,
  { status, autoRegistration, registrationConfig }: Partial<CaUpdate>,
  audit: ActionAudit,
): Promise<Result<Receipt, Failure>> {
  const described = await iot.describeCaCertificate(caId);
  if (!described.ok) return described;
  const before = changeable(described.value);
  audit.before(before);
  const updated = await iot.updateCaCertificate(caId, { status, autoRegistration, registrationConfig });
  if (updated.ok) {
    audit.requestId(updated.value.requestId);
    audit.after({
      status: status ?? before.status,
      autoRegistration: autoRegistration ?? before.autoRegistration,
      registrationConfig:
        registrationConfig === 'remove' ? undefined : (registrationConfig ?? before.registrationConfig),
    });
  }
  return updated;
}

const changeable = ({ status, autoRegistration, registrationConfig }: CaDetail) => ({
  status,
  autoRegistration,
  registrationConfig,
});
