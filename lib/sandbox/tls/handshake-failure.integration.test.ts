/** Handshakes that fail, and what the sandbox tells of each. */
import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MadeDevice } from '@/lib/sandbox/mqtt/testing/device-workshop';
import { MqttBench } from '@/lib/sandbox/mqtt/testing/mqtt-bench';

let bench: MqttBench;
let observer: MadeDevice;
beforeAll(async () => {
  bench = await MqttBench.open();
  observer = await bench.makeObserver();
});
afterAll(() => bench[Symbol.asyncDispose]());

/** OpenSSL's client, which ends with its handshake. */
const openSsl = (...args: string[]) =>
  new Promise<void>((resolve) => {
    const target = ['s_client', '-connect', `127.0.0.1:${bench.mqtt.port}`, '-servername', 'localhost'];
    execFile('openssl', [...target, ...args], () => resolve()).stdin?.end();
  });
const plain = (text: string) =>
  new Promise<void>((resolve) => {
    const socket = connect(bench.mqtt.port, '127.0.0.1').on('error', () => undefined);
    socket.on('close', () => resolve()).end(text);
  });
/** What was told of handshakes since. */
async function told(act: () => Promise<void>): Promise<string | undefined> {
  const after = bench.events.length;
  await act();
  await expect.poll(() => bench.events.length).toBeGreaterThan(after);
  return bench.events.slice(after).find(({ code }) => code === 'tls-handshake-failed')?.message;
}

it('tells which mistake ended a TLS handshake, and what to do about it', async () => {
  expect(await told(() => openSsl('-alpn', 'h2'))).toMatch(/\(no application protocol\)\. .* x-amzn-mqtt-ca/);
  expect(await told(() => openSsl('-tls1_1', '-cipher', 'DEFAULT@SECLEVEL=0'))).toMatch(
    /older TLS than 1\.2/,
  );
  expect(await told(() => openSsl('-tls1_2', '-cipher', 'AES128-SHA'))).toMatch(/no cipher suite/);
  const foreign = await told(() => openSsl('-CAfile', observer.certFile, '-verify_return_error'));
  expect(foreign).toMatch(/does not trust the server\. Give it the sandbox's root certificate/);
  expect(await told(() => plain('GET / HTTP/1.1\r\n\r\n'))).toMatch(/spoke HTTP without TLS/);
  expect(await told(() => plain('\x10\x0e\x00\x04MQTT\x04\x02\x00\x3c\x00\x02ab'))).toMatch(/without TLS/);
});
