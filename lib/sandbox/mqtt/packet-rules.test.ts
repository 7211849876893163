import { expect, it } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { clientIdFault, grantedKeepAlive, grantedSessionExpiry } from './packet-rules';

behaviour(
  'A keep alive of 30 to 1200 seconds is granted: the nearest bound for what lies outside, 1200 where none is asked for',
  { known: 'documented', source: 'AWS IoT Core quotas, "Connection inactivity (keep-alive interval)"' },
  () => {
    const granted = [0, 1, 5, 30, 60, 1200, 65_535].map(grantedKeepAlive);
    expect(granted).toEqual([1200, 30, 30, 30, 60, 1200, 1200]);
  },
);

it('grants a session an hour at most', () => {
  expect([0, 60, 3601, 4_294_967_295].map(grantedSessionExpiry)).toEqual([0, 60, 3600, 3600]);
});

behaviour(
  'A client id has 1 to 128 bytes and does not begin with $',
  { known: 'documented', source: 'AWS IoT Core quotas, "Client ID size"' },
  () => {
    const judged: [clientId: string, fault: string | undefined][] = [
      ['DemoThing', undefined],
      ['', 'empty'],
      ['$x', 'reserved'],
      ['x$', undefined],
      ['a'.repeat(128), undefined],
      ['a'.repeat(129), 'too-long'],
      ['é'.repeat(65), 'too-long'],
    ];
    for (const [clientId, fault] of judged) expect(clientIdFault(clientId), clientId).toBe(fault);
  },
);
