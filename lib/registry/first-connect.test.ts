import { describe, expect, test } from 'vitest';
import type { CertificateStatus } from './device-certificate';
import { type FirstConnectFacts, firstConnect, RUNGS, type RungState } from './first-connect';

const BOTH = { thing: true, policy: true };
const NOTHING = { isThingAttached: false, isPolicyAttached: false, road: 'jitp', expects: BOTH } as const;

type Row = {
  reason: string;
  facts: FirstConnectFacts;
  phase: string;
  /** In the order of RUNGS, without `issued`, which is always done. */
  states: RungState[];
};

const TABLE: Row[] = [
  {
    reason: 'AWS does not know it: the device has not connected yet',
    facts: { ...NOTHING, status: undefined },
    phase: 'awaiting',
    states: ['waiting', 'todo', 'todo', 'todo', 'todo'],
  },
  {
    reason: 'a template without thing leaves that rung out from the beginning',
    facts: { ...NOTHING, status: undefined, expects: { thing: false, policy: true } },
    phase: 'awaiting',
    states: ['waiting', 'todo', 'not-needed', 'todo', 'todo'],
  },
  {
    reason: 'registered by the dropped first connection, AWS is at the thing',
    facts: { ...NOTHING, status: 'PENDING_ACTIVATION' },
    phase: 'provisioning',
    states: ['done', 'done', 'waiting', 'todo', 'todo'],
  },
  {
    reason: 'AWS attaches the policy before the thing',
    facts: { ...NOTHING, status: 'PENDING_ACTIVATION', isPolicyAttached: true },
    phase: 'provisioning',
    states: ['done', 'done', 'waiting', 'done', 'todo'],
  },
  {
    reason: 'everything is attached, only the activation is left',
    facts: { ...NOTHING, status: 'PENDING_ACTIVATION', isPolicyAttached: true, isThingAttached: true },
    phase: 'provisioning',
    states: ['done', 'done', 'done', 'done', 'waiting'],
  },
  {
    reason: 'a template that makes the certificate alone waits for nothing else',
    facts: { ...NOTHING, status: 'PENDING_ACTIVATION', expects: { thing: false, policy: false } },
    phase: 'provisioning',
    states: ['done', 'done', 'not-needed', 'not-needed', 'waiting'],
  },
  {
    reason: 'without template nobody but a rule or a person goes on',
    facts: {
      ...NOTHING,
      status: 'PENDING_ACTIVATION',
      road: 'jitr',
      expects: { thing: false, policy: true },
    },
    phase: 'by-hand',
    states: ['done', 'done', 'not-needed', 'todo', 'waiting'],
  },
  {
    reason: 'the end of the climb',
    facts: { ...NOTHING, status: 'ACTIVE', isThingAttached: true, isPolicyAttached: true },
    phase: 'active',
    states: ['done', 'done', 'done', 'done', 'done'],
  },
  {
    reason: 'active without the policy that was to come: it may do nothing, and that is said',
    facts: { ...NOTHING, status: 'ACTIVE', isThingAttached: true },
    phase: 'active',
    states: ['done', 'done', 'done', 'missing', 'done'],
  },
  {
    reason: 'a thing that nobody expected is a thing all the same',
    facts: { ...NOTHING, status: 'ACTIVE', isThingAttached: true, expects: { thing: false, policy: false } },
    phase: 'active',
    states: ['done', 'done', 'done', 'not-needed', 'done'],
  },
  ...(['INACTIVE', 'REVOKED', 'PENDING_TRANSFER', 'REGISTER_INACTIVE'] as const).map(
    (status): Row => ({
      reason: `${status}: AWS does not go on by itself`,
      facts: { ...NOTHING, status, isThingAttached: true },
      phase: 'stopped',
      states: ['done', 'done', 'done', 'missing', 'stopped'],
    }),
  ),
];

describe('firstConnect', () => {
  test.each(TABLE)('$reason', ({ facts, phase, states }) => {
    const climb = firstConnect(facts);
    expect(climb.phase).toBe(phase);
    expect(climb.rungs).toEqual(RUNGS.map((id, index) => ({ id, state: ['done', ...states][index] })));
  });

  test('at most one rung is waited for, whatever AWS says', () => {
    const statuses: (CertificateStatus | undefined)[] = [
      undefined,
      'ACTIVE',
      'INACTIVE',
      'PENDING_ACTIVATION',
      'PENDING_TRANSFER',
      'REGISTER_INACTIVE',
      'REVOKED',
    ];
    const yesNo = [true, false];
    for (const status of statuses)
      for (const isThingAttached of yesNo)
        for (const isPolicyAttached of yesNo)
          for (const road of ['jitp', 'jitr'] as const)
            for (const thing of yesNo)
              for (const policy of yesNo) {
                const facts = { status, isThingAttached, isPolicyAttached, road, expects: { thing, policy } };
                const { phase, rungs } = firstConnect(facts);
                const waiting = rungs.filter(({ state }) => state === 'waiting');
                const goesOn = phase !== 'active' && phase !== 'stopped';
                expect(waiting, JSON.stringify(facts)).toHaveLength(goesOn ? 1 : 0);
              }
  });
});
