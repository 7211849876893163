import type { Operations } from '@/lib/sandbox/operations/operation';
import * as certificates from './certificates';
import { registerCertificate, registerCertificateWithoutCa } from './register-certificate';

export const certificateOperations = {
  ListCertificatesByCA: certificates.listCertificatesByCa,
  RegisterCertificate: registerCertificate,
  RegisterCertificateWithoutCA: registerCertificateWithoutCa,
  DescribeCertificate: certificates.describeCertificate,
  ListCertificates: certificates.listCertificates,
  UpdateCertificate: certificates.updateCertificate,
  DeleteCertificate: certificates.deleteCertificate,
} satisfies Operations;
