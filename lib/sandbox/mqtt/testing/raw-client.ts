/**
 * Clients that say exactly what a test wants them to: OpenSSL's for what it shows of TLS, a bare socket for the rest.
 * @module
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { MqttBench } from './mqtt-bench';

const CLIENT_MS = 15_000;

/** A minimal MQTT 3.1.1 CONNECT with a clean session. */
export function connectPacket(clientId: string): Buffer {
  const id = Buffer.from(clientId);
  const body = Buffer.concat([
    Buffer.from([0, 4, ...Buffer.from('MQTT'), 4, 2, 0, 60, id.length >> 8, id.length & 0xff]),
    id,
  ]);
  return Buffer.concat([Buffer.from([0x10, body.length]), body]);
}

/** What `openssl s_client` printed when the server had closed, or the client was told to stop with its input. */
export async function openSslClient(
  bench: MqttBench,
  {
    args,
    input,
    waitForClose = true,
  }: { args: readonly string[]; input?: Uint8Array; waitForClose?: boolean },
): Promise<string> {
  // OpenSSL takes a host without a dot for no DNS name and sends no SNI by itself.
  const named = args.some((arg) => arg.endsWith('servername'));
  const serverName = named ? [] : ['-servername', 'localhost'];
  const command = [
    's_client',
    ...serverName,
    '-CAfile',
    bench.identity.caFile,
    '-connect',
    `localhost:${bench.mqtt.port}`,
  ];
  const client = spawn('openssl', [...command, ...args, ...(waitForClose ? ['-ign_eof'] : [])], {
    timeout: CLIENT_MS,
  });
  const chunks: Buffer[] = [];
  client.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  client.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  client.stdin.on('error', () => undefined); // The server may have closed before everything was written.
  client.stdin.end(input);
  await once(client, 'close');
  return Buffer.concat(chunks).toString('latin1');
}

export type Ending = { received: Buffer; reset: boolean; afterMs: number };

type RawClientOptions = {
  device?: { certFile: string; keyFile: string };
  send?: readonly Uint8Array[];
  /** The client closes first, as soon as it has sent everything. */
  hangUp?: boolean;
};

/** Sends bytes inside TLS and waits for the server to end the connection. */
export async function tlsBytes(
  bench: MqttBench,
  { device, send = [], hangUp = false }: RawClientOptions,
): Promise<Ending> {
  const identity = device && { cert: readFileSync(device.certFile), key: readFileSync(device.keyFile) };
  const socket = connectTls({
    ...identity,
    host: '127.0.0.1',
    port: bench.mqtt.port,
    servername: 'localhost',
    ca: bench.identity.caPem,
  });
  const ended = ending(socket, send);
  if (hangUp) socket.end();
  return ended;
}

/** Sends bytes instead of TLS and waits for the server to end the connection. */
export async function tcpBytes(bench: MqttBench, send: readonly Uint8Array[]): Promise<Ending> {
  return ending(connectTcp({ host: '127.0.0.1', port: bench.mqtt.port }), send);
}

async function ending(socket: ReturnType<typeof connectTcp>, send: readonly Uint8Array[]): Promise<Ending> {
  const startedAt = performance.now();
  const chunks: Buffer[] = [];
  let reset = false;
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', (error) => {
    reset ||= 'code' in error && error.code === 'ECONNRESET';
  });
  for (const bytes of send) socket.write(bytes);
  await new Promise((resolve) => socket.once('close', resolve));
  return { received: Buffer.concat(chunks), reset, afterMs: performance.now() - startedAt };
}
