import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openState } from '@/lib/sandbox/state/open-state';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { connectLimit, mayAskShadow, registrationLimit } from './device-rates';
import { RateBuckets } from './rate-buckets';

let sandbox: SandboxState;
beforeAll(async () => {
  sandbox = await openState(undefined, '123456789012');
});
beforeEach(() => {
  sandbox.rates = new RateBuckets();
});
afterAll(() => sandbox.close());

const at = (atMs: number, region = 'us-east-2') => ({
  ...{ sandbox, accountId: '123456789012', region: { name: region } },
  now: () => new Date(atMs),
});

describe('device rates', () => {
  behaviour(
    'With SANDBOX_THROTTLE=aws an account has 500 CONNECT a second in a Region',
    { known: 'documented', source: 'AWS IoT Core quotas, "Connect requests per second per account"' },
    () => {
      const connect = (id: number) => connectLimit(at(0), `device-${id}`);
      for (let id = 0; id < 500; id += 1) expect(connect(id)).toBeUndefined();
      expect(connect(500)).toEqual({ limit: 'account', perSecond: 500 });
      expect(connectLimit(at(0, 'eu-west-1'), 'abroad')).toBeUndefined();
      expect(connectLimit(at(2), 'later')).toBeUndefined();
    },
  );

  it('count a CONNECT of a client id once a second, whatever others do', () => {
    expect(connectLimit(at(0), 'one')).toBeUndefined();
    expect(connectLimit(at(999), 'one')).toEqual({ limit: 'client-id', perSecond: 1 });
    expect(connectLimit(at(999), 'other')).toBeUndefined();
    expect(connectLimit(at(1_000), 'one')).toBeUndefined();
  });

  it('let everything through where the sandbox is not held to them', () => {
    sandbox.rates = undefined;
    for (let count = 0; count < 1_000; count += 1) {
      expect(connectLimit(at(0), 'one')).toBeUndefined();
      expect(registrationLimit(at(0))).toBeUndefined();
      expect(mayAskShadow(at(0), 'thing')).toBe(true);
    }
  });
});
