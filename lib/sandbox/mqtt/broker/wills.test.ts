/** What a client leaves to be said when it is gone. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BrokerBench, message } from '@/lib/sandbox/mqtt/testing/broker-bench';
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

describe('a will', () => {
  const will = (delaySeconds = 0) => ({ message: message('will', 'gone'), delaySeconds });

  behaviour(
    'A will waits for its delay, and is not published when its client comes back to its session before',
    { known: 'documented', source: 'MQTT 5 section 3.1.3.2.2' },
    () => {
      const watcher = bench.connect('watcher');
      watcher.subscribe('will', 0);
      bench.connect('weak').leave(will(60));
      vi.advanceTimersByTime(59_000);
      const back = bench.connect('weak');
      vi.advanceTimersByTime(2_000);
      expect(watcher.received).toEqual([]);
      back.leave(will(60));
      vi.advanceTimersByTime(60_000);
      expect(watcher.received).toEqual(['gone']);
    },
  );

  behaviour(
    'A will is published at the end of the session at the latest',
    { known: 'documented', source: 'MQTT 5 section 3.1.3.2.2' },
    () => {
      const watcher = bench.connect('watcher');
      watcher.subscribe('will', 0);
      bench.connect('brief', { expirySeconds: 15 }).leave(will(60));
      vi.advanceTimersByTime(15_000);
      expect(watcher.received).toEqual(['gone']);
      bench.connect('clean').leave(will(60));
      bench.connect('clean', { cleanStart: true });
      expect(watcher.received).toEqual(['gone', 'gone']);
      bench.connect('none', { expirySeconds: 0 }).leave(will(60));
      expect(watcher.received).toHaveLength(3);
    },
  );

  it('counts as held from the end of its connection until it is published, cancelled or dropped', () => {
    bench.connect('published').leave(will(60));
    bench.connect('cancelled').leave(will(600));
    bench.connect('dropped').leave(will(600));
    const bytes = 'will'.length + 'gone'.length;
    expect(bench.held.bytes).toBe(3 * bytes);
    vi.advanceTimersByTime(60_000);
    expect(bench.held.bytes).toBe(2 * bytes);
    bench.connect('cancelled');
    expect(bench.held.bytes).toBe(bytes);
    bench.broker.close();
    expect(bench.held.bytes).toBe(0);
  });
});
