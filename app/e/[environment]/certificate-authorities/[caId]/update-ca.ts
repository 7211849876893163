import 'server-only';
import type { ActionAudit } from '@/lib/actions/run-action';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { Failure } from '@/lib/failure';
import type { CaUpdate } from '@/lib/registry/ca-change';
import type { CaDetail } from '@/lib/registry/certificate-authority';
import type { Receipt } from '@/lib/registry/receipt';
import { fail, type Result } from '@/lib/result';

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
  if (!updated.ok) return fail(aboutTemplate(updated.failure, registrationConfig));
  audit.requestId(updated.value.requestId);
  audit.after({
    status: status ?? before.status,
    autoRegistration: autoRegistration ?? before.autoRegistration,
    registrationConfig:
      registrationConfig === 'remove' ? undefined : (registrationConfig ?? before.registrationConfig),
  });
  return updated;
}

/** The CA was just seen, so what AWS does not find is the template that the config names. */
function aboutTemplate(failure: Failure, config: CaUpdate['registrationConfig']): Failure {
  if (failure.kind !== 'not-found' || typeof config !== 'object' || config.kind !== 'named') return failure;
  return { kind: 'not-found', resource: 'provisioning-template', id: config.templateName };
}

const changeable = ({ status, autoRegistration, registrationConfig }: CaDetail) => ({
  status,
  autoRegistration,
  registrationConfig,
});
