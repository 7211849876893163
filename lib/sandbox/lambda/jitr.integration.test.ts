/** Just-in-time registration by a deployed rule and function, with OpenSSL's certificates and mosquitto, as AWS's articles have it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeviceWorkshop, type MadeCa, type MadeDevice } from '@/lib/sandbox/mqtt/testing/device-workshop';
import { mosquittoPub } from '@/lib/sandbox/mqtt/testing/mosquitto';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import { makeExecutionRole, makeFunction } from './testing/function-code';

let sandbox: Sandbox;
let boto: Boto;
let workshop: DeviceWorkshop;
beforeAll(async () => {
  sandbox = await startSandbox();
  boto = new Boto(sandbox.api);
  workshop = await DeviceWorkshop.open();
  await makeExecutionRole(boto);
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await sandbox.close();
  await workshop[Symbol.asyncDispose]();
});

/** A CA that registers devices and leaves them PENDING_ACTIVATION. */
async function registerCa(subject: string): Promise<{ ca: MadeCa; caCertificateId: string }> {
  const ca = await workshop.makeCa({ subject, key: 'EC' });
  const { registrationCode } = await boto.ok('iot.get_registration_code');
  const { certificateId } = await boto.ok('iot.register_ca_certificate', {
    caCertificate: ca.pem,
    verificationCertificate: await workshop.makeProof(ca, String(registrationCode)),
    setAsActive: true,
    allowAutoRegistration: true,
  });
  return { ca, caCertificateId: String(certificateId) };
}

/** The rule, its function, and the permission between them. */
async function deploy(
  name: string,
  { caCertificateId, functionArn }: { caCertificateId: string; functionArn: string },
) {
  await boto.ok('iot.create_topic_rule', {
    ruleName: name,
    topicRulePayload: {
      sql: `SELECT * FROM '$aws/events/certificates/registered/${caCertificateId}' WHERE certificateStatus = "PENDING_ACTIVATION"`,
      actions: [{ lambda: { functionArn } }],
    },
  });
  await boto.ok('lambda.add_permission', {
    FunctionName: functionArn,
    StatementId: name,
    Action: 'lambda:InvokeFunction',
    Principal: 'iot.amazonaws.com',
    SourceArn: `arn:aws:iot:us-east-2:123456789012:rule/${name}`,
    SourceAccount: '123456789012',
  });
}

const connect = (device: MadeDevice, certFile: string, clientId: string) =>
  mosquittoPub([
    ...['--cafile', sandbox.caFile, '--cert', certFile, '--key', device.keyFile],
    ...['-h', sandbox.mqtt.host, '-p', String(sandbox.mqtt.port), '-q', '1', '-i', clientId],
    ...['-t', `${clientId}/test`, '-m', 'Hello'],
  ]);

const statusOf = (device: MadeDevice) =>
  sandbox.state.region('us-east-2').certificates.get(device.id)?.status;

const explained = (code: string, device: MadeDevice) =>
  sandbox.state.explanations
    .after(0)
    .filter((event) => event.code === code && event.certificateId === device.id)
    .map(({ message }) => message);

const settled = { timeout: 30_000, interval: 50 };

/** As AWS's article does it: everything to everybody, and nothing that minds a repetition. */
const PYTHON = `import boto3
import json

def lambda_handler(event, context):
    client = boto3.client('iot')
    certificate_id = event['certificateId']
    client.update_certificate(certificateId=certificate_id, newStatus='ACTIVE')
    arn = client.describe_certificate(certificateId=certificate_id)['certificateDescription']['certificateArn']
    policy_name = '%s-policy' % certificate_id
    policy = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}]}
    client.create_policy(policyName=policy_name, policyDocument=json.dumps(policy))
    client.attach_principal_policy(policyName=policy_name, principal=arn)
    print('activated', certificate_id)
`;

/** The better one: a thing as well, and no harm in a repetition. */
const NODE = `
import { AttachPolicyCommand, AttachThingPrincipalCommand, CreatePolicyCommand, CreateThingCommand, DescribeCertificateCommand, IoTClient, UpdateCertificateCommand } from '@aws-sdk/client-iot';
import { X509Certificate } from 'node:crypto';

const iot = new IoTClient({});
export async function handler({ certificateId }) {
  const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId }));
  const { subject } = new X509Certificate(certificateDescription.certificatePem);
  const thingName = /CN=(.*)/.exec(subject)[1];
  await iot.send(new CreateThingCommand({ thingName }));
  const principal = certificateDescription.certificateArn;
  await iot.send(new AttachThingPrincipalCommand({ thingName, principal }));
  const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }] });
  await iot.send(new CreatePolicyCommand({ policyName: 'devices', policyDocument })).catch((error) => {
    if (error.name !== 'ResourceAlreadyExistsException') throw error;
  });
  await iot.send(new AttachPolicyCommand({ policyName: 'devices', target: principal }));
  await iot.send(new UpdateCertificateCommand({ certificateId, newStatus: 'ACTIVE' }));
  return { thingName };
}
`;

