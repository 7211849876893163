import { describe, expect, it } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { ConnectionShare, type Excess } from './connection-share';

/** A share on a clock that the test turns. */
function makeShare(excess: Excess) {
  let nowMs = 0;
  const share = new ConnectionShare(excess, () => nowMs);
  const take = (publishes: number) => {
    let taken = 0;
    for (let count = 0; count < publishes; count += 1) taken += share.takePublish() ? 1 : 0;
    return taken;
  };
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { share, take, pass };
}
const ALONE = { outgoingWaits: false };

describe('ConnectionShare', () => {
  behaviour(
    'A connection has 100 messages a second, those it sends and those it gets together',
    { known: 'documented', source: 'AWS IoT Core quotas, "Publish requests per second per connection"' },
    () => {
      const { share, take, pass } = makeShare('delayed');
      take(50);
      expect([share.readWaitMs(ALONE), share.sendWaitMs()]).toEqual([0, 0]);
      take(100);
      expect([share.readWaitMs(ALONE), share.sendWaitMs()]).toEqual([500, 510]);
      pass(510);
      expect([share.readWaitMs(ALONE), share.sendWaitMs()]).toEqual([0, 0]);
      pass(60_000);
      take(100);
      expect(share.sendWaitMs()).toBe(10);
    },
  );

  behaviour(
    'A connection carries 512 KiB a second in both directions together; what is above is delayed',
    { known: 'documented', source: 'AWS IoT Core quotas, "Throughput per second per connection"' },
    () => {
      for (const excess of ['delayed', 'discarded'] as const) {
        const { share, take } = makeShare(excess);
        share.takeBytes(256 * 1024);
        share.takeBytes(256 * 1024);
        expect([share.readWaitMs(ALONE), share.sendWaitMs()]).toEqual([0, 0]);
        share.takeBytes(128 * 1024);
        expect([share.readWaitMs(ALONE), share.sendWaitMs()]).toEqual([250, 250]);
        expect(take(100)).toBe(100);
      }
    },
  );

  behaviour(
    'With SANDBOX_THROTTLE=aws messages above 100 a second are discarded, and take nothing of the next second',
    { known: 'documented', source: 'AWS IoT Core quotas, "Publish requests per second per connection"' },
    () => {
      const { share, take, pass } = makeShare('discarded');
      expect(take(1_000)).toBe(100);
      expect([share.discards, share.readWaitMs(ALONE)]).toEqual([true, 0]);
      pass(10);
      expect([share.discards, take(10)]).toEqual([false, 1]);
    },
  );

  it('lets a message out between two that come, though the client never pauses', () => {
    const { share, pass } = makeShare('delayed');
    const gone = { in: 0, out: 0 };
    let readAt = 0;
    for (let nowMs = 0; nowMs < 10_000; nowMs += 1, pass(1)) {
      if (nowMs >= readAt) {
        share.takePublish();
        gone.in += 1;
        readAt = nowMs + share.readWaitMs({ outgoingWaits: true });
      }
      if (share.sendWaitMs() === 0) {
        share.takePublish();
        gone.out += 1;
      }
    }
    expect(gone.out).toBeGreaterThan(400);
    expect(gone.in).toBeGreaterThan(400);
    expect(gone.in + gone.out).toBeLessThanOrEqual(1_100);
  });
});
