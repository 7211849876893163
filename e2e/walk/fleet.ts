/**
 * Something to see on every page: made with OpenSSL and the AWS SDK, as a fleet that was there before the console.
 * @module
 */
import { createHash, X509Certificate } from 'node:crypto';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateProvisioningTemplateCommand,
  CreateProvisioningTemplateVersionCommand,
  CreateThingCommand,
  GetRegistrationCodeCommand,
  IoTClient,
  RegisterCACertificateCommand,
  RegisterCertificateCommand,
} from '@aws-sdk/client-iot';
import { OpenSsl } from '@/lib/testing/openssl';

/** As long as AWS lets a thing name be: what a page does with it, it does with any. */
const LONG_THING_NAME = `press-line-4_${'x'.repeat(115)}`;

const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'iot:Connect',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: AWS IoT's own policy variable
      Resource: 'arn:aws:iot:us-east-1:123456789012:client/${iot:Connection.Thing.ThingName}',
    },
    { Effect: 'Allow', Action: ['iot:Publish', 'iot:Receive'], Resource: '*' },
  ],
});

const TEMPLATE = JSON.stringify({
  Parameters: {
    'AWS::IoT::Certificate::CommonName': { Type: 'String' },
    'AWS::IoT::Certificate::Country': { Type: 'String' },
    'AWS::IoT::Certificate::Id': { Type: 'String' },
  },
  Resources: {
    thing: {
      Type: 'AWS::IoT::Thing',
      Properties: { ThingName: { Ref: 'AWS::IoT::Certificate::CommonName' } },
    },
    certificate: {
      Type: 'AWS::IoT::Certificate',
      Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE' },
    },
    policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyDocument: POLICY } },
  },
});

/** The path parameters of the console's addresses, by name. */
export type Fleet = {
  caId: string;
  /** Registered and active. */
  certificateId: string;
  /** Signed by the CA and registered by nobody; only the ledger knows it. */
  unseenPem: string;
  unseenId: string;
  policyName: string;
  /** Of type JITP, with two versions. */
  templateName: string;
  thingName: string;
  longThingName: string;
  /** What the picture of relations is drawn of. */
  relationKind: string;
  relationName: string;
  /** Of no batch: only a person's browser makes one. */
  batch: string;
};

export async function makeFleet(api: string): Promise<Fleet> {
  const credentials = { accessKeyId: 'walk', secretAccessKey: 'walk' };
  const client = { endpoint: api, region: 'us-east-1', credentials };
  const iot = new IoTClient(client);
  using openSsl = new OpenSsl();
  const roleArn = await makeRole(new IAMClient(client));

  const caId = await registerCa(iot, openSsl, { name: 'factory', days: 3650, roleArn });
  await registerCa(iot, openSsl, { name: 'retiring', days: 20 });
  const templateName = 'Press_Fleet';
  await makeTemplate(iot, templateName, roleArn);
  const policyName = 'DevicePolicy';
  await iot.send(new CreatePolicyCommand({ policyName, policyDocument: POLICY }));
  await iot.send(new CreatePolicyVersionCommand({ policyName, policyDocument: POLICY, setAsDefault: true }));
  await iot.send(new CreatePolicyCommand({ policyName: 'Unused_Policy', policyDocument: POLICY }));

  const statuses = { 'press-1': 'ACTIVE', 'press-2': 'INACTIVE', 'press-3': 'REVOKED' } as const;
  const issued: string[] = [];
  for (const [name, status] of Object.entries(statuses)) {
    const certificatePem = sign(openSsl, name);
    const caCertificatePem = openSsl.read('factory.pem');
    const made = await iot.send(new RegisterCertificateCommand({ certificatePem, caCertificatePem, status }));
    const principal = made.certificateArn ?? '';
    await iot.send(
      new CreateThingCommand({
        thingName: name,
        attributePayload: { attributes: { line: '4', site: 'Pune' } },
      }),
    );
    await iot.send(new AttachThingPrincipalCommand({ thingName: name, principal }));
    await iot.send(new AttachPolicyCommand({ policyName, target: principal }));
    issued.push(made.certificateId ?? '');
  }
  await iot.send(new CreateThingCommand({ thingName: LONG_THING_NAME }));

  const [certificateId = ''] = issued;
  const unseenPem = sign(openSsl, 'press-5');
  return {
    caId,
    certificateId,
    unseenPem,
    unseenId: createHash('sha256').update(new X509Certificate(unseenPem).raw).digest('hex'),
    policyName,
    templateName,
    thingName: 'press-1',
    longThingName: LONG_THING_NAME,
    relationKind: 'thing',
    relationName: 'press-1',
    batch: '5f1c0c0e-7d5b-4c56-9a39-0d6d1f7b2c11',
  };
}

async function makeTemplate(
  iot: IoTClient,
  templateName: string,
  provisioningRoleArn: string,
): Promise<void> {
  await iot.send(
    new CreateProvisioningTemplateCommand({
      templateName,
      type: 'JITP',
      enabled: true,
      description: 'Presses of line 4',
      provisioningRoleArn,
      templateBody: TEMPLATE,
    }),
  );
  const templateBody = TEMPLATE.replace('"ThingName"', '"AttributePayload":{"site":"Pune"},"ThingName"');
  await iot.send(new CreateProvisioningTemplateVersionCommand({ templateName, templateBody }));
}

async function makeRole(iam: IAMClient): Promise<string> {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'iot.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  const made = await iam.send(
    new CreateRoleCommand({
      RoleName: 'JITPRole',
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    }),
  );
  return made.Role?.Arn ?? '';
}

type CaOptions = { name: string; days: number; roleArn?: string };

/** With proof of its key; with a role also with the template, active and registering by itself. */
async function registerCa(
  iot: IoTClient,
  openSsl: OpenSsl,
  { name, days, roleArn }: CaOptions,
): Promise<string> {
  const { registrationCode } = await iot.send(new GetRegistrationCodeCommand({}));
  openSsl.run(
    `req -x509 -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ${name}.key -out ${name}.pem -days ${days} -subj /C=IN/O=AMZ/CN=${name}-ca`,
  );
  openSsl.run(
    `req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout v.key -out v.csr -subj /CN=${registrationCode}`,
  );
  openSsl.run(`x509 -req -in v.csr -CA ${name}.pem -CAkey ${name}.key -CAcreateserial -out v.pem -days 2`);
  const registered = await iot.send(
    new RegisterCACertificateCommand({
      caCertificate: openSsl.read(`${name}.pem`),
      verificationCertificate: openSsl.read('v.pem'),
      ...(roleArn === undefined
        ? {}
        : {
            setAsActive: true,
            allowAutoRegistration: true,
            registrationConfig: { roleArn, templateBody: TEMPLATE },
          }),
    }),
  );
  return registered.certificateId ?? '';
}

function sign(openSsl: OpenSsl, name: string): string {
  openSsl.run(
    `req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ${name}.key -out ${name}.csr -subj /C=IN/O=AMZ/CN=${name}`,
  );
  openSsl.run(
    `x509 -req -in ${name}.csr -CA factory.pem -CAkey factory.key -CAcreateserial -out ${name}.pem -days 365`,
  );
  return openSsl.read(`${name}.pem`);
}
