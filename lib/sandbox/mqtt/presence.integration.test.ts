/** Presence events of clients that come back, and of those that are not let in. */
import { afterAll, beforeAll, expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import type { MadeDevice } from './testing/device-workshop';
import { MqttBench, REGION } from './testing/mqtt-bench';
import { JsClient } from './testing/mqtt-js';

const HOUR_MS = 3_600_000;
let bench: MqttBench;
let observer: MadeDevice;
const events = new Map<string, Record<string, unknown>>();
beforeAll(async () => {
  bench = await MqttBench.open();
  observer = await bench.makeObserver();
  bench.mqtt.bus.listen(({ topic, payload }) => {
    if (topic.startsWith('$aws/events/')) events.set(topic, JSON.parse(Buffer.from(payload).toString()));
  });
});
afterAll(() => bench[Symbol.asyncDispose]());

const presence = (eventType: string, clientId: string) =>
  events.get(`$aws/events/presence/${eventType}/${clientId}`);
const open = (clientId: string) => JsClient.open(bench, { device: observer, clientId, protocolVersion: 4 });

behaviour(
  'The version number of a client id begins at 0 again when it was away for more than an hour',
  { known: 'documented', source: 'guide, "Lifecycle events"' },
  async () => {
    const seen: unknown[] = [];
    for (const awayMs of [0.9 * HOUR_MS, 1.1 * HOUR_MS]) {
      bench.state.connectivity.set(REGION, 'away', {
        ...{ connected: false, timestamp: Date.now() - awayMs, disconnectReason: 'CONNECTION_LOST' },
        ...{ principal: observer.id, sessionId: 'x', versionNumber: 7 },
        ...{ sourceIp: '127.0.0.1', sourcePort: 1 },
      });
      await using _ = await open('away');
      seen.push(presence('connected', 'away')?.['versionNumber']);
    }
    expect(seen).toEqual([8, 0]);
  },
);

behaviour(
  'A connect is told as failed also when the client may connect, and its will may not be published',
  { known: 'documented', source: 'guide, "Lifecycle events"' },
  async () => {
    const ca = await bench.workshop.makeCa({ subject: '/O=Presence', key: 'EC' });
    const device = await bench.workshop.makeDevice(ca, { subject: '/CN=willing', key: 'EC' });
    const Statement = [{ Effect: 'Allow', Action: 'iot:Connect', Resource: '*' }];
    bench.allow(device, { policyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) });
    const will = { topic: 'wills', payload: Buffer.from('gone'), qos: 0 as const, retain: false };
    await using _ = JsClient.start(bench, { device, clientId: 'willing', protocolVersion: 4, will });
    await expect
      .poll(() => presence('connect_failed', 'willing'), { timeout: 5_000 })
      .toMatchObject({ connectFailureReason: 'AUTHORIZATION_FAILED', principalIdentifier: device.id });
    expect(presence('connected', 'willing')).toBeUndefined();
  },
);
