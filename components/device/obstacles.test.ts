import { expect, test } from 'vitest';
import { contactObstacles } from './obstacles';

const CA = { status: 'ACTIVE', autoRegistration: true, notAfter: new Date('2027-01-01') } as const;
const NOW = new Date('2026-06-01');
const GOOD = { ca: CA, notAfter: new Date('2026-12-01') };

test.each([
  { reason: 'nothing is in the way', given: GOOD, found: [] },
  { reason: 'the CA was deleted', given: { ...GOOD, ca: undefined }, found: ['ca-gone'] },
  {
    reason: 'the CA is inactive',
    given: { ...GOOD, ca: { ...CA, status: 'INACTIVE' as const } },
    found: ['ca-inactive'],
  },
  {
    reason: 'auto-registration is off',
    given: { ...GOOD, ca: { ...CA, autoRegistration: false } },
    found: ['no-auto-registration'],
  },
  {
    reason: 'the CA has ended',
    given: { ...GOOD, ca: { ...CA, notAfter: new Date('2026-01-01') } },
    found: ['ca-expired'],
  },
  {
    reason: 'AWS did not tell when the CA ends',
    given: { ...GOOD, ca: { ...CA, notAfter: undefined } },
    found: [],
  },
  {
    reason: 'several at once, the device first',
    given: {
      ca: { ...CA, status: 'INACTIVE' as const, autoRegistration: false },
      notAfter: new Date('2026-01-01'),
    },
    found: ['expired', 'ca-inactive', 'no-auto-registration'],
  },
])('$reason', ({ given, found }) => {
  expect(contactObstacles(given, NOW)).toEqual(found);
});
