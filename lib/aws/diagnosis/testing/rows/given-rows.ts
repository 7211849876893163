/**
 * What files and lines show by themselves: refused registrations, and devices that belong elsewhere.
 * @module
 */
import type { DiagnosedRow } from '@/lib/aws/diagnosis/testing/diagnosed-row';
import type { DiagnosisBench } from '@/lib/aws/diagnosis/testing/diagnosis-bench';
import { dropped } from '@/lib/aws/diagnosis/testing/dropped';
import { readMeBeside } from '@/lib/aws/diagnosis/testing/odd-files';
import type { LookUp } from '@/lib/diagnosis/look-up';
import { readText } from '@/lib/diagnosis/read-text';
import { startSandbox } from '@/lib/sandbox/start-sandbox';
import { Boto } from '@/lib/sandbox/testing/boto';
import type { Made } from '@/lib/sandbox/testing/certificate-maker';

const UNREGISTERED = { registration: undefined };

/** RegisterCACertificate with a proof of the key that is not one; answers what the person then shows the console. */
async function refusedProof(bench: DiagnosisBench, ca: Made, proof: Made): Promise<Partial<LookUp>> {
  await bench.boto.refusal('iot.register_ca_certificate', {
    caCertificate: ca.pem,
    verificationCertificate: proof.pem,
  });
  return dropped(ca, proof);
}

async function codeOf({ boto }: DiagnosisBench, region?: string): Promise<string> {
  return String((await boto.ok('iot.get_registration_code', {}, region))['registrationCode']);
}

export const GIVEN_ROWS: readonly DiagnosedRow[] = [
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
      return { device: leaf, brought: { given: (await dropped(leaf, ca)).given } };
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
    code: 'other-region',
    state: 'the device is told to connect to the endpoint of eu-west-1, where its CA is not registered',
    async bring(bench) {
      const { leaf } = await bench.fleet();
      const host = 'a1b2c3-ats.iot.eu-west-1.amazonaws.com';
      const readMe = await readMeBeside(leaf, `mosquitto_pub -h ${host} -p 8883 -i press-1 -t a -m Hello`);
      return { device: leaf, brought: { given: (await dropped(leaf, readMe)).given } };
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
];
