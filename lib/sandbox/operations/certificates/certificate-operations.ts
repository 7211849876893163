import type { Operations } from '@/lib/sandbox/operations/operation';
import * as certificates from './certificates';
import * as described from './describe-certificates';
import { createCertificateFromCsr, createKeysAndCertificate } from './issue-certificate';
import { registerCertificate, registerCertificateWithoutCa } from './register-certificate';
import * as transfers from './transfer-certificate';

export const certificateOperations = {
  ListCertificatesByCA: described.listCertificatesByCa,
  RegisterCertificate: registerCertificate,
  RegisterCertificateWithoutCA: registerCertificateWithoutCa,
  CreateKeysAndCertificate: createKeysAndCertificate,
  CreateCertificateFromCsr: createCertificateFromCsr,
  TransferCertificate: transfers.transferCertificate,
  AcceptCertificateTransfer: transfers.acceptCertificateTransfer,
  RejectCertificateTransfer: transfers.rejectCertificateTransfer,
  CancelCertificateTransfer: transfers.cancelCertificateTransfer,
  ListOutgoingCertificates: transfers.listOutgoingCertificates,
  DescribeCertificate: described.describeCertificate,
  ListCertificates: described.listCertificates,
  UpdateCertificate: certificates.updateCertificate,
  DeleteCertificate: certificates.deleteCertificate,
} satisfies Operations;
