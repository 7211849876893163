/** Whom AWS IoT lets in, and whom it registers: what CA, certificate and server name must be. */
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import { CertificateMaker, type Made } from '@/lib/sandbox/testing/certificate-maker';
import { contact } from './testing/first-contact';
import { FLEET_POLICY } from './testing/template-text';

const CONNACK_ACCEPTED = '20020000';
const DAY_MS = 86_400_000;
let sandbox: Sandbox;
let boto: Boto;
let maker: CertificateMaker;
/** How far the sandbox's clock is ahead. */
let aheadMs = 0;

beforeAll(async () => {
  [sandbox, maker] = await Promise.all([
    startSandbox({ now: () => new Date(Date.now() + aheadMs) }),
    CertificateMaker.open(),
  ]);
  boto = new Boto(sandbox.api);
  await boto.ok('iot.create_policy', { policyName: 'Fleet', policyDocument: FLEET_POLICY });
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await maker[Symbol.asyncDispose]();
  await sandbox.close();
});

const OPEN = { setAsActive: true, allowAutoRegistration: true };
let count = 0;

/** A CA of its own name, registered as asked for. */
async function newCa(more: object = OPEN, regions: readonly string[] = ['us-east-2']): Promise<Made> {
  count += 1;
  const ca = await maker.ca({ subject: `/CN=admission ${count}` });
  const input = { caCertificate: ca.pem, certificateMode: 'SNI_ONLY', ...more };
  for (const region of regions) await boto.ok('iot.register_ca_certificate', input, region);
  return ca;
}

/** A CA with the proof of its key, which asks its devices for no server name. */
async function newDefaultCa(): Promise<Made> {
  const { registrationCode } = await boto.ok('iot.get_registration_code');
  count += 1;
  const ca = await maker.ca({ subject: `/CN=admission ${count}` });
  const { pem } = await maker.leaf(ca, { subject: `/CN=${registrationCode}` });
  const input = { caCertificate: ca.pem, verificationCertificate: pem, ...OPEN };
  await boto.ok('iot.register_ca_certificate', input);
  return ca;
}

/** The device sends its CA along. */
async function withChain(leaf: Made, ca: Made): Promise<Made> {
  const certFile = `${leaf.certFile}.chain`;
  await writeFile(certFile, (await readFile(leaf.certFile, 'utf8')) + ca.pem);
  return { ...leaf, certFile };
}

/** Registers a certificate ACTIVE with a policy that allows everything. */
async function activate({ pem: certificatePem }: Made, region?: string): Promise<void> {
  const input = { certificatePem, status: 'ACTIVE' };
  const { certificateArn } = await boto.ok('iot.register_certificate_without_ca', input, region);
  if (region === undefined)
    await boto.ok('iot.attach_policy', { policyName: 'Fleet', target: certificateArn });
}

const statusOf = ({ id }: Made, region = 'us-east-2') =>
  sandbox.state.region(region).certificates.get(id)?.status;

async function expectRefused(device: Made, code: string, serverName?: string): Promise<void> {
  const before = statusOf(device);
  expect(await contact(sandbox, device, serverName)).toBe('');
  const told = sandbox.state.explanations.after(0).filter(({ certificateId }) => certificateId === device.id);
  expect(told.at(-1)?.code).toBe(code);
  expect(statusOf(device)).toBe(before);
}

describe('a first contact', () => {
  behaviour(
    'A CA whose automatic registration is DISABLE registers nobody',
    { known: 'documented', source: 'guide, "Just-in-time provisioning"' },
    async () => {
      const ca = await newCa({ setAsActive: true });
      const device = await maker.leaf(ca);
      await expectRefused(device, 'ca-auto-registration-off');
      const enable = { certificateId: ca.id, newAutoRegistrationStatus: 'ENABLE' };
      await boto.ok('iot.update_ca_certificate', enable);
      expect(await contact(sandbox, device)).toBe('');
      expect(statusOf(device)).toBe('PENDING_ACTIVATION');
    },
  );

  behaviour(
    'The CA that signed the device certificate has to be registered; a root above it does not count, also when the chain is sent',
    { known: 'documented', source: 'guide, "Register your CA certificate"' },
    async () => {
      const root = await newCa();
      const extensions = 'basicConstraints=CA:TRUE';
      const factory = await maker.leaf(root, { subject: '/CN=factory line', extensions });
      const device = await withChain(await maker.leaf(factory), factory);
      await expectRefused(device, 'issuer-not-registered');
      const input = { caCertificate: factory.pem, certificateMode: 'SNI_ONLY', ...OPEN };
      await boto.ok('iot.register_ca_certificate', input);
      await contact(sandbox, device);
      expect(statusOf(device)).toBe('PENDING_ACTIVATION');
    },
  );

  behaviour(
    'A CA outside its validity period registers nobody',
    { known: 'assumed', source: '' },
    async () => {
      const ca = await newCa();
      const device = await maker.leaf(ca, { days: 90 });
      aheadMs = 60 * DAY_MS;
      await expectRefused(device, 'ca-out-of-validity').finally(() => {
        aheadMs = 0;
      });
    },
  );

  behaviour(
    'A CA that is open for registration in several Regions of the sandbox registers nobody, because AWS has one endpoint per Region',
    { known: 'assumed', source: '' },
    async () => {
      const ca = await newCa(OPEN, ['us-east-2', 'eu-west-1']);
      const device = await maker.leaf(ca);
      await expectRefused(device, 'ca-in-several-regions');
      const disable = { certificateId: ca.id, newAutoRegistrationStatus: 'DISABLE' };
      await boto.ok('iot.update_ca_certificate', disable);
      await contact(sandbox, device);
      expect([statusOf(device), statusOf(device, 'eu-west-1')]).toEqual([undefined, 'PENDING_ACTIVATION']);
    },
  );

  behaviour(
    'The registered event is published although no event configuration is switched on',
    { known: 'measured', source: 'ministackorg/ministack #1755' },
    async () => {
      const { eventConfigurations } = await boto.ok('iot.describe_event_configurations');
      expect(eventConfigurations['CA_CERTIFICATE']).toEqual({ Enabled: false });
      const ca = await newCa();
      const topics: string[] = [];
      const stop = sandbox.state.messageBus?.listen(({ topic }) => topics.push(topic));
      await contact(sandbox, await maker.leaf(ca));
      stop?.();
      expect(topics).toContain(`$aws/events/certificates/registered/${ca.id}`);
    },
  );
});

