import { describe, expect, it } from 'vitest';
import { deviceDiagnosis, goesOn, headlineOf } from './device-diagnosis';
import type { DeviceFacts } from './facts';
import { ABSENT, notPermitted } from './known';
import {
  ACTIVE,
  AWAY,
  aCa,
  aCertificate,
  aFailingDryRun,
  aGoodDryRun,
  minutesAgo,
  NOW,
  PENDING,
  see,
} from './testing/example-facts';

const ID = 'ab'.repeat(32);
const of = (facts: DeviceFacts) => deviceDiagnosis(ID, facts, NOW);
const online = see({ isConnected: true, changedAt: minutesAgo(1), disconnectReason: undefined });

describe('the sentence that is said first', () => {
  it.each([
    { facts: AWAY, code: undefined, reason: 'a new device that nobody has switched on is no fault' },
    {
      facts: { ...AWAY, ca: aCa({ status: 'INACTIVE' }) },
      code: 'ca-inactive',
      reason: 'a cause that is certain',
    },
    {
      facts: { ...PENDING, dryRun: aFailingDryRun('policy-not-found', { name: 'Fleet' }) },
      code: 'names-missing',
      reason: 'a cause of provisioning',
    },
    {
      facts: { ...PENDING, certificate: aCertificate({ registeredAt: NOW }) },
      code: undefined,
      reason: 'what is expected is no cause',
    },
    { facts: { ...ACTIVE, connectivity: online }, code: undefined, reason: 'nothing is wrong' },
    { facts: { ...ACTIVE, policies: see([]) }, code: 'policy-not-attached', reason: 'active, and of no use' },
  ])('$code: $reason', ({ facts, code }) => {
    expect(headlineOf(of(facts).diagnosis)?.code).toBe(code);
  });
});

describe('reading again', () => {
  it.each([
    { facts: AWAY, expected: true, reason: 'it may be switched on' },
    { facts: PENDING, expected: true, reason: 'AWS may go on' },
    { facts: { ...ACTIVE, dryRun: aGoodDryRun() }, expected: false, reason: 'it is active' },
    {
      facts: { ...AWAY, certificate: notPermitted('DescribeCertificate', NOW) },
      expected: true,
      reason: 'AWS may answer the next time',
    },
    {
      facts: { ...ACTIVE, certificate: aCertificate({ status: 'REVOKED' }) },
      expected: false,
      reason: 'it is over',
    },
  ])('$expected: $reason', ({ facts, expected }) => {
    expect(goesOn(of(facts).diagnosis)).toBe(expected);
  });
});

describe('what travels to the browser', () => {
  it('are names and codes, and neither template nor policy texts', () => {
    const device = of({
      ...ACTIVE,
      ca: aCa({ config: { kind: 'inline', templateBody: 'BODY', roleArn: 'arn:x' } }),
    });
    expect(device).toMatchObject({
      things: ['sensor-1'],
      policies: ['Fleet'],
      status: 'ACTIVE',
      commonName: 'sensor-1',
    });
    expect(JSON.stringify(device)).not.toContain('BODY');
  });

  it('tells "AWS has none" from "could not be asked"', () => {
    expect(of(AWAY).status).toBe(ABSENT);
    expect(of({ ...AWAY, certificate: notPermitted('DescribeCertificate', NOW) }).status).toBeUndefined();
  });
});
