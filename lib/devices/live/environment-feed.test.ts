/** What a feed makes of a connection that a test has in its hands. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ConnectionOptions, MqttConnection } from '@/lib/aws/mqtt/mqtt-connection';
import type { MqttMessage, MqttState } from '@/lib/aws/mqtt/mqtt-types';
import type { Environment } from '@/lib/config/environments';
import type { Sighting } from '@/lib/ledger/record-seen';
import { ok } from '@/lib/result';
import { EnvironmentFeed } from './environment-feed';

const fake = vi.hoisted(() => ({
  /** The filters that were asked for; `grant` answers those that wait. */
  asked: [] as string[],
  waiting: [] as (() => void)[],
  hear: undefined as ((message: MqttMessage) => void) | undefined,
  state: { kind: 'connecting' } as MqttState,
  change: (_: MqttState): void => {},
  written: [] as unknown[],
}));
vi.mock('@/lib/aws/mqtt/mqtt-connection', () => ({
  openMqttConnection(_: Environment, options: ConnectionOptions): MqttConnection {
    fake.change = (state) => {
      fake.state = state;
      options.onState?.(state);
    };
    return {
      async subscribe(filter, _options, hear) {
        fake.asked.push(filter);
        await new Promise<void>((resolve) => void fake.waiting.push(resolve));
        fake.hear = hear;
        return ok({ filter, qos: 1, close() {} });
      },
      publish: async () => ok(undefined),
      state: () => fake.state,
      close: async () => {},
    };
  },
}));
vi.mock('@/lib/aws/iot-gateway', () => ({
  iotInBackground: () => ({ describeCertificate: async () => ({ ok: false }) }),
}));
vi.mock('@/lib/ledger/record-seen', () => ({
  recordSightings: async (_: string, sightings: readonly Sighting[]) =>
    void fake.written.push(
      ...sightings.map(({ certificateId, state, at }) => [certificateId[0], state, at.toISOString()]),
    ),
}));

const CONNECTED: MqttState = { kind: 'connected', since: new Date() };
const LOST: MqttState = {
  kind: 'waiting',
  fault: { kind: 'lost', reason: undefined },
  failures: 1,
  retryAt: new Date(),
};
const environment = { id: 'lab' } as Environment;
const silent = { state() {}, events() {}, reload() {} };
const at = (second: number) => new Date(1_700_000_000_000 + second * 1000);

/** Until nobody asks any more. */
async function grantAll(): Promise<void> {
  for (let next = fake.waiting.shift(); next !== undefined; next = fake.waiting.shift()) {
    next();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
function hear(topic: string, payload: object, receivedAt: Date): void {
  fake.hear?.({
    topic: `$aws/events/${topic}`,
    payload: new TextEncoder().encode(JSON.stringify(payload)),
    qos: 1,
    retain: false,
    properties: {},
    receivedAt,
  });
}
const registered = (id: string, second: number) =>
  hear(
    'certificates/registered/x',
    { certificateId: id.repeat(64), caCertificateId: 'c'.repeat(64), timestamp: at(second).getTime() },
    at(second),
  );

let feed: EnvironmentFeed;
beforeEach(() => {
  Object.assign(fake, { asked: [], waiting: [], written: [] });
  feed = new EnvironmentFeed(environment);
  feed.listen(silent, undefined);
});
afterEach(() => feed.stop());

it('asks for each filter once, where the connection was lost between two of them', async () => {
  fake.change(CONNECTED);
  fake.waiting.shift()?.();
  await new Promise((resolve) => setImmediate(resolve));
  expect(fake.asked).toHaveLength(2);
  fake.change(LOST);
  fake.change(CONNECTED);
  await grantAll();
  expect(fake.asked).toHaveLength(3);
  expect(new Set(fake.asked).size).toBe(3);
});

it('remembers the attempts of devices that wait, over the end of its connection too', async () => {
  fake.change(CONNECTED);
  await grantAll();
  registered('a', 1);
  registered('a', 9);
  await feed.stop();
  expect(feed.attempts()).toEqual([
    { certificateId: 'a'.repeat(64), count: 2, firstAt: at(1).toISOString(), lastAt: at(9).toISOString() },
  ]);
});

it.each([
  { why: 'came late', eventSecond: 1, receivedSecond: 9, noted: 1 },
  { why: 'is of a clock that is ahead', eventSecond: 9, receivedSecond: 2, noted: 2 },
])('notes the earlier time of an event that $why', async ({ eventSecond, receivedSecond, noted }) => {
  fake.change(CONNECTED);
  await grantAll();
  hear(
    'presence/connected/d',
    {
      clientId: 'd',
      eventType: 'connected',
      timestamp: at(eventSecond).getTime(),
      principalIdentifier: 'a'.repeat(64),
    },
    at(receivedSecond),
  );
  await feed.stop();
  expect(fake.written).toEqual([['a', 'ACTIVE', at(noted).toISOString()]]);
});
