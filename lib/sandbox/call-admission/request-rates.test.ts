import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Scope } from '@/lib/sandbox/scope';
import { openState } from '@/lib/sandbox/state/open-state';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { RateBuckets } from './rate-buckets';
import { countCall } from './request-rates';

let sandbox: SandboxState;
beforeAll(async () => {
  sandbox = await openState(undefined, '123456789012');
});
afterAll(() => sandbox.close());

/** How many of a great many calls at one time are let through. */
function through(operation: string, { region = 'us-east-1', atMs = 0 } = {}): number {
  const scope: Scope = {
    ...{ sandbox, region: sandbox.region(region), accountId: sandbox.accountId },
    now: () => new Date(atMs),
  };
  for (let count = 0; count < 30_000; count += 1) {
    try {
      countCall(scope, operation);
    } catch {
      return count;
    }
  }
  return Number.POSITIVE_INFINITY;
}

describe('countCall', () => {
  behaviour(
    'Each operation has its own rate: 350 a second for DescribeThing, 100 for CreateThing, 60, 50, 25 or 15 for others, 10 for most',
    { known: 'documented', source: 'AWS IoT Core quotas, API throttling limits' },
    () => {
      sandbox.rates = new RateBuckets();
      const expected: [operation: string, perSecond: number][] = [
        ['DescribeThing', 350],
        ['CreateThing', 100],
        ['DescribeThingGroup', 100],
        ['AddThingToThingGroup', 60],
        ['GetEffectivePolicies', 50],
        ['ListThingsInThingGroup', 25],
        ['AttachPolicy', 15],
        ['ListThings', 10],
        ['RegisterCertificate', 10],
      ];
      for (const [operation, perSecond] of expected) expect(through(operation), operation).toBe(perSecond);
    },
  );

  behaviour(
    'The data plane takes 20000 messages and 4000 requests to shadows a second of an account',
    {
      known: 'documented',
      source:
        'AWS IoT Core quotas, "Inbound publish requests per second per account", "Device Shadow API requests/second per account"',
    },
    () => {
      sandbox.rates = new RateBuckets();
      expect(through('Publish')).toBe(20_000);
      expect(through('GetThingShadow')).toBe(4_000);
    },
  );

  behaviour(
    'Calls are counted apart by operation, Region and account',
    { known: 'documented', source: 'AWS IoT Core quotas, API throttling limits' },
    () => {
      sandbox.rates = new RateBuckets();
      expect(through('ListThings')).toBe(10);
      expect(through('ListPolicies')).toBe(10);
      expect(through('ListThings', { region: 'eu-west-1' })).toBe(10);
      expect(through('ListThings', { atMs: 500 })).toBe(5);
    },
  );
});
