/**
 * Changing CA certificates. AWS IoT API Reference: RegisterCACertificate, UpdateCACertificate, DeleteCACertificate.
 * @module
 */
import 'server-only';
import {
  DeleteCACertificateCommand,
  type IoTClient,
  RegisterCACertificateCommand,
  UpdateCACertificateCommand,
} from '@aws-sdk/client-iot';
import type { Caller } from '@/lib/aws/call';
import { orNotFound } from '@/lib/aws/or-not-found';
import { toReceipt } from '@/lib/aws/receipt';
import { required } from '@/lib/aws/required';
import type { Failure } from '@/lib/failure';
import type { CaRegistration, CaUpdate } from '@/lib/registry/ca-change';
import type { Receipt } from '@/lib/registry/receipt';
import type { Result } from '@/lib/result';
import { fromRegistrationConfig } from './registration-config';

export type RegisteredCa = Receipt & { caId: string; arn: string };

export type CaCertificateChanges = {
  registerCaCertificate(registration: CaRegistration): Promise<Result<RegisteredCa, Failure>>;
  updateCaCertificate(caId: string, update: CaUpdate): Promise<Result<Receipt, Failure>>;
  /** AWS refuses while it is ACTIVE (406 CertificateStateException). */
  deleteCaCertificate(caId: string): Promise<Result<Receipt, Failure>>;
};

export function caCertificateChanges({ call }: Caller<IoTClient>): CaCertificateChanges {
  return {
    registerCaCertificate: ({ certificatePem, proof, setAsActive, autoRegistration, registrationConfig }) =>
      call(
        'RegisterCACertificate',
        (iot, options) =>
          iot.send(
            new RegisterCACertificateCommand({
              caCertificate: certificatePem,
              certificateMode: proof.mode,
              verificationCertificate: proof.mode === 'DEFAULT' ? proof.verificationPem : undefined,
              setAsActive,
              allowAutoRegistration: autoRegistration,
              registrationConfig: registrationConfig && fromRegistrationConfig(registrationConfig),
            }),
            options,
          ),
        (output) => ({
          ...toReceipt(output),
          caId: required(output.certificateId, 'certificateId'),
          arn: required(output.certificateArn, 'certificateArn'),
        }),
      ),

    async updateCaCertificate(caId, update) {
      const answer = await call(
        'UpdateCACertificate',
        (iot, options) =>
          iot.send(new UpdateCACertificateCommand({ certificateId: caId, ...fromUpdate(update) }), options),
        toReceipt,
      );
      return orNotFound(answer, 'ca-certificate', caId);
    },

    async deleteCaCertificate(caId) {
      const answer = await call(
        'DeleteCACertificate',
        (iot, options) => iot.send(new DeleteCACertificateCommand({ certificateId: caId }), options),
        toReceipt,
      );
      return orNotFound(answer, 'ca-certificate', caId);
    },
  };
}

function fromUpdate({ status, autoRegistration, registrationConfig }: CaUpdate) {
  return {
    newStatus: status,
    newAutoRegistrationStatus:
      autoRegistration === undefined
        ? undefined
        : autoRegistration
          ? ('ENABLE' as const)
          : ('DISABLE' as const),
    registrationConfig:
      registrationConfig === undefined || registrationConfig === 'remove'
        ? undefined
        : fromRegistrationConfig(registrationConfig),
    removeAutoRegistration: registrationConfig === 'remove' ? true : undefined,
  };
}
