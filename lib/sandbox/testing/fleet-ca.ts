import { AttachRolePolicyCommand, CreateRoleCommand } from '@aws-sdk/client-iam';
import { GetRegistrationCodeCommand, RegisterCACertificateCommand } from '@aws-sdk/client-iot';
import type { CertificateMint, MintedCa } from './certificate-mint';
import { clientsFor } from './clients';

const ROLE_NAME = 'FleetProvisioning';
const MANAGED_POLICY = 'arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration';
const TRUST =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"iot.amazonaws.com"},"Action":"sts:AssumeRole"}]}';
const POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';

/** A thing named by the common name, an active certificate, and a policy. */
const TEMPLATE = {
  Parameters: {
    'AWS::IoT::Certificate::CommonName': { Type: 'String' },
    'AWS::IoT::Certificate::Id': { Type: 'String' },
  },
  Resources: {
    thing: {
      Type: 'AWS::IoT::Thing',
      Properties: {
        ThingName: { Ref: 'AWS::IoT::Certificate::CommonName' },
        AttributePayload: { made: 'jitp' },
      },
    },
    certificate: {
      Type: 'AWS::IoT::Certificate',
      Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE' },
    },
    policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyDocument: POLICY } },
  },
};

/** How {@link registerFleetCa} registers, whatever the CA; its role is of {@link makeFleetRole}. */
export const FLEET_REGISTRATION = {
  setAsActive: true,
  allowAutoRegistration: true,
  registrationConfig: {
    roleArn: `arn:aws:iam::123456789012:role/${ROLE_NAME}`,
    templateBody: JSON.stringify(TEMPLATE),
  },
};

/** Makes the provisioning role of {@link registerFleetCa}; once per sandbox. */
export async function makeFleetRole(api: string): Promise<void> {
  const { iam } = clientsFor(api);
  await iam.send(new CreateRoleCommand({ RoleName: ROLE_NAME, AssumeRolePolicyDocument: TRUST }));
  await iam.send(new AttachRolePolicyCommand({ RoleName: ROLE_NAME, PolicyArn: MANAGED_POLICY }));
}

/** Registers a CA whose devices are provisioned when they first connect. */
export async function registerFleetCa(api: string, ca: MintedCa, mint: CertificateMint): Promise<void> {
  const { iot } = clientsFor(api);
  const { registrationCode = '' } = await iot.send(new GetRegistrationCodeCommand({}));
  await iot.send(
    new RegisterCACertificateCommand({
      caCertificate: ca.pem,
      verificationCertificate: mint.device(ca, registrationCode).pem,
      ...FLEET_REGISTRATION,
    }),
  );
}
