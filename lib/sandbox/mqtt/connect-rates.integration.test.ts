/** CONNECT and registration under AWS's default rates, with a clock that stands still. */
import { afterAll, beforeAll, expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import type { MadeDevice } from './testing/device-workshop';
import { mosquittoPub } from './testing/mosquitto';
import { MqttBench, REGION } from './testing/mqtt-bench';
import { JsClient } from './testing/mqtt-js';

let bench: MqttBench;
let device: MadeDevice;
/** Ahead of the certificates that OpenSSL makes while the test runs. */
let nowMs = Date.now() + 60_000;
const ends: { clientId: unknown; disconnectReason: unknown }[] = [];
beforeAll(async () => {
  bench = await MqttBench.open({ throttled: true, now: () => new Date(nowMs) });
  device = await bench.makeObserver();
  bench.mqtt.bus.listen(({ topic, payload }) => {
    if (!topic.startsWith('$aws/events/presence/disconnected/')) return;
    const { clientId, disconnectReason } = JSON.parse(Buffer.from(payload).toString());
    ends.push({ clientId, disconnectReason });
  });
});
afterAll(() => bench[Symbol.asyncDispose]());

const endsOf = (id: string) =>
  ends.filter(({ clientId }) => clientId === id).map(({ disconnectReason }) => disconnectReason);

behaviour(
  'With SANDBOX_THROTTLE=aws a second CONNECT of a client id within a second is refused: MQTT 5 gets CONNACK 0x97, MQTT 3.1.1 nothing, and the connection that is there stays',
  {
    known: 'documented',
    source:
      'AWS IoT Core quotas, "Connect requests per second per client ID"; guide, "MQTT reason codes"; what becomes of the first is assumed',
  },
  async () => {
    await using first = await JsClient.open(bench, { device, clientId: 'hasty' });
    const second = JsClient.start(bench, { device, clientId: 'hasty' });
    expect((await second.next('connack')).reasonCode).toBe(0x97);
    await second.closed;
    const third = await mosquittoPub([...bench.args(device, { clientId: 'hasty' }), '-t', 'a', '-m', 'b']);
    expect(third.output).toContain('The connection was lost');
    expect(third.output).not.toContain('CONNACK');
    expect((await bench.explained('connect-throttled')).params).toEqual({ limit: 'client-id', perSecond: 1 });
    await first.mqtt.publishAsync('still/there', 'x', { qos: 1 });
    nowMs += 1_000;
    const fourth = await mosquittoPub([...bench.args(device, { clientId: 'hasty' }), '-t', 'a', '-m', 'b']);
    expect(fourth.code).toBe(0);
  },
);

behaviour(
  'A CONNECT above the rate is told as THROTTLED, and a connection that the client has is still known as connected',
  { known: 'assumed', source: 'guide, "Lifecycle events"' },
  async () => {
    await using _first = await JsClient.open(bench, { device, clientId: 'told' });
    const second = JsClient.start(bench, { device, clientId: 'told' });
    await second.closed;
    await expect.poll(() => endsOf('told')).toEqual(['THROTTLED']);
    expect(bench.state.connectivity.get(REGION, 'told')).toMatchObject({ connected: true });
    await mosquittoPub([...bench.args(device, { clientId: 'away' }), '-t', 'a', '-m', 'b']);
    await mosquittoPub([...bench.args(device, { clientId: 'away' }), '-t', 'a', '-m', 'b']);
    await expect.poll(() => endsOf('away')).toEqual(['CLIENT_INITIATED_DISCONNECT', 'THROTTLED']);
    expect(bench.state.connectivity.get(REGION, 'away')).toMatchObject({
      connected: false,
      disconnectReason: 'THROTTLED',
      versionNumber: 0,
    });
  },
);

behaviour(
  'With SANDBOX_THROTTLE=aws an account’s devices register 15 certificates a second; the connection of one more is closed, and it can come again',
  {
    known: 'documented',
    source:
      'AWS IoT limits, "Maximum number of device certificates that can be registered per second"; what happens is assumed',
  },
  async () => {
    const ca = await bench.workshop.makeCa({ subject: '/O=Burst', key: 'EC' });
    await bench.register(ca);
    const devices: MadeDevice[] = [];
    for (let count = 0; count < 16; count += 1) {
      devices.push(await bench.workshop.makeDevice(ca, { subject: `/CN=burst-${count}`, key: 'EC' }));
    }
    const registered = () => devices.filter(({ id }) => bench.scope().region.certificates.has(id));
    const contact = (one: MadeDevice) =>
      mosquittoPub([...bench.args(one, { clientId: one.id }), '-t', 'a', '-m', 'b']);
    for (const one of devices) await contact(one);
    expect(registered()).toHaveLength(15);
    expect((await bench.explained('registration-throttled', devices.at(-1)?.id)).params).toMatchObject({
      perSecond: 15,
    });
    nowMs += 1_000;
    for (const one of devices.slice(-1)) await contact(one);
    expect(registered()).toHaveLength(16);
    // It may not come again at once either.
    for (const one of devices.slice(-1)) await contact(one);
    await bench.explained('connect-throttled', devices.at(-1)?.id);
    expect(bench.events.map(({ code }) => code)).not.toContain('certificate-still-pending');
  },
);
