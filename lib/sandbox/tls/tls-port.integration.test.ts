/** The TLS side of the MQTT port, seen with OpenSSL's client. */
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { MadeCa, MadeDevice } from '@/lib/sandbox/mqtt/testing/device-workshop';
import { articleConfig, MqttBench } from '@/lib/sandbox/mqtt/testing/mqtt-bench';
import { connectPacket, openSslClient, tlsBytes } from '@/lib/sandbox/mqtt/testing/raw-client';
import { behaviour } from '@/lib/sandbox/testing/behaviour';

let bench: MqttBench;
let observer: MadeDevice;
let ca: MadeCa;
beforeAll(async () => {
  bench = await MqttBench.open();
  bench.putRole();
  observer = await bench.makeObserver();
  ca = await bench.workshop.makeCa({ subject: '/C=IN/O=Maker', key: 'EC' });
  await bench.register(ca, { config: await articleConfig('jitp-scoped') });
});
afterAll(() => bench[Symbol.asyncDispose]());

const identity = ({ certFile, keyFile }: MadeDevice) => ['-cert', certFile, '-key', keyFile];
const CONNACK_ACCEPTED = '\x20\x02\x00\x00';
const DISCONNECT = Buffer.from([0xe0, 0x00]);

describe.each([
  ['TLS 1.2', '-tls1_2', 'TLSv1.2'],
  ['TLS 1.3', '-tls1_3', 'TLSv1.3'],
])('%s', (_, flag, protocol) => {
  behaviour(
    'TLS 1.2 and TLS 1.3 are spoken, a client certificate is asked for, and no CA names are sent',
    { known: 'documented', source: 'guide, "Transport security"' },
    async () => {
      const told = await openSslClient(bench, {
        args: [flag, ...identity(observer)],
        input: Buffer.concat([connectPacket('observer'), DISCONNECT]),
      });
      expect(told).toContain('Verification: OK');
      expect(told).toContain(protocol);
      expect(told).toContain('No client certificate CA names sent');
      expect(told).toContain(CONNACK_ACCEPTED);
    },
  );

  behaviour(
    'A handshake alone, held open or closed at once, registers nothing',
    { known: 'measured', source: 'ministackorg/ministack #1755' },
    async () => {
      const device = await bench.workshop.makeDevice(ca, { subject: '/C=IN/CN=Silent', key: 'EC' });
      const chain = ['-cert_chain', device.chainFile];
      const told = await openSslClient(bench, {
        args: [flag, ...identity(device), ...chain],
        waitForClose: false,
      });
      expect(told).toContain(protocol);
      await openSslClient(bench, { args: [flag, ...identity(device), ...chain] });
      await bench.explained('connect-timeout', device.id);
      expect(bench.scope().region.certificates.has(device.id)).toBe(false);
    },
  );

  behaviour(
    'A first contact ends with close_notify and not a byte of MQTT, in both versions of TLS',
    { known: 'measured', source: 'aws/amazon-freertos #549' },
    async () => {
      const device = await bench.workshop.makeDevice(ca, { subject: '/C=IN/CN=First', key: 'EC' });
      const told = await openSslClient(bench, {
        args: [flag, '-msg', ...identity(device)],
        input: connectPacket('first'),
      });
      expect(told).toMatch(/<<< .*Alert.*close_notify/s);
      expect(told).not.toContain('\x20\x02\x00');
      await bench.explained('certificate-registered', device.id);
    },
  );
});

describe('the TLS port', () => {
  behaviour(
    'TLS sessions are not resumed',
    { known: 'documented', source: 'guide, "Transport security"' },
    async () => {
      const told = await openSslClient(bench, {
        args: ['-tls1_2', '-reconnect', ...identity(observer)],
        waitForClose: false,
      });
      expect(told).not.toContain('Reused');
    },
  );

  behaviour(
    'What is older than TLS 1.2 is refused',
    { known: 'documented', source: 'guide, "Transport security"' },
    async () => {
      const told = await openSslClient(bench, {
        args: ['-tls1_1', '-cipher', 'ALL:@SECLEVEL=0', ...identity(observer)],
      });
      expect(told).toMatch(/alert protocol version|no protocols available/);
    },
  );

  behaviour(
    'A handshake without client certificate succeeds, and CONNECT ends it',
    { known: 'measured', source: 'aws/aws-iot-device-sdk-embedded-C #1920' },
    async () => {
      const told = await openSslClient(bench, { args: [], input: connectPacket('nobody') });
      expect(told).toContain('Verification: OK');
      await bench.explained('client-certificate-missing');
    },
  );

  behaviour(
    'A certificate with an RSA key below 2048 bits passes the handshake; its first contact is refused and registers nothing',
    { known: 'assumed', source: '' },
    async () => {
      const device = await bench.workshop.makeDevice(ca, { subject: '/C=IN/CN=Weak', key: 'RSA-1024' });
      await openSslClient(bench, {
        args: ['-cipher', 'ALL:@SECLEVEL=0', ...identity(device)],
        input: connectPacket('weak'),
      });
      expect((await bench.explained('certificate-key-refused', device.id)).params).toEqual({
        key: 'RSA 1024',
      });
      expect(bench.scope().region.certificates.has(device.id)).toBe(false);
    },
  );

  behaviour(
    'A client that stays silent after the handshake is closed after 10 seconds',
    { known: 'assumed', source: '' },
    async () => {
      // The bench waits for less than a second.
      const { afterMs } = await tlsBytes(bench, { device: observer });
      expect(afterMs).toBeGreaterThan(500);
      expect(afterMs).toBeLessThan(5000);
      expect((await bench.explained('connect-timeout', observer.id)).params).toEqual({ timeoutMs: 700 });
    },
  );
});
