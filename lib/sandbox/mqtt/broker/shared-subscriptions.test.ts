/** Subscriptions of groups. */
import { afterEach, beforeEach, describe, expect, vi } from 'vitest';
import { BrokerBench } from '@/lib/sandbox/mqtt/testing/broker-bench';
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

describe('shared subscriptions', () => {
  behaviour(
    'Shared subscriptions give each message to one of the group in turn, and to plain subscribers as well',
    {
      known: 'documented',
      source: 'guide, "Shared subscriptions"; the turn is assumed',
    },
    () => {
      const [one, two, plain] = [bench.connect('one'), bench.connect('two'), bench.connect('plain')];
      one.subscribe('$share/g/a/+');
      two.subscribe('$share/g/a/+');
      plain.subscribe('a/+');
      for (let count = 0; count < 4; count += 1) bench.publish('a/x', `${count}`, { qos: 0 });
      expect([one.received, two.received]).toEqual([
        ['0', '2'],
        ['1', '3'],
      ]);
      expect(plain.received).toEqual(['0', '1', '2', '3']);
    },
  );

  behaviour(
    'Shared subscriptions prefer those who are connected, and wait for one when nobody is',
    { known: 'assumed', source: '' },
    () => {
      const [one, two] = [bench.connect('one'), bench.connect('two')];
      one.subscribe('$share/g/a');
      two.subscribe('$share/g/a');
      one.leave();
      bench.publish('a', 'first');
      bench.publish('a', 'second');
      expect(two.received).toEqual(['first #1', 'second #2']);
      two.leave();
      bench.publish('a', 'third');
      expect([...bench.connect('one').received, ...bench.connect('two').received]).toContain('third #1');
    },
  );
});
