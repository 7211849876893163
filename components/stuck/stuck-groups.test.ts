import { describe, expect, it } from 'vitest';
import type { FindingCode } from '@/lib/diagnosis/finding';
import type { StuckLook } from '@/lib/registry/stuck';
import { groupStuck, type SafeAct, type StuckRow, safeActOf } from './stuck-groups';

const row = (certificateId: string): StuckRow => ({
  certificateId,
  status: 'PENDING_ACTIVATION',
  since: '2026-01-01T00:00:00.000Z',
});

const looked = (certificateId: string, code: FindingCode | undefined, caId = 'ca'): StuckLook => ({
  certificateId,
  commonName: `cn-${certificateId}`,
  caId,
  kind: 'looked',
  cause:
    code === undefined
      ? undefined
      : { code, params: {}, certainty: 'certain', who: 'security-admin', remedy: [] },
});

const groupsOf = (rows: StuckRow[], looks: StuckLook[]) =>
  groupStuck(rows, new Map(looks.map((look) => [look.certificateId, look])));

describe('stuck devices', () => {
  it('are grouped by cause and CA, the most frequent first, and what nobody looked at last', () => {
    const groups = groupsOf(['a', 'b', 'c', 'd', 'e', 'f'].map(row), [
      looked('a', 'role-missing'),
      looked('b', 'template-value-missing'),
      looked('c', 'template-value-missing'),
      looked('d', 'template-value-missing', 'other-ca'),
      { certificateId: 'e', commonName: undefined, caId: undefined, kind: 'moved-on' },
    ]);
    expect(groups.map(({ kind, cause, caId, rows }) => [kind, cause?.code, caId, rows.length])).toEqual([
      ['cause', 'template-value-missing', 'ca', 2],
      ['cause', 'role-missing', 'ca', 1],
      ['cause', 'template-value-missing', 'other-ca', 1],
      ['moved-on', undefined, undefined, 1],
      ['unlooked', undefined, undefined, 1],
    ]);
  });

  it('are all in one group while nobody has looked', () => {
    expect(groupsOf([row('a'), row('b')], []).map(({ kind, rows }) => [kind, rows.length])).toEqual([
      ['unlooked', 2],
    ]);
  });

  it.each<{ code: FindingCode | undefined; safe: SafeAct; why: string }>([
    {
      code: 'registration-rule-missing',
      safe: { kind: 'act', act: 'activate' },
      why: 'nobody else activates it',
    },
    {
      code: 'certificate-expired',
      safe: { kind: 'act', act: 'deactivate' },
      why: 'it can never work, and this can be taken back',
    },
    { code: 'template-value-missing', safe: { kind: 'ca' }, why: 'the template is put right on the CA' },
    {
      code: 'role-missing',
      safe: { kind: 'ca' },
      why: 'activating by hand would leave no thing and no policy',
    },
    { code: 'reconnect-to-retry', safe: { kind: 'device' }, why: 'AWS tries again with the next connection' },
    { code: undefined, safe: { kind: 'ladder' }, why: 'the cause is not known' },
  ])('have $safe.kind for $code: $why', ({ code, safe }) => {
    const [group] = groupsOf([row('a')], [looked('a', code)]);
    expect(group && safeActOf(group)).toEqual(safe);
  });
});
