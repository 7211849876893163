import { connectAsync, type IClientOptions } from 'mqtt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';

let sandbox: Sandbox;
let laterMs = 0;
/** Why clients' connections ended. */
const ends = new Map<string, string>();
beforeAll(async () => {
  sandbox = await startSandbox({ now: () => new Date(Date.now() + laterMs) });
  sandbox.state.messageBus?.listen(({ topic, payload }) => {
    if (!topic.startsWith('$aws/events/presence/disconnected/')) return;
    const { clientId, disconnectReason } = JSON.parse(Buffer.from(payload).toString());
    ends.set(clientId, disconnectReason);
  });
});
afterAll(() => sandbox.close());

const url = () => `${sandbox.api.replace('http', 'ws')}/mqtt`;
const credential = (region: string, service = 'iotdevicegateway') =>
  `AKIATEST/20260101/${region}/${service}/aws4_request`;
const signedUrl = (region = 'us-east-2') =>
  `${url()}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(credential(region))}&X-Amz-Signature=00`;

/** An MQTT client that gives up at the first failure. */
function connect(clientId: string, options: IClientOptions & { region?: string } = {}) {
  const { region, ...rest } = options;
  return connectAsync(signedUrl(region), { clientId, reconnectPeriod: 0, ...rest }, false);
}

/** The status that an upgrade is refused with. */
function refusedWith(address: string, protocols: string[], headers: Record<string, string> = {}) {
  return new Promise<number>((resolve, reject) => {
    const socket = new WebSocket(address, protocols, { headers });
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    socket.on('open', () => reject(new Error('the upgrade was not refused')));
    socket.on('error', reject);
  });
}

behaviour(
  'MQTT over WebSocket at /mqtt for callers signed with SigV4, in the Region they signed for; 3.1.1 and 5 meet',
  { known: 'documented', source: 'guide, "Device communication protocols"' },
  async () => {
    const listener = await connect('listener', { protocolVersion: 5 });
    const other = await connect('other-region', { region: 'eu-west-1' });
    const heard: string[] = [];
    for (const client of [listener, other]) {
      await client.subscribeAsync('line/+', { qos: 1 });
      client.on('message', (topic, payload) => heard.push(`${client.options.clientId} ${topic} ${payload}`));
    }
    const speaker = await connect('speaker', { protocolVersion: 4 });
    await speaker.publishAsync('line/1', 'Hello', { qos: 1 });
    await expect.poll(() => heard).toEqual(['listener line/1 Hello']);
    expect(sandbox.state.messageBus?.clients()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ clientId: 'listener', protocol: 'websocket', principal: 'AKIATEST' }),
      ]),
    );
    await Promise.all([listener, other, speaker].map((client) => client.endAsync()));
  },
);

behaviour(
  'A WebSocket that is not signed for the service, or in no Region, is refused with 403',
  { known: 'documented', source: 'guide, "Device communication protocols"' },
  async () => {
    expect(await refusedWith(url(), ['mqtt'])).toBe(403);
    const authorization = (scope: string) => ({ authorization: `AWS4-HMAC-SHA256 Credential=${scope}` });
    expect(await refusedWith(url(), ['mqtt'], authorization(credential('us-east-2', 's3')))).toBe(403);
    expect(await refusedWith(url(), ['mqtt'], authorization(credential('nowhere')))).toBe(403);
  },
);

behaviour(
  'A WebSocket offers the subprotocol mqtt',
  { known: 'documented', source: 'MQTT 3.1.1 section 6' },
  async () => {
    expect(await refusedWith(signedUrl(), ['chat'])).toBe(400);
  },
);

