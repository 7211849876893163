import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REHEARSAL_STEPS, type RehearsalFacts, rehearsalSteps } from './rehearsal';
import type { SandboxEvent } from './sandbox-activity';

const event = (sequence: number, code: string): SandboxEvent => ({
  sequence,
  at: `2026-01-01T00:00:0${sequence}.000Z`,
  code,
  message: `Because of ${code}.`,
});
const NOTHING: RehearsalFacts = { status: 'absent', registeredAt: undefined, events: [], contacts: [] };
const statesOf = (facts: Partial<RehearsalFacts>) =>
  rehearsalSteps({ ...NOTHING, ...facts })
    .map(({ state }) => state)
    .join(' ');
const CONNECTED = { kind: 'connected', at: '2026-01-01T00:00:05.000Z' } as const;

describe('the steps of a rehearsal', () => {
  it.each([
    { why: 'nobody has come yet', facts: {}, states: 'waiting todo todo todo todo todo' },
    {
      why: 'the CA is not registered: refused at CONNECT',
      facts: { events: [event(1, 'issuer-not-registered')] },
      states: 'done failed todo todo todo todo',
    },
    {
      why: 'registered and dropped, as it should be',
      facts: { status: 'PENDING_ACTIVATION', events: [event(1, 'certificate-registered')] },
      states: 'done done done waiting todo todo',
    },
    {
      why: 'the template failed',
      facts: {
        status: 'PENDING_ACTIVATION',
        events: [event(1, 'certificate-registered'), event(2, 'provisioning-step-failed')],
      },
      states: 'done done done failed todo todo',
    },
    {
      why: 'no template: it waits for a rule or a person',
      facts: {
        status: 'PENDING_ACTIVATION',
        events: [event(1, 'certificate-registered'), event(2, 'provisioning-no-template')],
      },
      states: 'done done done waiting todo todo',
    },
    {
      why: 'provisioned, and to come again',
      facts: { status: 'ACTIVE', events: [event(1, 'certificate-registered'), event(2, 'provisioned')] },
      states: 'done done done done waiting todo',
    },
    {
      why: 'connected again',
      facts: { status: 'ACTIVE', events: [event(2, 'provisioned')], contacts: [CONNECTED] },
      states: 'done done not-needed done done unseen',
    },
    {
      why: 'the policy refuses the client id',
      facts: { status: 'ACTIVE', events: [event(2, 'provisioned'), event(3, 'connect-denied')] },
      states: 'done done not-needed done failed todo',
    },
    {
      why: 'the policy was put right since',
      facts: { status: 'ACTIVE', events: [event(3, 'connect-denied')], contacts: [CONNECTED] },
      states: 'done done not-needed done done unseen',
    },
    {
      why: 'the policy refuses the topic',
      facts: { status: 'ACTIVE', events: [event(6, 'publish-denied')], contacts: [CONNECTED] },
      states: 'done done not-needed done done failed',
    },
    {
      why: 'rejected',
      facts: { status: 'REVOKED', events: [event(1, 'certificate-registered')] },
      states: 'done done done failed todo todo',
    },
    {
      why: 'AWS has it active: nobody knows whether it ever came',
      facts: { status: 'ACTIVE', events: undefined },
      states: 'waiting todo not-needed done waiting todo',
    },
    {
      why: 'AWS has it pending: it has come, and was dropped',
      facts: { status: 'PENDING_ACTIVATION', events: undefined },
      states: 'done done done waiting todo todo',
    },
  ] satisfies { why: string; facts: Partial<RehearsalFacts>; states: string }[])(
    'are $states: $why',
    ({ facts, states }) => {
      expect(statesOf(facts)).toBe(states);
    },
  );

  it('are six in their order, whatever is known', () => {
    const code = fc.constantFrom('certificate-registered', 'provisioned', 'connect-denied', 'x');
    const events = fc.option(
      fc.array(code).map((codes) => codes.slice(0, 9).map((each, index) => event(index, each))),
      { nil: undefined },
    );
    const status = fc.constantFrom<RehearsalFacts['status']>(
      'absent',
      'unread',
      'ACTIVE',
      'PENDING_ACTIVATION',
      'INACTIVE',
      'REVOKED',
    );
    fc.assert(
      fc.property(status, events, (known, told) => {
        const steps = rehearsalSteps({ ...NOTHING, status: known, events: told });
        expect(steps.map(({ id }) => id)).toEqual(REHEARSAL_STEPS);
      }),
    );
  });
});
