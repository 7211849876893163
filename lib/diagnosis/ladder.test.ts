import { describe, expect, it } from 'vitest';
import type { DeviceFacts } from './facts';
import { ABSENT, notPermitted } from './known';
import { ladderOf } from './ladder';
import {
  ACTIVE,
  AWAY,
  aCertificate,
  aGoodDryRun,
  aLedger,
  minutesAgo,
  NOW,
  PENDING,
  PENDING_JITR,
  see,
} from './testing/example-facts';

const seen = (isConnected: boolean, changedAt: Date | undefined) =>
  see({ isConnected, changedAt, disconnectReason: 'CONNECTION_LOST' }, 'GetThingConnectivityData');
const whole: DeviceFacts = { ...ACTIVE, dryRun: aGoodDryRun() };

describe('the rung that a device hangs on', () => {
  it.each([
    { facts: AWAY, hangsAt: 'contact', reason: 'AWS has never seen it' },
    {
      facts: { ...AWAY, ledger: aLedger({ lastSeenState: 'ACTIVE' }) },
      hangsAt: 'registered',
      reason: 'AWS had it, and it was deleted',
    },
    { facts: { ...PENDING, dryRun: aGoodDryRun() }, hangsAt: 'thing', reason: 'provisioning has not begun' },
    { facts: PENDING_JITR, hangsAt: 'active', reason: 'somebody has to activate it' },
    {
      facts: { ...whole, certificate: aCertificate({ status: 'INACTIVE' }) },
      hangsAt: 'active',
      reason: 'somebody deactivated it',
    },
    { facts: { ...whole, policies: see([]) }, hangsAt: 'policy', reason: 'its policy was detached' },
    { facts: whole, hangsAt: undefined, reason: 'whether it is online was not asked' },
    {
      facts: { ...whole, connectivity: seen(false, minutesAgo(5)) },
      hangsAt: 'connected',
      reason: 'offline',
    },
    { facts: { ...whole, connectivity: see(ABSENT) }, hangsAt: 'connected', reason: 'never seen online' },
    { facts: { ...whole, connectivity: seen(true, minutesAgo(5)) }, hangsAt: undefined, reason: 'online' },
    {
      facts: { ...whole, things: see([]), connectivity: seen(true, minutesAgo(5)) },
      hangsAt: undefined,
      reason: 'who is online hangs nowhere',
    },
    {
      facts: { ...whole, certificate: notPermitted('DescribeCertificate', NOW) },
      hangsAt: undefined,
      reason: 'what was not seen hangs nowhere',
    },
  ])('$hangsAt: $reason', ({ facts, hangsAt }) => {
    expect(ladderOf(facts).hangsAt).toBe(hangsAt);
  });
});

describe('the times', () => {
  it('are those that somebody has said, and only of rungs that are reached', () => {
    const times = Object.fromEntries(ladderOf(whole).rungs.map(({ id, at }) => [id, at]));
    expect(times).toEqual({
      issued: minutesAgo(60),
      contact: minutesAgo(10),
      registered: minutesAgo(10),
      thing: undefined,
      policy: undefined,
      active: minutesAgo(9),
    });
    expect(
      ladderOf(AWAY)
        .rungs.filter(({ at }) => at !== undefined)
        .map(({ id }) => id),
    ).toEqual(['issued']);
  });

  it('leave the first contact open where the certificate was registered by hand', () => {
    const byHand = { ...whole, certificate: aCertificate({ status: 'ACTIVE', caId: undefined }) };
    expect(ladderOf(byHand).rungs.find(({ id }) => id === 'contact')).toEqual({
      id: 'contact',
      state: 'not-needed',
      at: undefined,
    });
  });

  it('expect a policy, and no thing, of a certificate without a CA, whose settings need no reading', () => {
    const bare: DeviceFacts = {
      ...whole,
      certificate: aCertificate({ status: 'ACTIVE', caId: undefined }),
      ca: see(ABSENT),
      things: see([]),
      policies: see([]),
    };
    const states = Object.fromEntries(ladderOf(bare).rungs.map(({ id, state }) => [id, state]));
    expect(states).toMatchObject({ thing: 'not-needed', policy: 'missing' });
    expect(ladderOf(bare).hangsAt).toBe('policy');
  });
});

describe('the connection', () => {
  it.each([
    { facts: AWAY, state: 'not-yet', reason: 'nobody connects before activation' },
    { facts: whole, state: 'unread', reason: 'not asked' },
    { facts: { ...whole, connectivity: see(ABSENT) }, state: 'never', reason: 'the index has no such thing' },
    {
      facts: { ...whole, connectivity: seen(false, undefined) },
      state: 'never',
      reason: 'no change on record',
    },
    {
      facts: { ...whole, connectivity: seen(false, NOW) },
      state: 'disconnected',
      reason: 'it was online once',
    },
    { facts: { ...whole, connectivity: seen(true, NOW) }, state: 'connected', reason: 'it is online' },
  ])('is $state: $reason', ({ facts, state }) => {
    expect(ladderOf(facts).connection.state).toBe(state);
  });
});
