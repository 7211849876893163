import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { HeardMessage } from '@/lib/sandbox/message-bus';
import { mosquittoPub } from '@/lib/sandbox/mqtt/testing/mosquitto';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import { CertificateMaker, type Made } from '@/lib/sandbox/testing/certificate-maker';

const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: ['iot:Publish', 'iot:Connect'], Resource: ['*/topic/line/1', '*/client/*'] },
    { Effect: 'Allow', Action: 'iot:Publish', Resource: '*/topic/$${iot:Connection.Thing.ThingName}' },
  ].map((statement) => ({ ...statement, Resource: [statement.Resource].flat().map(arn) })),
});
function arn(resource: string): string {
  return resource.replace('*/', 'arn:aws:iot:us-east-2:123456789012:').replace('$$', '$');
}

let sandbox: Sandbox;
let boto: Boto;
let maker: CertificateMaker;
let ca: Made;
let device: Made;
const heard: HeardMessage[] = [];

beforeAll(async () => {
  sandbox = await startSandbox();
  boto = new Boto(sandbox.api);
  maker = await CertificateMaker.open();
  ca = await maker.ca();
  device = await maker.leaf(ca);
  const certificate = { certificatePem: device.pem, status: 'ACTIVE' };
  const { certificateArn } = await boto.ok('iot.register_certificate_without_ca', certificate);
  await boto.ok('iot.create_policy', { policyName: 'line', policyDocument: POLICY });
  await boto.ok('iot.attach_policy', { policyName: 'line', target: certificateArn });
  sandbox.state.messageBus?.listen((message) => heard.push(message));
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await maker[Symbol.asyncDispose]();
  await sandbox.close();
});

type Post = {
  path: string;
  method?: string;
  made?: Made;
  port?: number;
  alpn?: string;
  headers?: Record<string, string>;
};

/** What a device with its certificate is answered. */
async function post({
  path,
  method = 'POST',
  made = device,
  port = sandbox.https.port,
  alpn,
  headers,
}: Post) {
  const [key, cert] = await Promise.all([readFile(made.keyFile), readFile(made.certFile)]);
  return new Promise<{ status: number; type: string | undefined; body: string }>((resolve, reject) => {
    const tls = { key, cert, ca: sandbox.caPem, ...(alpn ? { ALPNProtocols: [alpn] } : {}) };
    const sent = request(
      {
        host: 'localhost',
        servername: 'localhost',
        port,
        path,
        method,
        headers,
        agent: false,
        ...tls,
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => {
          body += text;
        });
        response.on('end', () => {
          const type = response.headers['x-amzn-errortype']?.toString();
          resolve({ status: response.statusCode ?? 0, type, body });
        });
      },
    );
    sent.on('error', reject).end(method === 'GET' ? undefined : 'Hello');
  });
}

/** The codes of what has been explained since. */
async function explainedBy(act: () => Promise<unknown>): Promise<string[]> {
  const before = sandbox.state.explanations.after(0).at(-1)?.sequence ?? 0;
  await act();
  return sandbox.state.explanations.after(before).map(({ code }) => code);
}

