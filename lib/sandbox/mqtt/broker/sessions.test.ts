/** What a broker keeps of clients that come and go. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BrokerBench, MINUTE_MS } from '@/lib/sandbox/mqtt/testing/broker-bench';
import { behaviour } from '@/lib/sandbox/testing/behaviour';

let bench: BrokerBench;
beforeEach(() => {
  vi.useFakeTimers();
  bench = new BrokerBench();
});
afterEach(() => {
  bench[Symbol.dispose]();
  vi.useRealTimers();
});

describe('a persistent session', () => {
  behaviour(
    'A persistent session keeps subscriptions and QoS 1 messages for a client that is away, and not those of QoS 0',
    { known: 'documented', source: 'guide, "MQTT persistent sessions"' },
    () => {
      const first = bench.connect('sleeper');
      first.subscribe('a');
      first.leave();
      bench.publish('a', 'kept');
      bench.publish('a', 'lost', { qos: 0 });
      const second = bench.link();
      expect(second.open('sleeper')).toBe(true);
      expect(second.received).toEqual(['kept #1']);
      bench.publish('a', 'live');
      expect(second.received).toEqual(['kept #1', 'live #2']);
    },
  );

  behaviour(
    'A persistent session ends an hour after its connection',
    { known: 'documented', source: 'AWS IoT Core quotas, "Persistent session expiry period"' },
    () => {
      const first = bench.connect('expired');
      first.subscribe('a');
      first.leave();
      vi.setSystemTime(Date.now() + 60 * MINUTE_MS);
      expect(bench.link().open('expired')).toBe(false);
    },
  );

  behaviour(
    'A persistent session is still there after 59 minutes, and does not age while its client is connected',
    { known: 'documented', source: 'AWS IoT Core quotas, "Persistent session expiry period"' },
    () => {
      const first = bench.connect('tireless');
      vi.advanceTimersByTime(120 * MINUTE_MS);
      first.leave();
      vi.advanceTimersByTime(59 * MINUTE_MS);
      expect(bench.link().open('tireless')).toBe(true);
    },
  );

  behaviour(
    'A persistent session ends when its client starts clean',
    { known: 'documented', source: 'guide, "MQTT persistent sessions"' },
    () => {
      const first = bench.connect('cleaner');
      first.subscribe('a');
      first.leave();
      bench.publish('a', 'forgotten');
      const second = bench.link();
      expect(second.open('cleaner', { cleanStart: true })).toBe(false);
      bench.publish('a', 'unwanted');
      expect(second.received).toEqual([]);
    },
  );

  behaviour(
    'A persistent session keeps at most 1000 messages for its client',
    { known: 'assumed', source: '' },
    () => {
      const first = bench.connect('hoarder');
      first.subscribe('a');
      first.leave();
      for (let count = 0; count < 1_100; count += 1) bench.publish('a', `${count}`);
      const second = bench.connect('hoarder');
      for (let packetId = 1; packetId <= 1_100; packetId += 1) second.acknowledge(packetId);
      expect(second.received).toHaveLength(1_000);
      expect(second.received.at(-1)).toBe('999 #1000');
    },
  );
});

it('sweeps connections every ten seconds, for what ends with time', () => {
  const link = bench.connect('swept');
  vi.advanceTimersByTime(9_999);
  expect(link.events).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(link.events).toEqual(['swept']);
});

describe('sessions of clients that are away', () => {
  it('have 200 000 subscriptions together; the session away longest gives way', () => {
    const leaveWithFifty = (clientId: string) => {
      const link = bench.connect(clientId);
      for (let count = 0; count < 50; count += 1) link.subscribe(`a/${count}`);
      link.leave();
    };
    for (let count = 0; count < 4_000; count += 1) leaveWithFifty(`c${count}`);
    // Who comes back and leaves again is no longer the first, and counts once.
    bench.connect('c0').leave();
    bench.connect('c1').leave();
    leaveWithFifty('one more');
    const isThere = (clientId: string) => bench.link().open(clientId);
    expect(['c0', 'c1', 'c2', 'c3', 'one more'].map(isThere)).toEqual([true, true, false, true, true]);
  });
});

describe('a client id', () => {
  behaviour(
    'A client id belongs to the connection that came last, session and all',
    { known: 'documented', source: 'guide, "MQTT"' },
    () => {
      const first = bench.connect('twin');
      first.subscribe('a');
      const second = bench.link();
      expect(second.open('twin')).toBe(true);
      expect(first.events).toEqual(['taken over']);
      bench.publish('a', 'x');
      expect([first.received, second.received]).toEqual([[], ['x #1']]);
    },
  );
});

behaviour(
  'A queued message is not delivered when iot:Receive is no longer allowed at the time of delivery',
  {
    known: 'documented',
    source: 'guide, "AWS IoT Core policy actions" (checked on every delivery)',
  },
  () => {
    const first = bench.connect('forbidden');
    first.subscribe('a');
    first.leave();
    bench.publish('a', 'secret');
    const second = bench.link();
    second.deaf = true;
    second.open('forbidden');
    expect(second.received).toEqual([]);
    expect(second.session?.outbox.size).toBe(0);
  },
);
