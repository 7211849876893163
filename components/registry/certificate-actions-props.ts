import type { CliTarget } from '@/lib/registry/aws-command';
import type { CertificateStatus } from '@/lib/registry/device-certificate';
import type { RegistryAction } from './registry-action';

type CertificateInput = { certificateId: string };

export type CertificateActionsProps = {
  environment: string;
  cliTarget: CliTarget;
  certificateId: string;
  certificateArn: string;
  status: CertificateStatus;
  /** CN of the subject or the id's beginning: what has to be typed. */
  shortName: string;
  thingNames: readonly string[];
  policyNames: readonly string[];
  /** More is attached than the two lists hold. */
  isPartial: boolean;
  mayUpdate: boolean;
  mayDelete: boolean;
  setCertificateStatus: RegistryAction<CertificateInput & { status: 'ACTIVE' | 'INACTIVE' }>;
  revokeCertificate: RegistryAction<CertificateInput>;
  detachThing: RegistryAction<CertificateInput & { thingName: string }>;
  detachPolicy: RegistryAction<CertificateInput & { policyName: string }>;
  deleteCertificate: RegistryAction<CertificateInput>;
};
