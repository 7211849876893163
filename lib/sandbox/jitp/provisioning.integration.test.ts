/** What becomes of first contacts that are not the article's: other keys, other CAs, and everything that goes wrong. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MadeDevice } from '@/lib/sandbox/mqtt/testing/device-workshop';
import { mosquittoPub } from '@/lib/sandbox/mqtt/testing/mosquitto';
import { articleConfig, MqttBench } from '@/lib/sandbox/mqtt/testing/mqtt-bench';
import { behaviour } from '@/lib/sandbox/testing/behaviour';

let bench: MqttBench;
beforeAll(async () => {
  bench = await MqttBench.open();
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.putRole());

let count = 0;
/** A CA of its own name, registered with the scoped template unless told otherwise, and one device of it. */
async function newcomer({
  subject = '/C=IN/CN=Pump-1',
  template = true,
  register = true,
  key = 'EC' as const,
} = {}) {
  count += 1;
  const ca = await bench.workshop.makeCa({ subject: `/C=IN/O=Maker ${count}`, key });
  const device = await bench.workshop.makeDevice(ca, { subject: `${subject}-${count}`, key });
  const config = template ? await articleConfig('jitp-scoped') : undefined;
  const caCertificateId = register ? await bench.register(ca, config && { config }) : '';
  return { ca, device, caCertificateId, thingName: `Pump-1-${count}` };
}

const knock = (
  device: { certFile: string; keyFile: string },
  options?: { host?: string; clientId?: string },
) => mosquittoPub([...bench.args(device, options), '-t', 'a', '-m', 'b']);
const chainOf = (made: MadeDevice) => ({ ...made, certFile: made.chainFile });
const statusOf = (device: MadeDevice) => bench.scope().region.certificates.get(device.id)?.status;

describe('a first contact', () => {
  behaviour(
    'A first contact with the leaf alone finds the CA by the name of the issuer',
    { known: 'documented', source: 'guide, "Just-in-time provisioning"' },
    async () => {
      const { device, thingName } = await newcomer();
      expect((await knock(device)).output).toContain('The connection was lost');
      await bench.explained('provisioned', device.id);
      expect(statusOf(device)).toBe('ACTIVE');
      expect((await knock(device, { clientId: thingName })).output).toContain('received CONNACK (0)');
    },
  );

  behaviour(
    'A first contact without server name is let through when the chain is sent',
    {
      known: 'assumed',
      source:
        'guide, "Transport security": not required but highly recommended; the provisioning pages require it',
    },
    async () => {
      const { device } = await newcomer();
      await knock(chainOf(device), { host: '127.0.0.1' });
      await bench.explained('server-name-advised', device.id);
      await bench.explained('provisioned', device.id);
    },
  );

  behaviour(
    'A first contact with the leaf alone and without server name is refused, and nothing is registered',
    {
      known: 'documented',
      source: 'guide, "Just-in-time provisioning": the server name is required where no CA is sent',
    },
    async () => {
      const { device } = await newcomer();
      await knock(device, { host: '127.0.0.1' });
      await bench.explained('server-name-required', device.id);
      expect(statusOf(device)).toBeUndefined();
    },
  );

  it('of one certificate from two connections at once is registered and provisioned once', async () => {
    const { device, thingName } = await newcomer();
    await Promise.all([knock(chainOf(device)), knock(chainOf(device), { clientId: 'other' })]);
    await bench.explained('provisioned', device.id);
    const codes = bench.events
      .filter(({ certificateId }) => certificateId === device.id)
      .map(({ code }) => code);
    expect(codes.filter((code) => code === 'certificate-registered')).toHaveLength(1);
    expect(codes.filter((code) => code === 'provisioned')).toHaveLength(1);
    expect(bench.scope().region.things.get(thingName)?.version).toBe(1);
  });

  behaviour(
    'Under a CA without template a certificate stays PENDING_ACTIVATION, and every connection publishes the registered event again',
    { known: 'measured', source: 'ministackorg/ministack #1755' },
    async () => {
      const { device, caCertificateId } = await newcomer({ template: false });
      const told: string[] = [];
      const stop = bench.mqtt.bus.listen(({ topic }) => told.push(topic));
      await knock(chainOf(device));
      await bench.explained('provisioning-no-template', device.id);
      await knock(chainOf(device));
      const again = await bench.explained('certificate-still-pending', device.id);
      expect(again.caCertificateId).toBe(caCertificateId);
      const event = `$aws/events/certificates/registered/${caCertificateId}`;
      expect(told.filter((topic) => topic === event)).toHaveLength(2);
      stop();
      expect(statusOf(device)).toBe('PENDING_ACTIVATION');
    },
  );
});

