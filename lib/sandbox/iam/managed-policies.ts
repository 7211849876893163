import {
  THINGS_REGISTRATION_POLICY_ARN,
  THINGS_REGISTRATION_POLICY_DOCUMENT,
} from '@/lib/provisioning/provisioning-role';

export type ManagedPolicy = {
  arn: string;
  name: string;
  path: string;
  policyId: string;
  versionId: string;
  document: string;
  createdAt: Date;
};

/** The one AWS managed policy that provisioning roles carry. */
const THINGS_REGISTRATION: ManagedPolicy = {
  arn: THINGS_REGISTRATION_POLICY_ARN,
  name: 'AWSIoTThingsRegistration',
  path: '/service-role/',
  policyId: 'ANPASANDBOXTHINGSREGI',
  versionId: 'v3',
  document: THINGS_REGISTRATION_POLICY_DOCUMENT,
  createdAt: new Date('2017-12-01T20:21:52Z'),
};

export function managedPolicy(arn: string): ManagedPolicy | undefined {
  return arn === THINGS_REGISTRATION.arn ? THINGS_REGISTRATION : undefined;
}
