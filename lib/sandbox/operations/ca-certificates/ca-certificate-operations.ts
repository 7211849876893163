import type { Operations } from '@/lib/sandbox/operations/operation';
import * as cas from './ca-certificates';
import { registerCaCertificate } from './register-ca-certificate';
import { deleteRegistrationCode, getRegistrationCode } from './registration-code';

export const caCertificateOperations = {
  GetRegistrationCode: getRegistrationCode,
  DeleteRegistrationCode: deleteRegistrationCode,
  RegisterCACertificate: registerCaCertificate,
  DescribeCACertificate: cas.describeCaCertificate,
  ListCACertificates: cas.listCaCertificates,
  UpdateCACertificate: cas.updateCaCertificate,
  DeleteCACertificate: cas.deleteCaCertificate,
} satisfies Operations;
