/**
 * CAs that AWS does not know here, or that somebody has switched off.
 * @module
 */
import type { DiagnosedRow } from '@/lib/aws/diagnosis/testing/diagnosed-row';
import type { DiagnosisBench, FleetDevice } from '@/lib/aws/diagnosis/testing/diagnosis-bench';
import { contact } from '@/lib/sandbox/jitp/testing/first-contact';

const DAY_MS = 86_400_000;
const UNREGISTERED = { registration: undefined };

/** The device knocks in vain. */
async function knocked(bench: DiagnosisBench, device: FleetDevice) {
  await contact(bench.sandbox, device.chain);
  return { device: device.leaf };
}

export const ISSUER_ROWS: readonly DiagnosedRow[] = [
  {
    mistake: 29,
    code: 'issuing-ca-not-registered',
    state: 'the CA is registered in another Region than the one that the person looks at',
    async bring(bench) {
      const { leaf } = await bench.fleet();
      await bench.fleet({ region: 'eu-west-1' });
      return { device: leaf, brought: { region: 'eu-west-1' } };
    },
  },
  {
    code: 'signature-not-from-ca',
    state: 'the CA was made anew under its old name, and the new one is registered',
    async bring(bench) {
      const old = await bench.fleet({ ...UNREGISTERED, caOrder: { subject: '/CN=made twice' } });
      await bench.fleet({ caOrder: { subject: '/CN=made twice' } });
      return knocked(bench, old);
    },
  },
  {
    code: 'several-issuing-cas',
    state: 'two registered CAs have one name, and the device sends its certificate alone',
    async bring(bench) {
      const { leaf } = await bench.fleet({ caOrder: { subject: '/CN=two of a name' } });
      await bench.fleet({ caOrder: { subject: '/CN=two of a name' } });
      await contact(bench.sandbox, leaf, '');
      return { device: leaf };
    },
  },
  {
    code: 'ca-inactive',
    state: 'UpdateCACertificate set the CA INACTIVE',
    async bring(bench) {
      const device = await bench.fleet();
      const input = { certificateId: device.ca.id, newStatus: 'INACTIVE' };
      await bench.boto.ok('iot.update_ca_certificate', input);
      return knocked(bench, device);
    },
  },
  {
    code: 'auto-registration-off',
    state: 'the CA was registered without automatic registration',
    bring: async (bench) =>
      knocked(bench, await bench.fleet({ registration: { allowAutoRegistration: false } })),
  },
  {
    code: 'ca-expired',
    state: 'the CA ended while its devices go on',
    async bring(bench) {
      const device = await bench.fleet({ caOrder: { days: 1 } });
      bench.setClock(2 * DAY_MS);
      return knocked(bench, device);
    },
  },
  {
    code: 'ca-not-yet-valid',
    state: 'the CA and its devices begin tomorrow',
    also: ['certificate-not-yet-valid'],
    async bring(bench) {
      const device = await bench.fleet();
      bench.setClock(-DAY_MS);
      return knocked(bench, device);
    },
  },
  {
    code: 'certificate-expired',
    state: 'the certificate ended before the device first came',
    async bring(bench) {
      return knocked(bench, await bench.fleet({ leafOrder: { days: -1 } }));
    },
  },
];
