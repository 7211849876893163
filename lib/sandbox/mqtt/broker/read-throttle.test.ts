import { describe, expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { ReadThrottle } from './read-throttle';

describe('ReadThrottle', () => {
  behaviour(
    'A connection may publish 100 messages a second; what is above is delayed',
    { known: 'documented', source: 'AWS IoT Core quotas, "Publish requests per second per connection"' },
    () => {
      const throttle = new ReadThrottle(0);
      expect(throttle.spend({ publishes: 100, bytes: 0 }, 0)).toBe(0);
      expect(throttle.spend({ publishes: 50, bytes: 0 }, 0)).toBe(500);
      expect(throttle.spend({ publishes: 0, bytes: 0 }, 500)).toBe(0);
      expect(throttle.spend({ publishes: 100, bytes: 0 }, 10_000)).toBe(0);
    },
  );

  behaviour(
    'A connection may send 512 KiB a second; what is above is delayed',
    { known: 'documented', source: 'AWS IoT Core quotas, "Throughput per second per connection"' },
    () => {
      const throttle = new ReadThrottle(0);
      expect(throttle.spend({ publishes: 1, bytes: 512 * 1024 }, 0)).toBe(0);
      expect(throttle.spend({ publishes: 1, bytes: 128 * 1024 }, 0)).toBe(250);
    },
  );
});
