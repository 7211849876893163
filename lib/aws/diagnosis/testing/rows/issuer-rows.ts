/**
 * CAs that AWS refuses, does not know here, or has switched off.
 * @module
 */
import type { DiagnosedRow } from '@/lib/aws/diagnosis/testing/diagnosed-row';
import type { DiagnosisBench, FleetDevice } from '@/lib/aws/diagnosis/testing/diagnosis-bench';
import type { LookUp } from '@/lib/diagnosis/look-up';
import { readText } from '@/lib/diagnosis/read-text';
import { contact } from '@/lib/sandbox/jitp/testing/first-contact';
import { startSandbox } from '@/lib/sandbox/start-sandbox';
import { Boto } from '@/lib/sandbox/testing/boto';
import type { Made } from '@/lib/sandbox/testing/certificate-maker';

const DAY_MS = 86_400_000;
const UNREGISTERED = { registration: undefined };

/** RegisterCACertificate with a proof of the key that is not one; answers what the person then shows the console. */
async function refusedProof(bench: DiagnosisBench, ca: Made, proof: Made): Promise<Partial<LookUp>> {
  await bench.boto.refusal('iot.register_ca_certificate', {
    caCertificate: ca.pem,
    verificationCertificate: proof.pem,
  });
  return bench.dropped(ca, proof);
}

async function codeOf({ boto }: DiagnosisBench, region?: string): Promise<string> {
  return String((await boto.ok('iot.get_registration_code', {}, region))['registrationCode']);
}

/** The device knocks in vain. */
async function knocked(bench: DiagnosisBench, device: FleetDevice) {
  await contact(bench.sandbox, device.chain);
  return { device: device.leaf };
}

export const ISSUER_ROWS: readonly DiagnosedRow[] = [
  {
    mistake: 10,
    code: 'ca-without-ca-true',
    state: 'RegisterCACertificate refused the CA, which does not say CA:TRUE',
    async bring(bench) {
      const { ca, leaf } = await bench.fleet({
        ...UNREGISTERED,
        caOrder: { extensions: 'basicConstraints=CA:FALSE' },
      });
      const input = { caCertificate: ca.pem, certificateMode: 'SNI_ONLY' };
      await bench.boto.refusal('iot.register_ca_certificate', input);
      return { device: leaf, brought: { given: (await bench.dropped(leaf, ca)).given } };
    },
  },
  {
    mistake: 11,
    code: 'verification-certificate-wrong',
    state: 'RegisterCACertificate refused a verification certificate that signed itself',
    async bring(bench) {
      const { ca } = await bench.fleet(UNREGISTERED);
      const subject = `/CN=${await codeOf(bench)}`;
      const proof = await bench.maker.ca({ subject, extensions: '' });
      const { given } = await refusedProof(bench, ca, proof);
      return { device: proof, brought: { given } };
    },
  },
  {
    mistake: 11,
    code: 'verification-certificate-wrong',
    state: 'RegisterCACertificate refused the registration code of another Region',
    async bring(bench) {
      const { ca } = await bench.fleet(UNREGISTERED);
      const proof = await bench.maker.leaf(ca, { subject: `/CN=${await codeOf(bench, 'eu-west-1')}` });
      const { given } = await refusedProof(bench, ca, proof);
      return { device: proof, brought: { given } };
    },
  },
  {
    mistake: 25,
    code: 'cli-too-old',
    state:
      'an old AWS CLI asked for the proof that SNI_ONLY does without, so that the CA was never registered',
    async bring(bench) {
      const { leaf } = await bench.fleet(UNREGISTERED);
      // aws-cli #7591; that version is not at hand.
      const log = 'aws: error: the following arguments are required: --verification-certificate';
      return { device: leaf, brought: { given: readText(log).lookUp.given } };
    },
  },
  {
    mistake: 29,
    code: 'other-region',
    state: 'the device is active in eu-west-1',
    async bring(bench) {
      const { leaf } = await bench.fleet(UNREGISTERED);
      const input = { certificatePem: leaf.pem, status: 'ACTIVE' };
      const { certificateArn } = await bench.boto.ok(
        'iot.register_certificate_without_ca',
        input,
        'eu-west-1',
      );
      return { device: leaf, brought: { given: readText(String(certificateArn)).lookUp.given } };
    },
  },
  {
    mistake: 29,
    code: 'other-account',
    state: 'the device is active in another account',
    async bring(bench) {
      const { leaf } = await bench.fleet(UNREGISTERED);
      await using elsewhere = await startSandbox({ accountId: '210987654321' });
      using boto = new Boto(elsewhere.api);
      const input = { certificatePem: leaf.pem, status: 'ACTIVE' };
      const { certificateArn } = await boto.ok('iot.register_certificate_without_ca', input);
      return { device: leaf, brought: { given: readText(String(certificateArn)).lookUp.given } };
    },
  },
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
