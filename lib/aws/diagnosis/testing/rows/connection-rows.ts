/**
 * Active devices that are not on line for long, and things with several certificates.
 * @module
 */
import type { DiagnosedRow } from '@/lib/aws/diagnosis/testing/diagnosed-row';
import type { DiagnosisBench, FleetDevice } from '@/lib/aws/diagnosis/testing/diagnosis-bench';

/** A second device of the same CA and name, provisioned as the first. */
async function twinOf(bench: DiagnosisBench, { ca, name }: FleetDevice): Promise<FleetDevice> {
  const twin = await bench.deviceOf(ca, name);
  await bench.firstConnect(twin);
  return twin;
}

export const CONNECTION_ROWS: readonly DiagnosedRow[] = [
  {
    mistake: 17,
    code: 'client-id-fought-over',
    state: 'two devices were made with one common name, and take the client id from each other',
    also: ['old-certificates-on-thing'],
    hangsAt: 'nothing',
    async bring(bench) {
      const device = await bench.activated();
      const twin = await twinOf(bench, device);
      await bench.online(device, device.name);
      await bench.online(twin, device.name);
      return { device: device.leaf };
    },
  },
  {
    mistake: 17,
    code: 'client-id-fought-over',
    state: 'a stranger took the client id, and the fleet index has DUPLICATE_CLIENTID',
    also: ['not-connected-now'],
    async bring(bench) {
      const [device, stranger] = [await bench.activated(), await bench.activated()];
      const principal = bench.arn(device);
      await bench.boto.ok('iot.detach_thing_principal', { thingName: device.name, principal });
      await bench.boto.ok('iot.attach_thing_principal', {
        ...{ thingName: device.name, principal, thingPrincipalType: 'EXCLUSIVE_THING' },
      });
      // By the thing's own name the index would show the stranger, who is on line.
      await bench.online(device, 'shared');
      await bench.online(stranger, 'shared');
      return { device: device.leaf };
    },
  },
  {
    mistake: 24,
    code: 'old-certificates-on-thing',
    state: 'a device was flashed anew with another key, and its old certificate was switched off',
    hangsAt: 'nothing',
    async bring(bench) {
      const old = await bench.activated();
      const device = await twinOf(bench, old);
      await bench.boto.ok('iot.update_certificate', { certificateId: old.leaf.id, newStatus: 'INACTIVE' });
      await bench.online(device, device.name);
      return { device: device.leaf };
    },
  },
  {
    code: 'not-connected-now',
    state: 'mosquitto published and went',
    async bring(bench) {
      const device = await bench.activated();
      await bench.connect(device.leaf, device.name);
      return { device: device.leaf };
    },
  },
];
