/**
 * Puts an edited template on a CA, in place of what is there.
 * @module
 */
import 'server-only';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { Failure } from '@/lib/failure';
import { isSameRegistrationConfig, type RegistrationConfig } from '@/lib/registry/certificate-authority';
import type { Receipt } from '@/lib/registry/receipt';
import { fail, type Result } from '@/lib/result';
import type { ChangeAudit } from './change-audit';

/** `from`: what the person has seen on the CA; undefined for none. */
export type TemplateAttachment = {
  caId: string;
  from: RegistrationConfig | undefined;
  to: RegistrationConfig;
};

/** Switches auto-registration on as well. Refused when the CA has neither config by now: somebody else has changed it meanwhile. */
export async function attachTemplate(
  iot: IotGateway,
  { caId, from, to }: TemplateAttachment,
  audit: ChangeAudit,
): Promise<Result<Receipt, Failure>> {
  const described = await iot.describeCaCertificate(caId);
  if (!described.ok) return described;
  const { autoRegistration, registrationConfig: present } = described.value;
  audit.before({ autoRegistration, registrationConfig: present });
  if (!isSameRegistrationConfig(present, from) && !isSameRegistrationConfig(present, to)) {
    return fail({ kind: 'conflict', reason: 'ca-template-changed' });
  }
  const updated = await iot.updateCaCertificate(caId, {
    status: undefined,
    autoRegistration: true,
    registrationConfig: to,
  });
  if (!updated.ok) return updated;
  audit.requestId(updated.value.requestId);
  audit.after({ autoRegistration: true, registrationConfig: to });
  return updated;
}
