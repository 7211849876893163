import { describe, expect, test } from 'vitest';
import { type FirstConnectFacts, firstConnect, RUNGS, type RungState } from './first-connect';

const BOTH = { thing: true, policy: true };
const UNREAD = { thing: undefined, policy: undefined };
const NOTHING = {
  wasSeen: false,
  isThingAttached: false,
  isPolicyAttached: false,
  road: 'jitp',
  expects: BOTH,
} as const;

type Row = {
  reason: string;
  facts: FirstConnectFacts;
  phase: string;
  /** Whether it is read again. By default: until it is active or stopped. */
  goesOn?: boolean;
  /** In the order of RUNGS, without `issued`, which is always done. */
  states: RungState[];
};

const TABLE: Row[] = [
  {
    reason: 'AWS does not know it: the device has not connected yet',
    facts: { ...NOTHING, status: 'absent' },
    phase: 'awaiting',
    states: ['waiting', 'todo', 'todo', 'todo', 'todo'],
  },
  {
    reason: 'a template without thing leaves that rung out from the beginning',
    facts: { ...NOTHING, status: 'absent', expects: { thing: false, policy: true } },
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
    reason: 'without a CA no device has connected for it, and nothing goes on by itself',
    facts: {
      ...NOTHING,
      status: 'PENDING_ACTIVATION',
      road: 'none',
      expects: { thing: false, policy: true },
    },
    phase: 'without-ca',
    states: ['not-needed', 'done', 'not-needed', 'todo', 'waiting'],
  },
  {
    reason: 'active without a CA, by hand, and with the policy that lets it in',
    facts: {
      ...NOTHING,
      status: 'ACTIVE',
      isPolicyAttached: true,
      road: 'none',
      expects: { thing: false, policy: true },
    },
    phase: 'active',
    states: ['not-needed', 'done', 'not-needed', 'done', 'done'],
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
  {
    reason: 'AWS could not be asked: nothing is claimed, least of all that no contact was made',
    facts: { ...NOTHING, status: 'unread', isThingAttached: undefined, isPolicyAttached: undefined },
    phase: 'unread',
    states: ['unread', 'unread', 'unread', 'unread', 'unread'],
  },
  {
    reason: 'an unread attachment is not a missing one, and is read again though the climb is over',
    facts: { ...NOTHING, status: 'ACTIVE', isThingAttached: undefined, isPolicyAttached: undefined },
    phase: 'active',
    goesOn: true,
    states: ['done', 'done', 'unread', 'unread', 'done'],
  },
  {
    reason: 'one list that failed does not hide what the other one said',
    facts: { ...NOTHING, status: 'ACTIVE', isThingAttached: true, isPolicyAttached: undefined },
    phase: 'active',
    goesOn: true,
    states: ['done', 'done', 'done', 'unread', 'done'],
  },
  {
    reason: 'an unread attachment that nobody expects may be there all the same',
    facts: {
      ...NOTHING,
      status: 'ACTIVE',
      isThingAttached: undefined,
      isPolicyAttached: true,
      expects: { thing: false, policy: true },
    },
    phase: 'active',
    goesOn: true,
    states: ['done', 'done', 'unread', 'done', 'done'],
  },
  {
    reason: 'provisioning waits for what is known to be left',
    facts: { ...NOTHING, status: 'PENDING_ACTIVATION', isThingAttached: undefined, isPolicyAttached: true },
    phase: 'provisioning',
    states: ['done', 'done', 'unread', 'done', 'waiting'],
  },
  {
    reason: 'an unread CA leaves open who activates and what is made',
    facts: { ...NOTHING, status: 'PENDING_ACTIVATION', road: 'unknown', expects: UNREAD },
    phase: 'pending',
    states: ['done', 'done', 'unread', 'unread', 'waiting'],
  },
  {
    reason: 'an unread CA does not change that the device has not connected',
    facts: { ...NOTHING, status: 'absent', road: 'unknown', expects: UNREAD },
    phase: 'awaiting',
    states: ['waiting', 'todo', 'unread', 'unread', 'todo'],
  },
  {
    reason: 'stopped, and what is attached could not be read',
    facts: { ...NOTHING, status: 'REVOKED', isThingAttached: undefined, isPolicyAttached: true },
    phase: 'stopped',
    goesOn: true,
    states: ['done', 'done', 'unread', 'done', 'stopped'],
  },
  {
    reason: 'AWS had it and does not know it any more: deleted, which is not a first contact to wait for',
    facts: { ...NOTHING, status: 'absent', wasSeen: true },
    phase: 'gone',
    goesOn: false,
    states: ['done', 'gone', 'gone', 'gone', 'gone'],
  },
  {
    reason: 'deleted, whatever its CA would make: nothing of that is waited for',
    facts: { ...NOTHING, status: 'absent', wasSeen: true, road: 'unknown', expects: UNREAD },
    phase: 'gone',
    goesOn: false,
    states: ['done', 'gone', 'gone', 'gone', 'gone'],
  },
  {
    reason: 'deleted, and a thing was never part of it',
    facts: { ...NOTHING, status: 'absent', wasSeen: true, expects: { thing: false, policy: true } },
    phase: 'gone',
    goesOn: false,
    states: ['done', 'gone', 'not-needed', 'gone', 'gone'],
  },
  {
    reason: 'seen before, and unread now: it may be deleted or not',
    facts: {
      ...NOTHING,
      status: 'unread',
      wasSeen: true,
      isThingAttached: undefined,
      isPolicyAttached: undefined,
    },
    phase: 'unread',
    states: ['unread', 'unread', 'unread', 'unread', 'unread'],
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
  test.each(TABLE)(
    '$reason',
    ({ facts, phase, states, goesOn = phase !== 'active' && phase !== 'stopped' }) => {
      const climb = firstConnect(facts);
      expect(climb.phase).toBe(phase);
      expect(climb.goesOn).toBe(goesOn);
      expect(climb.rungs).toEqual(RUNGS.map((id, index) => ({ id, state: ['done', ...states][index] })));
    },
  );

  test('at most one rung is waited for, whatever AWS says', () => {
    const statuses: FirstConnectFacts['status'][] = [
      'absent',
      'unread',
      'ACTIVE',
      'INACTIVE',
      'PENDING_ACTIVATION',
      'PENDING_TRANSFER',
      'REGISTER_INACTIVE',
      'REVOKED',
    ];
    const broken: FirstConnectFacts[] = [];
    const yesNo = [true, false, undefined];
    for (const status of statuses)
      for (const wasSeen of [true, false])
        for (const isThingAttached of yesNo)
          for (const isPolicyAttached of yesNo)
            for (const road of ['jitp', 'jitr', 'none', 'unknown'] as const)
              for (const thing of yesNo)
                for (const policy of yesNo) {
                  const facts = {
                    status,
                    wasSeen,
                    isThingAttached,
                    isPolicyAttached,
                    road,
                    expects: { thing, policy },
                  };
                  const { phase, rungs } = firstConnect(facts);
                  const waiting = rungs.filter(({ state }) => state === 'waiting');
                  const isOver =
                    phase === 'active' || phase === 'stopped' || phase === 'gone' || phase === 'unread';
                  if (waiting.length !== (isOver ? 0 : 1)) broken.push(facts);
                }
    expect(broken).toEqual([]);
  });
});