it('opens no WebSocket to a web page, nor anywhere but at /mqtt', async () => {
  expect(await refusedWith(signedUrl(), ['mqtt'], { origin: 'https://example.com' })).toBe(403);
  expect(await refusedWith(signedUrl(), ['mqtt'], { host: 'example.com' })).toBe(403);
  expect(await refusedWith(signedUrl(), ['mqtt'], { 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await refusedWith(signedUrl().replace('/mqtt', '/things'), ['mqtt'])).toBe(404);
});

it('ends a WebSocket that sends text, too much, or nothing that is MQTT', async () => {
  const open = () =>
    new Promise<WebSocket>((resolve, reject) => {
      const socket = new WebSocket(signedUrl(), ['mqtt']);
      socket.on('open', () => resolve(socket)).on('error', reject);
    });
  const endOf = async (data: string | Uint8Array) => {
    const socket = await open();
    const end = new Promise<number>((resolve) => socket.on('close', resolve));
    socket.send(data);
    return end;
  };
  expect(await endOf('CONNECT')).toBe(1003);
  expect(await endOf(new Uint8Array(1_000_000))).toBe(1009);
  await endOf(Uint8Array.of(0xff, 0xff, 0xff, 0xff));
  const alive = await connect('after-them');
  await alive.endAsync();
});

behaviour(
  'A WebSocket that is closed with a Close frame is told as CLIENT_INITIATED_DISCONNECT, and leaves no will; one that is lost is CONNECTION_LOST, and leaves it',
  { known: 'documented', source: 'guide, "Lifecycle events"' },
  async () => {
    const watcher = await connect('watcher');
    const heard: string[] = [];
    watcher.on('message', (topic) => heard.push(topic));
    await watcher.subscribeAsync('will/+');
    const leave = async (clientId: string, how: (socket: WebSocket) => void) => {
      const sockets: WebSocket[] = [];
      await connect(clientId, {
        will: { topic: `will/${clientId}`, payload: Buffer.from('x') },
        createWebsocket(address, protocols) {
          const socket = new WebSocket(address, protocols);
          sockets.push(socket);
          return socket;
        },
      });
      for (const socket of sockets) how(socket);
      await expect.poll(() => ends.get(clientId)).toBeDefined();
    };
    await leave('polite', (socket) => socket.close(1000));
    await leave('lost', (socket) => socket.terminate());
    // Closed by the sandbox; the client's answer to that is no goodbye.
    await leave('rude', (socket) => socket.send('text'));
    expect(Object.fromEntries(ends)).toMatchObject({
      polite: 'CLIENT_INITIATED_DISCONNECT',
      lost: 'CONNECTION_LOST',
      rude: 'CONNECTION_LOST',
    });
    await expect.poll(() => heard).toEqual(['will/lost', 'will/rude']);
    await watcher.endAsync();
  },
);

behaviour(
  'A WebSocket ends after 24 hours, told as WEBSOCKET_TTL_EXPIRATION, and leaves its will',
  {
    known: 'documented',
    source: 'AWS IoT Core quotas, "WebSocket connection duration"; guide, "Lifecycle events"',
  },
  async () => {
    const old = await connect('old', {
      protocolVersion: 5,
      will: { topic: 'will/old', payload: Buffer.from('x') },
    });
    const heard: string[] = [];
    const stop = sandbox.state.messageBus?.listen(({ topic }) => {
      if (!topic.startsWith('$')) heard.push(topic);
    });
    laterMs = 24 * 3_600_000 - 60_000;
    await old.publishAsync('still/there', 'x', { qos: 1 });
    laterMs = 24 * 3_600_000;
    const closed = new Promise((resolve) => old.once('close', () => resolve('closed')));
    old.publish('too/late', 'x');
    expect(await closed).toBe('closed');
    laterMs = 0;
    stop?.();
    expect(ends.get('old')).toBe('WEBSOCKET_TTL_EXPIRATION');
    expect(heard).toEqual(['still/there', 'will/old']);
  },
);

it('does not keep a sandbox from stopping', async () => {
  const short = await startSandbox();
  const socket = new WebSocket(`${short.api.replace('http', 'ws')}/mqtt`, ['mqtt'], {
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${credential('us-east-2')}` },
  });
  await new Promise((resolve) => socket.on('open', resolve));
  const ended = new Promise((resolve) => socket.on('close', resolve));
  await short.close();
  await ended;
}, 10_000);
