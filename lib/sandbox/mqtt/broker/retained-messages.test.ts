/** Messages that are kept for subscribers to come. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BrokerBench } from '@/lib/sandbox/mqtt/testing/broker-bench';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import type { Message } from './message';

let bench: BrokerBench;
beforeEach(() => {
  vi.useFakeTimers();
  bench = new BrokerBench();
});
afterEach(() => {
  bench[Symbol.dispose]();
  vi.useRealTimers();
});

describe('retained messages', () => {
  behaviour(
    'Retained messages come to subscriptions without wildcards, the latest for each topic, until an empty one takes it away',
    { known: 'documented', source: 'guide, "MQTT retained messages"' },
    () => {
      bench.publish('r/a', 'old', { retain: true });
      bench.publish('r/a', 'new', { retain: true });
      const link = bench.connect('exact');
      link.subscribe('r/+');
      link.subscribe('r/#');
      link.subscribe('$share/group/r/a');
      expect(link.received).toEqual([]);
      link.subscribe('r/a');
      expect(link.received).toEqual(['new #1 retained']);
      bench.publish('r/a', '', { retain: true });
      const other = bench.connect('other');
      other.subscribe('r/a');
      expect(other.received).toEqual([]);
    },
  );

  behaviour(
    'Retained messages are at most 5000; a further topic is delivered and not kept',
    {
      known: 'documented',
      source:
        'AWS IoT Core quotas, "Number of retained messages per account"; what happens beyond is assumed',
    },
    () => {
      for (let count = 0; count < 5_000; count += 1) {
        expect(bench.publish(`r/${count}`, 'x', { retain: true })).toBe('kept');
      }
      expect(bench.publish('r/more', 'x', { retain: true })).toBe('refused');
      expect(bench.publish('r/7', 'y', { retain: true })).toBe('kept');
    },
  );
});

describe('retained messages by their bytes', () => {
  const large = Buffer.alloc(1024 * 1024 - 'r/0'.length - 1);
  const retain = (topic: string, payload: Uint8Array, rest: Partial<Message> = {}) =>
    bench.broker.publish({ topic, payload, qos: 1, retain: true, ...rest });
  const fill = () => {
    for (let count = 10; count < 74; count += 1) expect(retain(`r/${count}`, large)).toBe('kept');
  };

  it('are at most 64 MB; what is above is delivered and not kept', () => {
    fill();
    expect(retain('s', Buffer.from('x'))).toBe('refused');
    expect(retain('r/10', Buffer.alloc(large.length + 1))).toBe('refused');
    expect(bench.retained.get('r/10', Date.now())?.payloadBase64).toHaveLength(
      Math.ceil(large.length / 3) * 4,
    );
    expect(retain('r/10', Buffer.from('small'))).toBe('kept');
    expect(retain('s', Buffer.from('x'))).toBe('kept');
  });

  it('have room again when one is taken away, expires, or all are reset', () => {
    fill();
    retain('r/11', Buffer.alloc(0));
    expect(retain('s', large, { expiresAt: Date.now() + 1_000 })).toBe('kept');
    expect(retain('t', Buffer.from('x').fill(0))).toBe('kept');
    expect(retain('u', Buffer.alloc(10))).toBe('refused');
    vi.advanceTimersByTime(1_000);
    expect(retain('u', Buffer.alloc(10))).toBe('kept');
    expect(retain('v', large)).toBe('refused');
    bench.clearRetained();
    expect(retain('v', large)).toBe('kept');
  });
});
