/**
 * Device certificates. AWS IoT API Reference: ListCertificates, DescribeCertificate, UpdateCertificate, DeleteCertificate,
 * RegisterCertificate, RegisterCertificateWithoutCA.
 * @module
 */
import 'server-only';
import {
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  type IoTClient,
  ListCertificatesCommand,
  RegisterCertificateCommand,
  RegisterCertificateWithoutCACommand,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import type { Caller } from '@/lib/aws/call';
import { orNotFound } from '@/lib/aws/or-not-found';
import { toReceipt } from '@/lib/aws/receipt';
import { required } from '@/lib/aws/required';
import type { Failure } from '@/lib/failure';
import type {
  CertificateDetail,
  CertificateSummary,
  SettableStatus,
} from '@/lib/registry/device-certificate';
import type { Page, PageRequest } from '@/lib/registry/page';
import type { Receipt } from '@/lib/registry/receipt';
import type { Result } from '@/lib/result';
import { toCertificateDetail, toCertificateSummary } from './to-certificate';

/** PEM; without the CA's the certificate is registered on its own, and its device has to send the server's name. */
export type CertificateRegistration = {
  certificatePem: string;
  caPem: string | undefined;
  status: 'ACTIVE' | 'INACTIVE';
};

export type CertificateOperations = {
  listCertificates(page: PageRequest): Promise<Result<Page<CertificateSummary>, Failure>>;
  describeCertificate(certificateId: string): Promise<Result<CertificateDetail, Failure>>;
  /** AWS refuses a certificate that it has already (409), whichever way it came. No event is published. */
  registerCertificate(registration: CertificateRegistration): Promise<Result<Receipt, Failure>>;
  updateCertificate(certificateId: string, status: SettableStatus): Promise<Result<Receipt, Failure>>;
  /** AWS refuses while it is ACTIVE (406) or attached to things or policies (409); we never force. */
  deleteCertificate(certificateId: string): Promise<Result<Receipt, Failure>>;
};

export function certificateOperations({ call }: Caller<IoTClient>): CertificateOperations {
  return {
    listCertificates: ({ pageSize, token }) =>
      call(
        'ListCertificates',
        (iot, options) => iot.send(new ListCertificatesCommand({ pageSize, marker: token }), options),
        ({ certificates, nextMarker }) => ({
          items: (certificates ?? []).map(toCertificateSummary),
          nextToken: nextMarker,
        }),
      ),

    async describeCertificate(certificateId) {
      const answer = await call(
        'DescribeCertificate',
        (iot, options) => iot.send(new DescribeCertificateCommand({ certificateId }), options),
        (output) => toCertificateDetail(required(output.certificateDescription, 'certificateDescription')),
      );
      return orNotFound(answer, 'certificate', certificateId);
    },

    registerCertificate: ({ certificatePem, caPem: caCertificatePem, status }) =>
      caCertificatePem === undefined
        ? call(
            'RegisterCertificateWithoutCA',
            (iot, options) =>
              iot.send(new RegisterCertificateWithoutCACommand({ certificatePem, status }), options),
            toReceipt,
          )
        : call(
            'RegisterCertificate',
            (iot, options) =>
              iot.send(new RegisterCertificateCommand({ certificatePem, caCertificatePem, status }), options),
            toReceipt,
          ),

    async updateCertificate(certificateId, status) {
      const answer = await call(
        'UpdateCertificate',
        (iot, options) =>
          iot.send(new UpdateCertificateCommand({ certificateId, newStatus: status }), options),
        toReceipt,
      );
      return orNotFound(answer, 'certificate', certificateId);
    },

    async deleteCertificate(certificateId) {
      const answer = await call(
        'DeleteCertificate',
        (iot, options) => iot.send(new DeleteCertificateCommand({ certificateId }), options),
        toReceipt,
      );
      return orNotFound(answer, 'certificate', certificateId);
    },
  };
}
