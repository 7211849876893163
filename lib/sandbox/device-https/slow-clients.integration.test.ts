import { connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openState } from '@/lib/sandbox/state/open-state';
import { loadOrCreateServerIdentity, type ServerIdentity } from '@/lib/sandbox/tls/server-identity';
import { type DevicePorts, startDevicePorts } from './device-ports';

let identity: ServerIdentity;
let ports: DevicePorts;
beforeAll(async () => {
  const now = () => new Date();
  identity = await loadOrCreateServerIdentity(undefined, now());
  ports = await startDevicePorts({
    sandbox: await openState(undefined, '123456789012'),
    httpsPort: 0,
    alpnPort: 0,
    hosts: ['127.0.0.1'],
    serverIdentity: identity,
    now,
    serveMqtt: () => undefined,
    onUnexpected: (error) => {
      throw error;
    },
    timeouts: { headersMs: 150, requestMs: 150, keepAliveMs: 150 },
  });
});
afterAll(async () => {
  await ports.close();
  await identity.dispose();
});

const REQUEST = 'GET /things HTTP/1.1\r\nhost: localhost\r\n\r\n';

/** How long the server keeps a client that trickles `text`, a piece every 40 ms, over and over. */
async function keptMs(pieces: readonly string[]): Promise<number> {
  const socket = await new Promise<TLSSocket>((resolve, reject) => {
    const opening = connect({ port: ports.httpsPort, servername: 'localhost', ca: identity.caPem }, () =>
      resolve(opening),
    );
    opening.on('error', reject);
  });
  socket.on('error', () => undefined).resume();
  const start = performance.now();
  let next = 0;
  const trickle = setInterval(() => {
    const piece = pieces[next++];
    if (piece !== undefined) socket.write(piece);
  }, 40);
  await new Promise((resolve) => socket.once('close', resolve));
  clearInterval(trickle);
  return performance.now() - start;
}

const letters = (count: number) => Array.from({ length: count }, () => 'a');

describe('a client that takes its time is let go', () => {
  it.each([
    ['says nothing', [], 150],
    ['never ends its headers', ['GET / HTTP/1.1\r\nx: ', ...letters(1000)], 150],
    ['waits after its answer for longer than a connection is kept', [REQUEST], 150],
    ['never ends the headers of its next request', [REQUEST, 'GET / HTTP/1.1\r\nx: ', ...letters(1000)], 150],
  ])('when it %s', async (_, pieces, leastMs) => {
    const kept = await keptMs(pieces);
    expect(kept).toBeGreaterThanOrEqual(leastMs - 20);
    expect(kept).toBeLessThan(5000);
  });
});
