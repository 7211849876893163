import 'server-only';
import type { z } from 'zod';
import { caDifferences } from '@/components/ca-wizard/compare-registration';
import type { CaPresence } from '@/components/ca-wizard/wizard-port';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { Failure, FieldFault } from '@/lib/failure';
import { checkCa } from '@/lib/pki/check-ca';
import { inspectCertificate } from '@/lib/pki/inspect-certificate';
import { findIssuers } from '@/lib/pki/issuer-chain';
import { checkOnAttach } from '@/lib/provisioning/check-on-attach';
import type { RegistrationConfig } from '@/lib/registry/certificate-authority';
import { fail, ok, type Result } from '@/lib/result';
import type { registration } from './schemas';

export type CheckedRegistration = Omit<z.output<typeof registration>, 'registrationConfig'> & {
  registrationConfig: RegistrationConfig | undefined;
};

/** The input once the engines have looked at certificate and template. */
export async function readRegistration(
  input: z.output<typeof registration>,
  now: Date,
): Promise<Result<CheckedRegistration, Failure>> {
  const fields: Record<string, FieldFault[]> = {};
  const certificate = await certificateFaults(input, now);
  if (certificate.length > 0) fields['certificatePem'] = certificate;
  const above = await findIssuers(input.certificatePem, input.issuerPems, { crypto, now });
  if (!above.ok || above.value.issuers.length < input.issuerPems.length) {
    fields['issuerPems'] = [{ code: 'not-above-ca' }];
  }
  const { registrationConfig } = input;
  if (registrationConfig?.kind === 'inline') {
    const { refusals } = checkOnAttach(registrationConfig.templateBody, registrationConfig.roleArn);
    if (refusals.length > 0) {
      fields['templateBody'] = refusals.map(({ code, params }) => ({ code, params }));
    }
  }
  if (Object.keys(fields).length > 0) return fail({ kind: 'invalid-input', fields });
  return ok({ ...input, registrationConfig });
}

async function certificateFaults(
  { certificatePem, caId }: { certificatePem: string; caId: string },
  now: Date,
): Promise<FieldFault[]> {
  const facts = await inspectCertificate(certificatePem, crypto);
  if (!facts.ok) return [{ code: facts.failure.kind }];
  // The audit log names the CA by the id that was sent: it has to be the certificate's.
  if (facts.value.certificateId !== caId) return [{ code: 'certificate-id-differs' }];
  const checked = checkCa(certificatePem, now);
  if (!checked.ok) return [{ code: checked.failure.kind }];
  return checked.value.filter(({ severity }) => severity === 'error').map(({ kind }) => ({ code: kind }));
}

/** Whether the CA is registered, and with the settings that are wanted. */
export async function findRegistered(
  iot: IotGateway,
  wanted: CheckedRegistration,
): Promise<Result<CaPresence, Failure>> {
  const registered = await iot.describeCaCertificate(wanted.caId);
  if (!registered.ok) {
    return registered.failure.kind === 'not-found' ? ok({ kind: 'absent' }) : registered;
  }
  const differences = caDifferences(wanted, registered.value);
  return ok(differences.length === 0 ? { kind: 'was-there' } : { kind: 'differs', differences });
}
