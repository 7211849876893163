import { expect, test } from 'vitest';
import { caObstacle } from './issuing-ca';

const SPAN = { notBefore: '2026-01-01T00:00:00Z', notAfter: '2027-01-01T00:00:00Z' };

test.each([
  {
    reason: 'active and within its dates',
    status: 'ACTIVE',
    ...SPAN,
    now: '2026-06-01',
    obstacle: undefined,
  },
  {
    reason: 'AWS refuses the devices of an inactive CA',
    status: 'INACTIVE',
    ...SPAN,
    now: '2026-06-01',
    obstacle: 'inactive',
  },
  { reason: 'after its end', status: 'ACTIVE', ...SPAN, now: '2027-06-01', obstacle: 'expired' },
  { reason: 'before its beginning', status: 'ACTIVE', ...SPAN, now: '2025-06-01', obstacle: 'not-yet-valid' },
  {
    reason: 'its dates could not be read',
    status: 'ACTIVE',
    notBefore: undefined,
    notAfter: undefined,
    now: '2026-06-01',
    obstacle: 'unreadable',
  },
] as const)('$reason: $obstacle', ({ now, obstacle, ...ca }) => {
  expect(caObstacle(ca, Date.parse(now))).toBe(obstacle);
});
