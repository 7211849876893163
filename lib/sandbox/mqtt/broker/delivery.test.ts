/** When a subscriber gets a message, and how often. */
import { afterEach, beforeEach, describe, expect, vi } from 'vitest';
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

describe('QoS 1', () => {
  behaviour(
    'A QoS 1 message is sent again on the next connection until it is acknowledged, under its packet id',
    { known: 'documented', source: 'guide, "MQTT"' },
    () => {
      const first = bench.connect('silent');
      first.subscribe('a');
      bench.publish('a', 'one');
      bench.publish('a', 'two');
      first.acknowledge(1);
      first.leave();
      const second = bench.connect('silent');
      expect(second.received).toEqual(['two #2']);
      second.acknowledge(2);
      second.leave();
      expect(bench.connect('silent').received).toEqual([]);
    },
  );

  behaviour(
    'A QoS 1 message is given up after an hour without acknowledgement',
    {
      known: 'documented',
      source: 'AWS IoT Core quotas, "Maximum retry interval for delivering QoS 1 messages"',
    },
    () => {
      const first = bench.connect('slow');
      first.subscribe('a');
      bench.publish('a', 'old');
      vi.advanceTimersByTime(61 * MINUTE_MS);
      first.leave();
      expect(bench.connect('slow').received).toEqual([]);
    },
  );

  behaviour(
    'A client has at most 100 QoS 1 messages unacknowledged; the next goes out when one is acknowledged',
    {
      known: 'documented',
      source: 'AWS IoT Core quotas, "Maximum outbound unacknowledged QoS 1 publish requests"',
    },
    () => {
      const link = bench.connect('window');
      link.subscribe('a');
      for (let count = 1; count <= 102; count += 1) bench.publish('a', `${count}`);
      expect(link.received).toHaveLength(100);
      link.acknowledge(7);
      expect(link.received.at(-1)).toBe('101 #101');
    },
  );

  behaviour(
    'A QoS 1 message waits for a client that does not read, while QoS 0 is dropped',
    { known: 'assumed', source: '' },
    () => {
      const link = bench.connect('stalled');
      link.subscribe('a');
      link.paceNow = 'blocked';
      bench.publish('a', 'lost', { qos: 0 });
      bench.publish('a', 'waits');
      expect(link.received).toEqual([]);
      link.paceNow = 'now';
      link.flush();
      expect(link.received).toEqual(['waits #1']);
    },
  );

  behaviour(
    'A QoS 1 message is delivered with the lower of what was published and what was subscribed',
    { known: 'documented', source: 'MQTT 3.1.1 section 3.8.4' },
    () => {
      const link = bench.connect('lower');
      link.subscribe('zero', 0);
      link.subscribe('one', 1);
      bench.publish('zero', 'a');
      bench.publish('one', 'b', { qos: 0 });
      expect(link.received).toEqual(['a', 'b']);
    },
  );
});

describe('QoS 0', () => {
  behaviour(
    'A QoS 0 message above the share of its subscriber’s connection is delayed, at most 1000 of them and 1 MiB, and none outlives the connection',
    {
      known: 'assumed',
      source:
        'AWS IoT Core quotas say discarded; lhthang96/aws_iot_playground saw bursts of 500 arrive whole',
    },
    () => {
      const link = bench.connect('busy');
      link.subscribe('a', 0);
      link.paceNow = 'soon';
      for (let count = 1; count <= 1_001; count += 1) bench.publish('a', `${count}`);
      expect([link.received, link.events]).toEqual([[], ['overflowed']]);
      link.paceNow = 'now';
      link.flush();
      expect(link.received).toHaveLength(1_000);
      expect(link.received.slice(0, 2)).toEqual(['1', '2']);
      link.paceNow = 'soon';
      for (let count = 0; count < 20; count += 1) bench.publish('a', 'x'.repeat(100_000));
      expect(link.session?.outbox.size).toBe(11);
      link.paceNow = 'now';
      link.flush();
      link.paceNow = 'soon';
      bench.publish('a', 'gone');
      link.leave();
      expect(link.session?.outbox.size).toBe(0);
    },
  );
});

describe('a message that expires', () => {
  behaviour(
    'A message that expires is not delivered after its expiry interval',
    { known: 'documented', source: 'guide, "MQTT 5 properties"' },
    () => {
      const first = bench.connect('late');
      first.subscribe('a');
      first.leave();
      bench.publish('a', 'short', { expiresAt: Date.now() + 1_000 });
      bench.publish('a', 'long', { expiresAt: Date.now() + 10_000 });
      vi.advanceTimersByTime(5_000);
      expect(bench.connect('late').received).toEqual(['long #1']);
    },
  );

  behaviour(
    'A message that expires is not retained after its expiry interval either',
    { known: 'documented', source: 'MQTT 5 section 3.3.2.3.3' },
    () => {
      bench.publish('r', 'gone', { retain: true, expiresAt: Date.now() + 1_000 });
      vi.advanceTimersByTime(1_000);
      const link = bench.connect('r');
      link.subscribe('r');
      expect(link.received).toEqual([]);
      expect(bench.retained.list(Date.now())).toEqual([]);
    },
  );
});

behaviour(
  'A message to $aws/rules/… is for its rule, and no subscriber gets it',
  { known: 'documented', source: 'guide, "Basic Ingest"' },
  () => {
    const link = bench.connect('curious');
    link.subscribe('$aws/rules/#');
    bench.publish('$aws/rules/store/a', 'x');
    expect(link.received).toEqual([]);
  },
);
