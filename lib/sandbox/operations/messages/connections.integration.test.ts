import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiError } from '@/lib/sandbox/api-error';
import type { MadeDevice } from '@/lib/sandbox/mqtt/testing/device-workshop';
import { MqttBench } from '@/lib/sandbox/mqtt/testing/mqtt-bench';
import { JsClient } from '@/lib/sandbox/mqtt/testing/mqtt-js';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { deleteConnection, getConnection } from './connections';

let bench: MqttBench;
let device: MadeDevice;
beforeAll(async () => {
  bench = await MqttBench.open();
  device = await bench.makeObserver();
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
});

const will = { topic: 'gone', payload: Buffer.from('will'), qos: 1 as const, retain: false };
const persistent = { clean: false, properties: { sessionExpiryInterval: 300 } };
const open = (clientId: string, more: object = {}) => JsClient.open(bench, { device, clientId, ...more });
const codeOf = (call: () => unknown) => {
  try {
    call();
  } catch (error) {
    if (error instanceof ApiError) return error.code;
    throw error;
  }
  return undefined;
};

behaviour(
  'DeleteConnection ends the connection of a client, whose will is published unless it is prevented',
  { known: 'documented', source: 'API reference, DeleteConnection' },
  async () => {
    const wills: string[] = [];
    const stop = bench.mqtt.bus.listen(({ topic }) => topic === 'gone' && wills.push(topic));
    for (const [preventWillMessage, expected] of [
      [true, 0],
      [false, 1],
    ] as const) {
      await using client = await open('deleted', { will });
      deleteConnection(bench.scope(), { clientId: 'deleted', preventWillMessage });
      expect((await client.next('disconnect')).reasonCode).toBe(0x98);
      await client.closed;
      expect(wills).toHaveLength(expected);
    }
    stop();
    expect(getConnection(bench.scope(), { clientId: 'deleted' })).toMatchObject({
      connected: false,
      disconnectReason: 'API_INITIATED_DISCONNECT',
    });
  },
);

behaviour(
  'DeleteConnection keeps the session of the client unless cleanSession is true',
  { known: 'documented', source: 'API reference, DeleteConnection' },
  async () => {
    for (const cleanSession of [false, true]) {
      const clientId = `session-${cleanSession}`;
      const first = await open(clientId, persistent);
      deleteConnection(bench.scope(), { clientId, cleanSession });
      await first.closed;
      await using again = JsClient.start(bench, { device, clientId, ...persistent });
      expect((await again.next('connack')).sessionPresent).toBe(!cleanSession);
    }
  },
);

behaviour(
  'DeleteConnection of a client that is not connected is ResourceNotFoundException; a client id does not begin with $',
  { known: 'documented', source: 'API reference, DeleteConnection' },
  () => {
    const scope = bench.scope();
    expect(codeOf(() => deleteConnection(scope, { clientId: 'nobody' }))).toBe('ResourceNotFoundException');
    expect(codeOf(() => getConnection(scope, { clientId: 'nobody' }))).toBe('ResourceNotFoundException');
    for (const clientId of ['$x', 'x'.repeat(129)]) {
      expect(codeOf(() => deleteConnection(scope, { clientId }))).toBe('InvalidRequestException');
    }
  },
);

behaviour(
  'GetConnection tells whether and since when a client is connected, with its socket when asked',
  { known: 'documented', source: 'service model, GetConnectionResponse' },
  async () => {
    await using _client = await open('asked', { keepalive: 60 });
    const clientId = 'asked';
    const plain = getConnection(bench.scope(), { clientId });
    expect(plain).toEqual({
      clientId,
      connected: true,
      connectedSince: expect.any(Number),
      cleanSession: true,
      keepAliveDuration: 60,
    });
    const withSocket = getConnection(bench.scope(), { clientId, includeSocketInformation: true });
    expect(withSocket.sourceIp).toMatch(/127\.0\.0\.1|::1/);
  },
);

it('GetConnection tells of a session that outlives its connection, though an MQTT 5 client has started it anew', async () => {
  const clientId = 'anew';
  const properties = { sessionExpiryInterval: 300 };
  await using _client = await open(clientId, { clean: true, properties });
  expect(getConnection(bench.scope(), { clientId })).toMatchObject({ cleanSession: false });
});