describe('several CAs with one subject', () => {
  behaviour(
    'CAs with one subject are told apart by the chain; with the leaf alone the device is refused',
    { known: 'documented', source: 'guide, "Just-in-time provisioning"' },
    async () => {
      const subject = '/C=IN/O=Twins';
      const [first, second] = [
        await bench.workshop.makeCa({ subject, key: 'EC' }),
        await bench.workshop.makeCa({ subject, key: 'RSA' }),
      ];
      const config = await articleConfig('jitp-scoped');
      await bench.register(first, { config });
      const secondId = await bench.register(second, { config });
      const device = await bench.workshop.makeDevice(second, { subject: '/C=IN/CN=Twin', key: 'EC' });
      await knock(device);
      await bench.explained('ca-subject-ambiguous', device.id);
      expect(statusOf(device)).toBeUndefined();
      await knock(chainOf(device));
      const { caCertificateId } = await bench.explained('certificate-registered', device.id);
      expect(caCertificateId).toBe(secondId);
    },
  );

  it('one CA that is open in two Regions is a refusal', async () => {
    const { ca, device } = await newcomer();
    await bench.register(ca, { region: 'eu-west-1' });
    await knock(chainOf(device));
    await bench.explained('ca-in-several-regions', device.id);
    expect(statusOf(device)).toBeUndefined();
  });
});

describe('a certificate that AWS would not register', () => {
  behaviour(
    'A certificate of a CA that is not registered is refused, and nothing is registered',
    { known: 'documented', source: 'guide, "Just-in-time provisioning"' },
    async () => {
      const { device } = await newcomer({ register: false });
      expect((await knock(chainOf(device))).output).toContain('The connection was lost');
      await bench.explained('issuer-not-registered', device.id);
      expect(statusOf(device)).toBeUndefined();
    },
  );

  behaviour(
    'A certificate that names a registered CA as issuer which did not sign it is refused, and nothing is registered',
    { known: 'documented', source: 'guide, "Just-in-time provisioning"' },
    async () => {
      const { ca } = await newcomer();
      const impostor = await bench.workshop.makeCa({ subject: `/C=IN/O=Maker ${count}`, key: 'EC' });
      const device = await bench.workshop.makeDevice(impostor, { subject: '/C=IN/CN=Forged', key: 'EC' });
      await knock({ ...device, certFile: device.chainFile });
      await bench.explained('issuer-did-not-sign', device.id);
      expect(ca.pem).not.toBe(impostor.pem);
      expect(statusOf(device)).toBeUndefined();
    },
  );
});

describe('provisioning that fails leaves the certificate pending with AWS’s text, and the next connection tries again', () => {
  behaviour(
    'A role that is missing, does not trust AWS IoT or lacks a permission leaves the certificate PENDING_ACTIVATION, and the next connection tries again',
    {
      known: 'documented',
      source: 'guide, "Just-in-time provisioning"; dev.classmethod.jp on JITP permissions',
    },
    async () => {
      const broken: [code: string, breakRole: () => void, text: RegExp][] = [
        ['role-missing', () => bench.state.iam.roles.delete('jitprole'), /sts:AssumeRole/],
        ['role-not-trusting', () => bench.putRole({ service: 'lambda.amazonaws.com' }), /sts:AssumeRole/],
        [
          'access-denied',
          () => bench.putRole({ attachedPolicyArns: [] }),
          /is not authorized to perform: iot:CreateThing on resource: arn:aws:iot:us-east-2:123456789012:thing\//,
        ],
      ];
      for (const [code, breakRole, text] of broken) {
        const { device } = await newcomer();
        breakRole();
        await knock(chainOf(device));
        const event = await bench.explained(`provisioning-${code}`, device.id);
        expect(event.params?.['awsMessage']).toMatch(text);
        expect(statusOf(device)).toBe('PENDING_ACTIVATION');
        bench.putRole();
        await knock(chainOf(device));
        await bench.explained('provisioned', device.id);
        expect(statusOf(device)).toBe('ACTIVE');
      }
    },
  );

  behaviour(
    'Provisioning that fails half-way leaves what it had made',
    { known: 'assumed', source: 'no source tells of a rollback' },
    async () => {
      const { device, thingName } = await newcomer();
      const statement = { Effect: 'Allow', Action: ['iot:CreateThing', 'iot:CreatePolicy'], Resource: '*' };
      const halfWay = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
      bench.putRole({ attachedPolicyArns: [], inlinePolicies: { halfWay } });
      await knock(chainOf(device));
      const event = await bench.explained('provisioning-access-denied', device.id);
      expect(event.params?.['action']).toBe('iot:AttachPolicy');
      expect(bench.scope().region.things.has(thingName)).toBe(true);
      expect(statusOf(device)).toBe('PENDING_ACTIVATION');
    },
  );

  behaviour(
    'Provisioning of a certificate that lacks a field which the template references fails with AWS’s text',
    { known: 'measured', source: 'CloudTrail events of RegisterThing in public reports' },
    async () => {
      const { device } = await newcomer({ subject: '/CN=NoCountry' });
      await knock(chainOf(device));
      const event = await bench.explained('provisioning-template-refused', device.id);
      expect(event.params?.['awsName']).toBe('InvalidRequestException');
      expect(event.params?.['awsMessage']).toBe(
        'Invalid registration template. Cannot resolve reference value: {Ref=AWS::IoT::Certificate::Country}',
      );
    },
  );
});
