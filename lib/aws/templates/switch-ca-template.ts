/**
 * Gives a CA the same template in the other way: by name instead of by text, or by text instead of by name.
 * @module
 */
import 'server-only';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { Failure } from '@/lib/failure';
import { isSameRegistrationConfig, type RegistrationConfig } from '@/lib/registry/certificate-authority';
import type { Receipt } from '@/lib/registry/receipt';
import { fail, ok, type Result } from '@/lib/result';
import type { ChangeAudit } from './change-audit';

export type TemplateSwitch = { caId: string; from: RegistrationConfig; to: RegistrationConfig };

/**
 * Replaces the CA's config in one call, so that the CA is at no moment without one. Refused when the CA has another config by now
 * than the person has seen, or the named template another text than the inline one that stands for it; a switch that is made
 * already is not made again.
 */
export async function switchCaConfig(
  iot: IotGateway,
  { caId, from, to }: TemplateSwitch,
  audit: ChangeAudit,
): Promise<Result<Receipt, Failure>> {
  const described = await iot.describeCaCertificate(caId);
  if (!described.ok) return described;
  const present = described.value.registrationConfig;
  audit.before({ registrationConfig: present });
  if (isSameRegistrationConfig(present, to)) return ok({ requestId: undefined });
  if (!isSameRegistrationConfig(present, from))
    return fail({ kind: 'conflict', reason: 'ca-template-changed' });

  const sameText = await standsFor(iot, from, to);
  if (!sameText.ok) return sameText;
  const updated = await iot.updateCaCertificate(caId, {
    status: undefined,
    autoRegistration: undefined,
    registrationConfig: to,
  });
  if (!updated.ok) return updated;
  audit.requestId(updated.value.requestId);
  audit.after({ registrationConfig: to });
  return updated;
}

/** Fails unless the named one of the two configs holds the text and the role of the inline one, and can be used by a CA. */
async function standsFor(
  iot: IotGateway,
  from: RegistrationConfig,
  to: RegistrationConfig,
): Promise<Result<undefined, Failure>> {
  const named = [from, to].find((config) => config.kind === 'named');
  const inline = [from, to].find((config) => config.kind === 'inline');
  if (named === undefined || inline === undefined) return ok(undefined);
  const template = await iot.describeProvisioningTemplate(named.templateName);
  if (!template.ok) return template;
  const { type, roleArn, templateBody } = template.value;
  if (type !== 'JITP') return fail({ kind: 'conflict', reason: 'template-not-jitp' });
  if (roleArn !== inline.roleArn || templateBody !== inline.templateBody) {
    return fail({ kind: 'conflict', reason: 'template-changed' });
  }
  return ok(undefined);
}
