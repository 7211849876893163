/** The TLS side of the MQTT port, seen with OpenSSL's client. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MadeCa, MadeDevice } from '@/lib/sandbox/mqtt/testing/device-workshop';
import { articleConfig, MqttBench } from '@/lib/sandbox/mqtt/testing/mqtt-bench';
import { connectPacket, openSslClient } from '@/lib/sandbox/mqtt/testing/raw-client';

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
  it('verifies for OpenSSL, and an active certificate is let in', async () => {
    const told = await openSslClient(bench, {
      args: [flag, ...identity(observer)],
      input: Buffer.concat([connectPacket('observer'), DISCONNECT]),
    });
    expect(told).toContain('Verification: OK');
    expect(told).toContain(protocol);
    expect(told).toContain('No client certificate CA names sent');
    expect(told).toContain(CONNACK_ACCEPTED);
  });

  it('a handshake alone, held open or closed at once, registers nothing', async () => {
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
  });

  it('a first contact ends with close_notify and not a byte of MQTT', async () => {
    const device = await bench.workshop.makeDevice(ca, { subject: '/C=IN/CN=First', key: 'EC' });
    const told = await openSslClient(bench, {
      args: [flag, '-msg', ...identity(device)],
      input: connectPacket('first'),
    });
    expect(told).toMatch(/<<< .*Alert.*close_notify/s);
    expect(told).not.toContain('\x20\x02\x00');
    await bench.explained('certificate-registered', device.id);
  });
});

describe('the TLS port', () => {
  it('resumes no session, so that the chain is always seen', async () => {
    const told = await openSslClient(bench, {
      args: ['-tls1_2', '-reconnect', ...identity(observer)],
      waitForClose: false,
    });
    expect(told).not.toContain('Reused');
  });

  it('refuses what is older than TLS 1.2', async () => {
    const told = await openSslClient(bench, {
      args: ['-tls1_1', '-cipher', 'ALL:@SECLEVEL=0', ...identity(observer)],
    });
    expect(told).toMatch(/alert protocol version|no protocols available/);
  });

  it('asks for a certificate, and without one CONNECT is the end', async () => {
    const told = await openSslClient(bench, { args: [], input: connectPacket('nobody') });
    expect(told).toContain('Verification: OK');
    await bench.explained('client-certificate-missing');
  });

  it.each([
    [
      'server-name-foreign',
      ['-servername', 'a1b2-ats.iot.us-east-2.amazonaws.com'],
      'the name of a real account',
    ],
    ['server-name-required', ['-noservername'], 'no name, leaf alone'],
  ])('%s: %o (%s)', async (code, args) => {
    const device = await bench.workshop.makeDevice(ca, { subject: '/C=IN/CN=Named', key: 'EC' });
    await openSslClient(bench, { args: [...args, ...identity(device)], input: connectPacket('named') });
    await bench.explained(code, device.id);
    expect(bench.scope().region.certificates.has(device.id)).toBe(false);
  });

  it('lets a weak key through the handshake and refuses it at CONNECT', async () => {
    const device = await bench.workshop.makeDevice(ca, { subject: '/C=IN/CN=Weak', key: 'RSA-1024' });
    await openSslClient(bench, {
      args: ['-cipher', 'ALL:@SECLEVEL=0', ...identity(device)],
      input: connectPacket('weak'),
    });
    expect((await bench.explained('certificate-key-refused', device.id)).params).toEqual({ key: 'RSA 1024' });
    expect(bench.scope().region.certificates.has(device.id)).toBe(false);
  });

  it('refuses an expired certificate at CONNECT, registered or not', async () => {
    const device = await bench.workshop.makeDevice(ca, { subject: '/C=IN/CN=Old', key: 'EC', days: -1 });
    await openSslClient(bench, { args: identity(device), input: connectPacket('old') });
    await bench.explained('certificate-expired', device.id);
    expect(bench.scope().region.certificates.has(device.id)).toBe(false);
  });
});
