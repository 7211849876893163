import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectOk } from '@/lib/testing/expect-ok';
import { VALIDITY_DAYS_MAX, validityFor } from './validity';

const NOW = new Date('2026-03-01T12:00:00.789Z');
const ca = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2026-06-01T00:00:00Z') };

test('begins five minutes ago and lasts the days from now, in whole seconds', () => {
  expect(expectOk(validityFor(10, NOW))).toEqual({
    notBefore: new Date('2026-03-01T11:55:00Z'),
    notAfter: new Date('2026-03-11T12:00:00Z'),
  });
});

test.each([0, -1, 1.5, Number.NaN, VALIDITY_DAYS_MAX + 1, Number.POSITIVE_INFINITY])(
  '%s days are refused',
  (days) => {
    expect(validityFor(days, NOW)).toMatchObject({ ok: false, failure: { kind: 'validity-days' } });
  },
);

test.each([
  { now: '2026-06-01T00:00:01Z', failure: { kind: 'ca-expired', notAfter: '2026-06-01T00:00:00.000Z' } },
  {
    now: '2025-12-31T23:59:59Z',
    failure: { kind: 'ca-not-yet-valid', notBefore: '2026-01-01T00:00:00.000Z' },
  },
])('a CA outside its own dates signs nothing: $failure.kind', ({ now, failure }) => {
  expect(validityFor(10, new Date(now), ca)).toEqual({ ok: false, failure });
});

test('never leaves the validity of its CA', () => {
  const now = fc.date({ min: ca.notBefore, max: ca.notAfter, noInvalidDate: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: VALIDITY_DAYS_MAX }), now, (days, at) => {
      const { notBefore, notAfter } = expectOk(validityFor(days, at, ca));
      expect(notBefore >= ca.notBefore && notAfter <= ca.notAfter).toBe(true);
      expect(notBefore <= at && notBefore <= notAfter).toBe(true);
    }),
  );
});
