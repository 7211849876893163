import { describe, expect, it } from 'vitest';
import { diagnose } from './diagnose';
import type { DeviceFacts } from './facts';
import { FINDING_CODES } from './finding';
import { RULES } from './findings/catalogue';
import { ABSENT, known, notPermitted } from './known';
import {
  ACTIVE,
  AWAY,
  aCa,
  aFailingDryRun,
  aGoodDryRun,
  aRole,
  minutesAgo,
  NOW,
  PENDING,
  see,
} from './testing/example-facts';
import { RECOGNISED } from './testing/recognised';

describe('a cause is recognised', () => {
  it.each(RECOGNISED)('$mistake $code, $certainty: $reason', ({ device, facts, code, certainty }) => {
    const { findings } = diagnose({ ...device, ...facts }, NOW);
    const found = findings.filter((finding) => finding.code === code);
    expect(found.map((finding) => finding.certainty)).toContain(certainty);
    for (const { evidence } of found) expect(evidence.length).toBeGreaterThan(0);
  });

  it('each of the thirty mistakes, and every code there is', () => {
    const mistakes = new Set(RECOGNISED.flatMap(({ mistake }) => mistake ?? []));
    expect([...mistakes].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(new Set(RECOGNISED.map(({ code }) => code))).toEqual(new Set(FINDING_CODES));
    expect(RULES).toHaveLength(FINDING_CODES.length);
    expect(new Set(RULES.map(({ code }) => code))).toEqual(new Set(FINDING_CODES));
  });

  it('by the mistake that its rule names', () => {
    const mistakeOf = new Map(RULES.map(({ code, mistake }) => [code, mistake]));
    for (const { code, mistake } of RECOGNISED) expect([code, mistakeOf.get(code)]).toEqual([code, mistake]);
  });
});

describe('a device without fault', () => {
  it.each([
    { facts: {}, reason: 'it is active and may connect; whether it is on line was not asked' },
    {
      facts: {
        connectivity: see({ isConnected: true, changedAt: minutesAgo(1), disconnectReason: undefined }),
      },
      reason: 'it is on line',
    },
  ])('has no findings: $reason', ({ facts }) => {
    expect(diagnose({ ...ACTIVE, ...facts }, NOW).findings).toEqual([]);
  });
});

describe('two causes at once', () => {
  const both = diagnose(
    {
      ...AWAY,
      ca: aCa({ status: 'INACTIVE' }),
      dryRun: aFailingDryRun('policy-not-found', { name: 'Fleet' }),
    },
    NOW,
  );

  it('are both listed, what to do first first', () => {
    expect(both.findings.map(({ code }) => code)).toEqual(['ca-inactive', 'names-missing']);
  });

  it('are told apart: one holds the device now, the other would be next', () => {
    expect(both.ladder.hangsAt).toBe('contact');
    expect(both.findings.map(({ isAhead }) => isAhead)).toEqual([false, true]);
  });

  it.each([{ code: 'unresolved-reference' as const, expected: ['template-value-missing', 'role-denied'] }])(
    'in template and role: $code',
    ({ code, expected }) => {
      const facts = {
        ...PENDING,
        dryRun: aFailingDryRun(code, { name: 'AWS::IoT::Certificate::Country' }),
        role: aRole('trusting'),
        permissions: see(['iot:CreateThing', 'iot:AttachPolicy']),
      };
      expect(diagnose(facts, NOW).findings.map((finding) => finding.code)).toEqual(expected);
    },
  );
});

describe('what could not be seen', () => {
  it('is listed with the call that was refused, and is no evidence', () => {
    const at = minutesAgo(1);
    const facts: DeviceFacts = { ...PENDING, role: notPermitted('GetRole', at) };
    const { unseen, findings } = diagnose(facts, NOW);
    expect(unseen).toEqual([{ fact: 'role', why: 'not-permitted', evidence: { source: 'GetRole', at } }]);
    expect(findings.map(({ code }) => code)).not.toContain('reconnect-to-retry');
  });

  it('keeps a diagnosis from saying that nothing is in the way', () => {
    const facts: DeviceFacts = {
      ...PENDING,
      dryRun: aGoodDryRun(),
      role: aRole('trusting'),
      permissions: notPermitted('SimulatePrincipalPolicy', NOW),
    };
    expect(diagnose(facts, NOW).findings).toEqual([]);
  });

  it('makes a cause on the way likely where it would be certain', () => {
    const facts: DeviceFacts = {
      ...AWAY,
      certificate: notPermitted('DescribeCertificate', NOW),
      ca: aCa({ status: 'INACTIVE' }),
    };
    expect(diagnose(facts, NOW).findings.map(({ code, certainty }) => [code, certainty])).toEqual([
      ['ca-inactive', 'likely'],
    ]);
  });

  it('leaves who said the rest, and when, as it was', () => {
    const at = minutesAgo(3);
    const facts: DeviceFacts = {
      ...AWAY,
      certificate: known(ABSENT, 'DescribeCertificate', at),
      ca: aCa({ status: 'INACTIVE' }),
    };
    expect(diagnose(facts, NOW).findings[0]?.evidence).toEqual([
      { source: 'DescribeCACertificate', at: NOW },
      { source: 'DescribeCertificate', at },
    ]);
  });
});
