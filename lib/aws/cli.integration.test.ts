import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CreateThingCommand, RegisterCertificateCommand } from '@aws-sdk/client-iot';
import { expect, it, vi } from 'vitest';
import { PROVISIONING_TRUST_POLICY } from '@/lib/provisioning/provisioning-role';
import { type AwsChange, cliFor } from '@/lib/registry/cli';
import { startSandbox } from '@/lib/sandbox/start-sandbox';
import { CertificateMaker } from '@/lib/sandbox/testing/certificate-maker';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { iamFor } from './iam-gateway';
import { iotFor } from './iot-gateway';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from './testing/sandbox-environment';

const run = promisify(execFile);

const first = { pageSize: 25, token: undefined };

it('every command of "View as CLI", run by sh and the AWS CLI, does what it stands for', async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  await using sandbox = await startSandbox();
  await using make = await CertificateMaker.open();
  const environment = sandboxEnvironment(sandbox);
  const iot = iotFor(environment);
  const sdk = clientsFor(sandbox.api, environment.region).iot;
  const aws = async (change: AwsChange) => {
    const env = { ...process.env, ...SANDBOX_CREDENTIALS, HOME: make.directory };
    return (await run('sh', ['-c', cliFor(change, environment)], { cwd: make.directory, env })).stdout;
  };

  const ca = await make.ca({ subject: '/O=CLI TESTING ONLY' });
  const { registrationCode } = JSON.parse(await aws({ kind: 'get-registration-code' }));
  const verification = await make.leaf(ca, { subject: `/CN=${registrationCode}` });
  await aws({
    kind: 'register-ca-certificate',
    caCertificateFile: ca.certFile,
    verificationCertificateFile: verification.certFile,
    setAsActive: true,
    autoRegistration: true,
    registrationConfig: undefined,
  });
  const templateBody = JSON.stringify({
    Parameters: { 'AWS::IoT::Certificate::Id': { Type: 'String', Default: "it's $HOME" } },
    Resources: {
      certificate: {
        Type: 'AWS::IoT::Certificate',
        Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE' },
      },
    },
  });
  const registrationConfig = {
    kind: 'inline',
    templateBody,
    roleArn: 'arn:aws:iam::123456789012:role/JITPRole',
  } as const;
  await aws({ kind: 'update-ca-certificate', caId: ca.id, registrationConfig });
  expect(await iot.describeCaCertificate(ca.id)).toMatchObject({
    value: { status: 'ACTIVE', autoRegistration: true, registrationConfig },
  });

  const templateName = 'Cli_1';
  const { roleArn } = registrationConfig;
  const trustPolicy = PROVISIONING_TRUST_POLICY;
  await aws({ kind: 'create-role', roleName: 'JITPRole', description: 'provisions', trustPolicy });
  await aws({
    kind: 'create-provisioning-template',
    templateName,
    description: "it's 4",
    templateBody,
    roleArn,
    isEnabled: true,
  });
  await aws({ kind: 'create-provisioning-template-version', templateName, templateBody, isDefault: true });
  await aws({ kind: 'update-provisioning-template', templateName, isEnabled: false, defaultVersionId: 1 });
  expect(await iot.describeProvisioningTemplate(templateName)).toMatchObject({
    value: { type: 'JITP', isEnabled: false, description: "it's 4", defaultVersionId: 1, templateBody },
  });
  await aws({ kind: 'delete-provisioning-template-version', templateName, versionId: 2 });
  await aws({ kind: 'delete-provisioning-template', templateName });
  expect(await iot.describeProvisioningTemplate(templateName)).toMatchObject({ ok: false });

  const leaf = await make.leaf(ca, { subject: '/CN=cli' });
  await sdk.send(
    new RegisterCertificateCommand({ certificatePem: leaf.pem, caCertificatePem: ca.pem, status: 'ACTIVE' }),
  );
  await sdk.send(new CreateThingCommand({ thingName: 'cli:1' }));
  const arn = `arn:aws:iot:${environment.region}:${environment.accountId}:cert/${leaf.id}`;
  const document =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';
  await aws({ kind: 'create-policy', policyName: 'cli+1', document });
  await aws({ kind: 'attach-policy', policyName: 'cli+1', targetArn: arn });
  await aws({ kind: 'attach-thing-principal', thingName: 'cli:1', principalArn: arn });
  expect(await iot.listAttachedPolicies(arn, first)).toMatchObject({ value: { items: [{ name: 'cli+1' }] } });
  expect(await iot.listPrincipalThings(arn, first)).toMatchObject({ value: { items: ['cli:1'] } });

  await aws({ kind: 'update-certificate', certificateId: leaf.id, status: 'INACTIVE' });
  await aws({ kind: 'detach-thing-principal', thingName: 'cli:1', principalArn: arn });
  await aws({ kind: 'detach-policy', policyName: 'cli+1', targetArn: arn });
  await aws({ kind: 'delete-certificate', certificateId: leaf.id });
  await aws({ kind: 'delete-policy', policyName: 'cli+1' });
  await aws({ kind: 'delete-thing', thingName: 'cli:1' });
  await aws({
    kind: 'update-ca-certificate',
    caId: ca.id,
    status: 'INACTIVE',
    autoRegistration: false,
    registrationConfig: 'remove',
  });
  expect(await iot.describeCaCertificate(ca.id)).toMatchObject({
    value: { status: 'INACTIVE', autoRegistration: false, registrationConfig: undefined },
  });
  await aws({ kind: 'delete-ca-certificate', caId: ca.id });
  for (const gone of [
    await iot.describeCaCertificate(ca.id),
    await iot.describeCertificate(leaf.id),
    await iot.getPolicy('cli+1'),
    await iot.describeThing('cli:1'),
  ]) {
    expect(gone).toMatchObject({ failure: { kind: 'not-found' } });
  }

  await aws({ kind: 'create-role', roleName: 'Cli', description: "AWS IoT's own", trustPolicy });
  const policyArn = 'arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration';
  await aws({ kind: 'attach-role-policy', roleName: 'Cli', policyArn });
  const iam = iamFor(environment);
  expect(await iam.getRole('Cli')).toMatchObject({ value: { trustPolicy, description: "AWS IoT's own" } });
  expect(await iam.rolePolicyDocuments('Cli')).toMatchObject({
    value: [{ kind: 'managed', arn: policyArn }],
  });
  vi.unstubAllEnvs();
});
