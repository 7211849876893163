import { expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { expiryTime, secondsLeft } from './message';

behaviour(
  'A message expiry interval is 1 s to 7 days; what lies outside is taken for the nearest bound',
  {
    known: 'documented',
    source: 'AWS IoT Core quotas, "Message expiry interval"; what happens outside is assumed',
  },
  () => {
    expect(expiryTime(undefined, 0)).toBeUndefined();
    expect(expiryTime(0, 0)).toBe(1_000);
    expect(expiryTime(60, 0)).toBe(60_000);
    expect(expiryTime(604_801, 0)).toBe(604_800_000);
  },
);

behaviour(
  'A receiver is told how much of the expiry interval is left',
  { known: 'documented', source: 'MQTT 5 section 3.3.2.3.3' },
  () => {
    expect(secondsLeft(60_000, 0)).toBe(60);
    expect(secondsLeft(60_000, 20_500)).toBe(40);
    expect(secondsLeft(60_000, 59_999)).toBe(1);
  },
);
