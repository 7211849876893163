import { describe, expect, it } from 'vitest';
import { type CaImpact, countRegistered, hitsDevices } from './ca-impact';

const aws = { active: 3, pending: 0, out: 1, isPartial: false, readAt: '2026-11-22T10:00:00.000Z' };
const ledger = { neverSeen: 0, lastHeardAt: undefined, isPartial: false };

it('counts what works, what waits, and what is out already', () => {
  const statuses = ['ACTIVE', 'PENDING_ACTIVATION', 'REVOKED', 'INACTIVE', 'ACTIVE'] as const;
  expect(countRegistered(statuses.map((status) => ({ status })))).toEqual({ active: 2, pending: 1, out: 2 });
});

describe('switching a CA off', () => {
  it.each<{ why: string; impact: CaImpact; hits: boolean }>([
    { why: 'all devices are registered and keep working', impact: { aws, ledger }, hits: false },
    {
      why: 'one is issued and has not been there',
      impact: { aws, ledger: { ...ledger, neverSeen: 1 } },
      hits: true,
    },
    { why: 'one waits for its activation', impact: { aws: { ...aws, pending: 1 }, ledger }, hits: true },
    { why: 'nobody knows what AWS has', impact: { aws: undefined, ledger }, hits: true },
    { why: 'nobody knows what was issued', impact: { aws, ledger: undefined }, hits: true },
  ])('asks for the name: $hits, since $why', ({ impact, hits }) => {
    expect(hitsDevices(impact)).toBe(hits);
  });
});
