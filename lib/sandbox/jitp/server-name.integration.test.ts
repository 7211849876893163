/** What a device says in the TLS Server Name Indication, and what AWS IoT makes of it. */
import { afterAll, beforeAll, expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { AdmissionBench, CONNACK_ACCEPTED, withChain } from './testing/admission-bench';

let bench: AdmissionBench;
beforeAll(async () => {
  bench = await AdmissionBench.open();
});
afterAll(() => bench[Symbol.asyncDispose]());

behaviour(
  'A server name that is not the endpoint is refused, whatever the certificate',
  { known: 'documented', source: 'guide, "Transport security"' },
  async () => {
    const ca = await bench.newCa();
    const [fresh, active] = [await withChain(await bench.maker.leaf(ca), ca), await bench.maker.leaf(ca)];
    await bench.activate(active);
    for (const device of [fresh, active]) {
      await bench.expectRefused(device, 'server-name-foreign', 'a1b2c3-ats.iot.us-east-2.amazonaws.com');
    }
    expect(await bench.contact(active, 'LOCALHOST')).toBe(CONNACK_ACCEPTED);
  },
);

behaviour(
  'Under a CA in mode SNI_ONLY, and with a certificate in it, a device without server name is refused, also when it sends its chain',
  { known: 'documented', source: 'API reference, RegisterCACertificate' },
  async () => {
    const ca = await bench.newCa();
    const [fresh, active] = [await withChain(await bench.maker.leaf(ca), ca), await bench.maker.leaf(ca)];
    await bench.activate(active);
    for (const device of [fresh, active]) await bench.expectRefused(device, 'server-name-required', '');
  },
);

behaviour(
  'An active certificate in mode DEFAULT connects without server name',
  { known: 'documented', source: 'API reference, RegisterCACertificate' },
  async () => {
    const device = await bench.maker.leaf(await bench.newDefaultCa());
    const input = { certificatePem: device.pem, setAsActive: true };
    const { certificateArn: target } = await bench.boto.ok('iot.register_certificate', input);
    await bench.boto.ok('iot.attach_policy', { policyName: 'Fleet', target });
    expect(await bench.contact(device, '')).toBe(CONNACK_ACCEPTED);
  },
);