describe('the published rule with a Python handler', () => {
  behaviour(
    'Just-in-time registration: a rule on the registered event invokes a Lambda function, which activates the device for its next connection',
    { known: 'documented', source: 'guide, "Register a client certificate when the client connects"' },
    async () => {
      const { ca, caCertificateId } = await registerCa('/O=Article');
      const functionArn = await makeFunction(boto, {
        name: 'jitr_python',
        files: { 'lambda_function.py': PYTHON },
        runtime: 'python3.9',
        handler: 'lambda_function.lambda_handler',
        Timeout: 30,
      });
      await deploy('jitr_python', { caCertificateId, functionArn });
      const device = await workshop.makeDevice(ca, { subject: '/CN=pump-1', key: 'EC' });

      const first = await connect(device, device.chainFile, 'pump-1');
      expect(first.code).not.toBe(0);
      await expect.poll(() => statusOf(device), settled).toBe('ACTIVE');
      const region = sandbox.state.region('us-east-2');
      const attached = () => [...region.policyAttachments.leftsOf(region.certificateArn(device.id)).keys()];
      await expect.poll(attached, settled).toEqual([`${device.id}-policy`]);
      expect(explained('rule-action-executed', device)).toHaveLength(1);
      await expect
        .poll(() => explained('lambda-log', device), settled)
        .toEqual([`The function jitr_python printed: activated ${device.id}\n`]);

      const second = await connect(device, device.certFile, 'pump-1');
      expect(second.code).toBe(0);
      expect(second.output).toContain('received PUBACK');
    },
  );

  it('fails when the event repeats, and says why', async () => {
    const { ca, caCertificateId } = await registerCa('/O=Repeated');
    const functionArn = 'arn:aws:lambda:us-east-2:123456789012:function:jitr_python';
    await deploy('jitr_repeated', { caCertificateId, functionArn });
    const device = await workshop.makeDevice(ca, { subject: '/CN=pump-2', key: 'EC' });
    await boto.ok('iot.create_policy', {
      policyName: `${device.id}-policy`,
      policyDocument:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}',
    });
    await connect(device, device.chainFile, 'pump-2');
    const given = () => explained('lambda-given-up', device)[0];
    await expect.poll(given, settled).toContain('ResourceAlreadyExistsException');
  });
});

describe('the published rule with a Node.js handler', () => {
  it('activates three devices at once, with their things and one policy', async () => {
    const { ca, caCertificateId } = await registerCa('/O=Fleet');
    const functionArn = await makeFunction(boto, {
      name: 'jitr_node',
      files: { 'index.mjs': NODE },
      Timeout: 30,
    });
    await deploy('jitr_node', { caCertificateId, functionArn });
    const devices = await Promise.all(
      ['valve-1', 'valve-2', 'valve-3'].map((name) =>
        workshop.makeDevice(ca, { subject: `/CN=${name}`, key: 'EC' }),
      ),
    );
    await Promise.all(devices.map((device, at) => connect(device, device.chainFile, `valve-${at + 1}`)));
    for (const device of devices) await expect.poll(() => statusOf(device), settled).toBe('ACTIVE');
    const second = await Promise.all(
      devices.map((device, at) => connect(device, device.certFile, `valve-${at + 1}`)),
    );
    expect(second.map(({ code }) => code)).toEqual([0, 0, 0]);
    const { things } = await boto.ok('iot.list_principal_things', {
      principal: `arn:aws:iot:us-east-2:123456789012:cert/${devices[0]?.id}`,
    });
    expect(things).toEqual(['valve-1']);
  });
});

describe('a device that stays out', () => {
  behaviour(
    'Just-in-time registration: without a permission for its rule the function is not invoked, and the certificate stays PENDING_ACTIVATION',
    { known: 'documented', source: 'guide, "Lambda rule action"' },
    async () => {
      const { ca, caCertificateId } = await registerCa('/O=Forgotten');
      const functionArn = await makeFunction(boto, { name: 'jitr_closed', files: { 'index.mjs': NODE } });
      await boto.ok('iot.create_topic_rule', {
        ruleName: 'jitr_closed',
        topicRulePayload: {
          sql: `SELECT * FROM '$aws/events/certificates/registered/${caCertificateId}'`,
          actions: [{ lambda: { functionArn } }],
        },
      });
      const device = await workshop.makeDevice(ca, { subject: '/CN=pump-3', key: 'EC' });
      await connect(device, device.chainFile, 'pump-3');
      await expect.poll(() => explained('rule-action-failed', device), settled).toHaveLength(1);
      expect(explained('rule-action-failed', device)[0]).toContain('lambda add-permission');
      expect(statusOf(device)).toBe('PENDING_ACTIVATION');
    },
  );
});