describe('a registered certificate', () => {
  behaviour(
    'Only an ACTIVE certificate lets a device in; INACTIVE and REVOKED ones are closed without CONNACK and stay as they are',
    { known: 'documented', source: 'guide, "Activate or deactivate a client certificate"' },
    async () => {
      const device = await maker.leaf(await newCa());
      await activate(device);
      expect(await contact(sandbox, device)).toBe(CONNACK_ACCEPTED);
      for (const newStatus of ['INACTIVE', 'REVOKED']) {
        await boto.ok('iot.update_certificate', { certificateId: device.id, newStatus });
        await expectRefused(device, 'certificate-not-active');
      }
    },
  );

  behaviour(
    'A certificate outside its validity period is refused, registered or not',
    { known: 'assumed', source: '' },
    async () => {
      const ca = await newCa();
      await expectRefused(await maker.leaf(ca, { days: -1 }), 'certificate-expired');
      const active = await maker.leaf(ca, { days: 10 });
      await activate(active);
      aheadMs = 20 * DAY_MS;
      await expectRefused(active, 'certificate-expired').finally(() => {
        aheadMs = 0;
      });
    },
  );

  behaviour(
    'A certificate that is ACTIVE in several Regions of the sandbox is refused; where only one of them is ACTIVE, that one counts',
    { known: 'assumed', source: '' },
    async () => {
      const device = await maker.leaf(await newCa());
      await activate(device);
      await activate(device, 'eu-west-1');
      await expectRefused(device, 'certificate-in-several-regions');
      const revoke = { certificateId: device.id, newStatus: 'REVOKED' };
      await boto.ok('iot.update_certificate', revoke, 'eu-west-1');
      expect(await contact(sandbox, device)).toBe(CONNACK_ACCEPTED);
    },
  );
});

describe('the server name', () => {
  behaviour(
    'A server name that is not the endpoint is refused, whatever the certificate',
    { known: 'documented', source: 'guide, "Transport security"' },
    async () => {
      const ca = await newCa();
      const [fresh, active] = [await withChain(await maker.leaf(ca), ca), await maker.leaf(ca)];
      await activate(active);
      for (const device of [fresh, active]) {
        await expectRefused(device, 'server-name-foreign', 'a1b2c3-ats.iot.us-east-2.amazonaws.com');
      }
      expect(await contact(sandbox, active, 'LOCALHOST')).toBe(CONNACK_ACCEPTED);
    },
  );

  behaviour(
    'Under a CA in mode SNI_ONLY, and with a certificate in it, a device without server name is refused, also when it sends its chain',
    { known: 'documented', source: 'API reference, RegisterCACertificate' },
    async () => {
      const ca = await newCa();
      const [fresh, active] = [await withChain(await maker.leaf(ca), ca), await maker.leaf(ca)];
      await activate(active);
      for (const device of [fresh, active]) await expectRefused(device, 'server-name-required', '');
    },
  );

  behaviour(
    'An active certificate in mode DEFAULT connects without server name',
    { known: 'documented', source: 'API reference, RegisterCACertificate' },
    async () => {
      const device = await maker.leaf(await newDefaultCa());
      const input = { certificatePem: device.pem, setAsActive: true };
      const { certificateArn: target } = await boto.ok('iot.register_certificate', input);
      await boto.ok('iot.attach_policy', { policyName: 'Fleet', target });
      expect(await contact(sandbox, device, '')).toBe(CONNACK_ACCEPTED);
    },
  );
});
