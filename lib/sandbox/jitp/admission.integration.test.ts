/** Whom AWS IoT lets in, and whom it registers: what CA and certificate must be. */
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { AdmissionBench, CONNACK_ACCEPTED, OPEN, withChain } from './testing/admission-bench';

const DAY_MS = 86_400_000;

let bench: AdmissionBench;
beforeAll(async () => {
  bench = await AdmissionBench.open();
});
afterAll(() => bench[Symbol.asyncDispose]());

describe('a first contact', () => {
  behaviour(
    'A CA whose automatic registration is DISABLE registers nobody',
    { known: 'documented', source: 'guide, "Just-in-time provisioning"' },
    async () => {
      const ca = await bench.newCa({ setAsActive: true });
      const device = await bench.maker.leaf(ca);
      await bench.expectRefused(device, 'ca-auto-registration-off');
      const enable = { certificateId: ca.id, newAutoRegistrationStatus: 'ENABLE' };
      await bench.boto.ok('iot.update_ca_certificate', enable);
      expect(await bench.contact(device)).toBe('');
      expect(bench.statusOf(device)).toBe('PENDING_ACTIVATION');
    },
  );

  behaviour(
    'The CA that signed the device certificate has to be registered; a root above it does not count, also when the chain is sent',
    { known: 'documented', source: 'guide, "Register your CA certificate"' },
    async () => {
      const root = await bench.newCa();
      const extensions = 'basicConstraints=CA:TRUE';
      const factory = await bench.maker.leaf(root, { subject: '/CN=factory line', extensions });
      const device = await withChain(await bench.maker.leaf(factory), factory);
      await bench.expectRefused(device, 'issuer-not-registered');
      const input = { caCertificate: factory.pem, certificateMode: 'SNI_ONLY', ...OPEN };
      await bench.boto.ok('iot.register_ca_certificate', input);
      await bench.contact(device);
      expect(bench.statusOf(device)).toBe('PENDING_ACTIVATION');
    },
  );

  behaviour(
    'A CA outside its validity period registers nobody',
    { known: 'assumed', source: '' },
    async () => {
      const ca = await bench.newCa();
      const device = await bench.maker.leaf(ca, { days: 90 });
      await bench.later(60 * DAY_MS, () => bench.expectRefused(device, 'ca-out-of-validity'));
    },
  );

  behaviour(
    'A CA that is open for registration in several Regions of the sandbox registers nobody, because AWS has one endpoint per Region',
    { known: 'assumed', source: '' },
    async () => {
      const ca = await bench.newCa(OPEN, ['us-east-2', 'eu-west-1']);
      const device = await bench.maker.leaf(ca);
      await bench.expectRefused(device, 'ca-in-several-regions');
      const disable = { certificateId: ca.id, newAutoRegistrationStatus: 'DISABLE' };
      await bench.boto.ok('iot.update_ca_certificate', disable);
      await bench.contact(device);
      expect([bench.statusOf(device), bench.statusOf(device, 'eu-west-1')]).toEqual([
        undefined,
        'PENDING_ACTIVATION',
      ]);
    },
  );

  behaviour(
    'The registered event is published although no event configuration is switched on',
    { known: 'measured', source: 'ministackorg/ministack #1755' },
    async () => {
      const { eventConfigurations } = await bench.boto.ok('iot.describe_event_configurations');
      expect(eventConfigurations['CA_CERTIFICATE']).toEqual({ Enabled: false });
      const ca = await bench.newCa();
      const topics: string[] = [];
      const stop = bench.sandbox.state.messageBus?.listen(({ topic }) => topics.push(topic));
      await bench.contact(await bench.maker.leaf(ca));
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
      const device = await bench.maker.leaf(await bench.newCa());
      await bench.activate(device);
      expect(await bench.contact(device)).toBe(CONNACK_ACCEPTED);
      for (const newStatus of ['INACTIVE', 'REVOKED']) {
        await bench.boto.ok('iot.update_certificate', { certificateId: device.id, newStatus });
        await bench.expectRefused(device, 'certificate-not-active');
      }
    },
  );

  behaviour(
    'A certificate outside its validity period is refused, registered or not',
    { known: 'assumed', source: '' },
    async () => {
      const ca = await bench.newCa();
      await bench.expectRefused(await bench.maker.leaf(ca, { days: -1 }), 'certificate-expired');
      const active = await bench.maker.leaf(ca, { days: 10 });
      await bench.activate(active);
      await bench.later(20 * DAY_MS, () => bench.expectRefused(active, 'certificate-expired'));
    },
  );

  behaviour(
    'A certificate that is ACTIVE in several Regions of the sandbox is refused; where only one of them is ACTIVE, that one counts',
    { known: 'assumed', source: '' },
    async () => {
      const device = await bench.maker.leaf(await bench.newCa());
      await bench.activate(device);
      await bench.activate(device, 'eu-west-1');
      await bench.expectRefused(device, 'certificate-in-several-regions');
      const revoke = { certificateId: device.id, newStatus: 'REVOKED' };
      await bench.boto.ok('iot.update_certificate', revoke, 'eu-west-1');
      expect(await bench.contact(device)).toBe(CONNACK_ACCEPTED);
    },
  );
});
