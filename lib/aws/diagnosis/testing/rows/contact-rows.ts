/**
 * Devices that AWS has never heard of, and one that only looks as if.
 * @module
 */
import type { DiagnosedRow } from '@/lib/aws/diagnosis/testing/diagnosed-row';
import type { DiagnosisBench, FleetDevice } from '@/lib/aws/diagnosis/testing/diagnosis-bench';
import { dropped } from '@/lib/aws/diagnosis/testing/dropped';
import { agedCa, inOneFile } from '@/lib/aws/diagnosis/testing/odd-files';
import { openssl } from '@/lib/aws/diagnosis/testing/openssl';
import type { GivenFacts } from '@/lib/diagnosis/facts';
import { readText } from '@/lib/diagnosis/read-text';
import { contact } from '@/lib/sandbox/jitp/testing/first-contact';

/** What the page reads in a log that somebody pastes. */
const givenIn = (log: string): { given: GivenFacts | undefined } => ({ given: readText(log).lookUp.given });

/** The device sends its certificate alone and no server name: AWS cannot find the CA, and says nothing. */
async function unheard(bench: DiagnosisBench): Promise<FleetDevice> {
  const device = await bench.fleet();
  await contact(bench.sandbox, device.leaf, '');
  return device;
}

export const CONTACT_ROWS: readonly DiagnosedRow[] = [
  {
    mistake: 1,
    code: 'first-connect-dropped',
    state: 'mosquitto’s first connection was closed, the device was provisioned, and it has not tried again',
    hangsAt: 'connected',
    async bring(bench) {
      const device = await bench.fleet();
      return { device: device.leaf, brought: givenIn(await bench.firstConnect(device)) };
    },
  },
  {
    mistake: 4,
    code: 'never-reached',
    state: 'the device sends neither chain nor server name',
    also: ['leaf-only-without-sni'],
    bring: async (bench) => ({ device: (await unheard(bench)).leaf }),
  },
  {
    mistake: 5,
    code: 'sdk-sends-one-certificate',
    state: 'the same, and the log of its SDK says that it loads one certificate only',
    bring: async (bench) => ({
      device: (await unheard(bench)).leaf,
      // aws-iot-device-sdk-java-v2 #174; that SDK is not at hand.
      brought: givenIn(
        'AWS_IO_FILE_VALIDATION_FAILURE: PEM has greater than expected depth\nclient_id: press-1',
      ),
    }),
  },
  {
    mistake: 6,
    code: 'chain-order',
    state:
      'the file has the CA’s certificate before the device’s, which OpenSSL refuses to send with this key',
    async bring(bench) {
      const { ca, leaf } = await bench.fleet();
      const reversed = await inOneFile(ca, leaf);
      const log = await bench.connect({ ...reversed, keyFile: leaf.keyFile }, 'reversed');
      if (!/Error|Unable/i.test(log)) throw new Error(`mosquitto took the chain: ${log}`);
      return { device: leaf, brought: { given: (await dropped(reversed)).given } };
    },
  },
  {
    mistake: 7,
    code: 'server-trust-wrong',
    state: 'mosquitto is given the device’s own CA as the server’s root',
    async bring(bench) {
      const { ca, chain, leaf, name } = await bench.fleet();
      return {
        device: leaf,
        brought: givenIn(await bench.connect(chain, name, ['--cafile', ca.certFile])),
      };
    },
  },
  {
    mistake: 8,
    code: 'endpoint-not-ats',
    state: 'the device is set to the host that DescribeEndpoint answers unless it is asked for the ATS one',
    async bring(bench) {
      const { leaf } = await bench.fleet();
      // The sandbox's own answer is its host; on AWS it is this one.
      const log =
        'mosquitto_pub -h a1b2c3.iot.us-east-2.amazonaws.com -i press-1\nUnable to connect (Lookup error.)';
      return { device: leaf, brought: givenIn(log) };
    },
  },
  {
    mistake: 9,
    code: 'device-clock',
    state: 'OpenSSL, whose clock is two years slow, does not take the server’s certificate',
    async bring(bench) {
      const { leaf } = await bench.fleet();
      const { host, port } = bench.sandbox.mqtt;
      const log = await openssl([
        ...['s_client', '-connect', `${host}:${port}`, '-CAfile', bench.sandbox.caFile],
        ...['-attime', String(Math.floor(Date.now() / 1000) - 2 * 365 * 86_400), '-verify_return_error'],
        ...['-cert', leaf.certFile, '-key', leaf.keyFile],
      ]);
      return { device: leaf, brought: givenIn(log) };
    },
  },
  {
    mistake: 9,
    code: 'certificate-not-yet-valid',
    state: 'the certificate begins tomorrow',
    async bring(bench) {
      const device = await bench.fleet({ ca: await agedCa(bench.maker, 'aged') });
      bench.setClock(-86_400_000);
      await contact(bench.sandbox, device.leaf);
      return { device: device.leaf };
    },
  },
];
