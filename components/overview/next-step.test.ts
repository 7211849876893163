import { describe, expect, it } from 'vitest';
import { nextStep, type OverviewFacts } from './next-step';

const busy: OverviewFacts = {
  cas: { count: 2, active: 1, isPartial: false },
  devices: { issued: 5, neverSeen: 0 },
  awaiting: undefined,
};
const awaiting = { certificateId: 'a'.repeat(64), commonName: 'Device1' };

describe('the next step', () => {
  it.each([
    {
      reason: 'nothing works without a CA, whatever was issued for another account',
      facts: { ...busy, cas: { count: 0, active: 0, isPartial: false }, awaiting },
      step: { kind: 'register-ca' },
    },
    {
      reason: 'an inactive CA lets no new device in',
      facts: { ...busy, cas: { count: 2, active: 0, isPartial: false } },
      step: { kind: 'activate-ca' },
    },
    {
      reason: 'an active CA may be among those that were not read',
      facts: { ...busy, cas: { count: 25, active: 0, isPartial: true } },
      step: undefined,
    },
    {
      reason: 'there is a CA and no device yet',
      facts: { ...busy, devices: { issued: 0, neverSeen: 0 } },
      step: { kind: 'issue-device' },
    },
    {
      reason: 'a device that is issued waits for its first contact',
      facts: { ...busy, devices: { issued: 5, neverSeen: 3 }, awaiting },
      step: { kind: 'follow-device', ...awaiting, others: 2 },
    },
    {
      reason: 'it connected between the two reads of the ledger',
      facts: { ...busy, awaiting },
      step: { kind: 'follow-device', ...awaiting, others: 0 },
    },
    { reason: 'every device has been seen', facts: busy, step: undefined },
  ])('$reason', ({ facts, step }) => {
    expect(nextStep(facts)).toEqual(step);
  });
});
