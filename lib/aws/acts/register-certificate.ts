/**
 * Registers a device certificate that a person brings, and readies its device like one that is approved.
 * AWS IoT Developer Guide, "Register a client certificate manually".
 * @module
 */
import 'server-only';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import type { ActStep, AnyStepReport, RegistrationStep } from '@/lib/registry/act';
import type { Approval } from '@/lib/registry/approval';
import { ok } from '@/lib/result';
import type { ActReport } from './act-report';
import { approveCertificate } from './approve-certificate';

/** PEM; `caPem` undefined: registered on its own, without a CA. */
export type BroughtCertificate = { certificateId: string; certificatePem: string; caPem: string | undefined };

/**
 * Registers it as INACTIVE, and activates it as the last step of the approval, so that no device is in before its policy is there.
 * One that AWS has already is gone on with, so repeating finishes what failed.
 *
 * @param approval - undefined: it stays inactive, with nothing attached
 */
export async function registerCertificate(
  iot: IotGateway,
  place: Pick<Environment, 'region' | 'accountId'>,
  { certificateId, certificatePem, caPem }: BroughtCertificate,
  approval: Approval | undefined,
): Promise<ActReport<ActStep | RegistrationStep>> {
  const step = registrationStep(certificateId, caPem !== undefined);
  const registered = await iot.registerCertificate({ certificatePem, caPem, status: 'INACTIVE' });
  const isThere =
    !registered.ok &&
    registered.failure.kind === 'aws' &&
    registered.failure.name === 'ResourceAlreadyExistsException';
  const first: AnyStepReport = { step, state: registered.ok ? 'done' : isThere ? 'skipped' : 'failed' };
  if (!registered.ok && !isThere) {
    return { steps: [first], result: registered, before: undefined, requestId: undefined };
  }
  const requestId = registered.ok ? registered.value.requestId : undefined;
  if (approval === undefined) return { steps: [first], result: ok(undefined), before: undefined, requestId };
  const report = await approveCertificate(iot, place, approval, certificateId);
  return { ...report, steps: [first, ...report.steps], requestId: report.requestId ?? requestId };
}

/** As it is told and written as a command: the files are the person's own. */
export const registrationStep = (certificateId: string, hasCa: boolean): RegistrationStep => {
  const certificateFile = `${certificateId.slice(0, 8)}.pem`;
  return hasCa
    ? { kind: 'register-certificate', certificateFile, caCertificateFile: 'ca.pem', status: 'INACTIVE' }
    : { kind: 'register-certificate-without-ca', certificateFile, status: 'INACTIVE' };
};