describe('HTTPS with a client certificate', () => {
  behaviour(
    'A device publishes over HTTPS at /topics/<topic> on port 8443, as far as its policies allow; the answer is {"message":"OK","traceId":…}',
    { known: 'documented', source: 'guide, "HTTPS"; the shape of the answer is inferred' },
    async () => {
      const answer = await post({ path: '/topics/line%2F1?qos=1' });
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.body)).toEqual({ message: 'OK', traceId: expect.any(String) });
      expect(heard.at(-1)).toMatchObject({ region: 'us-east-2', topic: 'line/1', qos: 1 });
      expect(Buffer.from(heard.at(-1)?.payload ?? []).toString()).toBe('Hello');
    },
  );

  behaviour(
    'A publish that the data plane refuses tells why, and never that it is OK',
    { known: 'documented', source: 'service model of the data plane; guide, "HTTPS"' },
    async () => {
      const before = heard.length;
      const answer = await post({ path: '/topics/line/1?qos=2' });
      expect(answer).toMatchObject({ status: 400, type: 'InvalidRequestException' });
      expect(JSON.parse(answer.body)).toEqual({ message: 'qos must be 0 or 1' });
      expect(heard).toHaveLength(before);
    },
  );

  behaviour(
    'Over HTTPS what a device’s policies do not allow is ForbiddenException 403, a retained message without iot:RetainPublish too',
    { known: 'documented', source: 'guide, "HTTPS"; service model' },
    async () => {
      for (const path of ['/topics/line/2', '/topics/line/1?retain=true', '/things/x/shadow']) {
        const codes = await explainedBy(async () => {
          expect(await post({ path })).toMatchObject({ status: 403, type: 'ForbiddenException' });
        });
        expect(codes).toEqual(['https-denied']);
      }
    },
  );

  behaviour(
    'Thing variables never resolve over HTTPS, unless the certificate is attached exclusively',
    { known: 'documented', source: 'guide, "Thing policy variables"' },
    async () => {
      await boto.ok('iot.create_thing', { thingName: 'press' });
      const principal = `arn:aws:iot:us-east-2:123456789012:cert/${device.id}`;
      await boto.ok('iot.attach_thing_principal', { thingName: 'press', principal });
      expect((await post({ path: '/topics/press' })).status).toBe(403);
      await boto.ok('iot.detach_thing_principal', { thingName: 'press', principal });
      const exclusively = { thingPrincipalType: 'EXCLUSIVE_THING' };
      await boto.ok('iot.attach_thing_principal', { thingName: 'press', principal, ...exclusively });
      expect((await post({ path: '/topics/press' })).status).toBe(200);
    },
  );

  behaviour(
    'HTTPS registers no certificate, also when its CA is open for just-in-time registration',
    { known: 'assumed', source: '' },
    async () => {
      const open = await maker.ca({ subject: '/CN=Open CA' });
      const { registrationCode } = await boto.ok('iot.get_registration_code');
      const proof = await maker.leaf(open, { subject: `/CN=${registrationCode}` });
      await boto.ok('iot.register_ca_certificate', {
        caCertificate: open.pem,
        verificationCertificate: proof.pem,
        setAsActive: true,
        allowAutoRegistration: true,
      });
      const stranger = await maker.leaf(open, { subject: '/CN=stranger' });
      const codes = await explainedBy(async () => {
        expect((await post({ path: '/topics/line/1', made: stranger })).status).toBe(403);
      });
      expect(codes).toEqual(['https-certificate-unknown']);
      const found = await boto.refusal('iot.describe_certificate', { certificateId: stranger.id });
      expect(found.name).toBe('ResourceNotFoundException');
    },
  );

  behaviour(
    'A device has no other operation than those of the data plane that policies can allow',
    { known: 'documented', source: 'guide, "AWS IoT Core policy actions"' },
    async () => {
      expect((await post({ path: '/keys-and-certificate' })).status).toBe(404);
    },
  );

  behaviour(
    'A device lists retained messages where a policy allows iot:ListRetainedMessages on every resource',
    { known: 'documented', source: 'guide, "Action resources"' },
    async () => {
      const list = () => post({ path: '/retainedMessage', method: 'GET' });
      expect(await list()).toMatchObject({ status: 403, type: 'ForbiddenException' });
      const statement = { Effect: 'Allow', Action: 'iot:ListRetainedMessages', Resource: '*' };
      const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
      await boto.ok('iot.create_policy', { policyName: 'lists', policyDocument });
      const target = `arn:aws:iot:us-east-2:123456789012:cert/${device.id}`;
      await boto.ok('iot.attach_policy', { policyName: 'lists', target });
      expect(JSON.parse((await list()).body)).toEqual({ retainedTopics: [] });
    },
  );

  behaviour(
    'Reserved topics are refused over HTTPS, whatever the policies say',
    { known: 'measured', source: 'ministackorg/ministack #1755' },
    async () => {
      await boto.ok('iot.create_policy', {
        policyName: 'everything',
        policyDocument:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}',
      });
      const target = `arn:aws:iot:us-east-2:123456789012:cert/${device.id}`;
      await boto.ok('iot.attach_policy', { policyName: 'everything', target });
      expect((await post({ path: '/topics/%24aws%2Fevents%2Fforged' })).status).toBe(403);
      await boto.ok('iot.detach_policy', { policyName: 'everything', target });
    },
  );

  behaviour(
    'An HTTPS request of a device that names another host is refused',
    { known: 'assumed', source: '' },
    async () => {
      const headers = { host: 'example.com' };
      expect((await post({ path: '/topics/line/1', headers })).status).toBe(403);
    },
  );
});

describe('the port with ALPN', () => {
  const alpn = () => sandbox.alpn.port;

  behaviour(
    'ALPN x-amzn-http-ca speaks HTTPS, x-amzn-mqtt-ca MQTT, on one port',
    { known: 'documented', source: 'guide, "Device communication protocols"' },
    async () => {
      const overHttps = await post({ path: '/topics/line/1', port: alpn(), alpn: 'x-amzn-http-ca' });
      expect(overHttps.status).toBe(200);
      const { code, output } = await mosquittoPub(
        `--cafile ${sandbox.caFile} --cert ${device.certFile} --key ${device.keyFile} -h localhost -p ${alpn()} --tls-alpn x-amzn-mqtt-ca -q 1 -i line -t line/1 -m over-alpn`.split(
          ' ',
        ),
      );
      expect(output).toContain('CONNACK (0)');
      expect(code).toBe(0);
      expect(heard.map(({ payload }) => Buffer.from(payload).toString())).toContain('over-alpn');
    },
  );

  behaviour(
    'The port for ALPN closes a connection that names no protocol',
    { known: 'assumed', source: '' },
    async () => {
      const codes = await explainedBy(async () => {
        await expect(post({ path: '/topics/line/1', port: alpn() })).rejects.toThrow(/hang up|ECONNRESET/);
      });
      expect(codes).toEqual(['alpn-missing']);
    },
  );
});
