/**
 * How far a device has come from its first contact to an active certificate, out of what AWS says of its certificate.
 * It is about activation only: whether the device is connected now is another question.
 * AWS IoT Developer Guide, "Just-in-time provisioning" and "Just-in-time registration".
 * @module
 */
import type { CertificateStatus } from './device-certificate';

export type FirstConnectFacts = {
  /** Undefined: AWS does not know the certificate. */
  status: CertificateStatus | undefined;
  isThingAttached: boolean;
  isPolicyAttached: boolean;
  /** `jitp`: the CA has a template, AWS activates; `jitr`: it has none, a rule or a person does. */
  road: 'jitp' | 'jitr';
  /** Whether a thing and a policy are to be expected at the end. */
  expects: { thing: boolean; policy: boolean };
};

export const RUNGS = ['issued', 'contact', 'registered', 'thing', 'policy', 'active'] as const;
export type RungId = (typeof RUNGS)[number];

/**
 * `waiting`: the one that everything waits for; `missing`: it was to be expected and did not come, though nothing
 * waits for it any more; `stopped`: the climb ended here without success.
 */
export type RungState = 'done' | 'waiting' | 'todo' | 'not-needed' | 'missing' | 'stopped';

/**
 * `by-hand`: registered, and pending until a rule or a person activates it; `stopped`: a status from which AWS does not
 * go on by itself.
 */
export type FirstConnectPhase = 'awaiting' | 'provisioning' | 'by-hand' | 'active' | 'stopped';

export type FirstConnect = { phase: FirstConnectPhase; rungs: { id: RungId; state: RungState }[] };

/** Total: every status AWS has gives a ladder. The certificate counts as issued, whoever did it. */
export function firstConnect(facts: FirstConnectFacts): FirstConnect {
  const phase = phaseOf(facts);
  const isKnown = phase !== 'awaiting';
  const states: Record<RungId, RungState> = {
    issued: 'done',
    contact: isKnown ? 'done' : 'waiting',
    registered: isKnown ? 'done' : 'todo',
    thing: partOf(phase, facts.isThingAttached, facts.expects.thing),
    policy: partOf(phase, facts.isPolicyAttached, facts.expects.policy),
    active: phase === 'active' ? 'done' : phase === 'stopped' ? 'stopped' : 'todo',
  };
  const next = RUNGS.find((id) => states[id] === 'todo');
  // Who activates by hand may do so before or after the rest is attached: that is what is waited for.
  if (phase === 'by-hand') states.active = 'waiting';
  else if (phase === 'provisioning' && next !== undefined) states[next] = 'waiting';
  return { phase, rungs: RUNGS.map((id) => ({ id, state: states[id] })) };
}

function phaseOf({ status, road }: FirstConnectFacts): FirstConnectPhase {
  switch (status) {
    case undefined:
      return 'awaiting';
    case 'ACTIVE':
      return 'active';
    case 'PENDING_ACTIVATION':
      return road === 'jitp' ? 'provisioning' : 'by-hand';
    case 'INACTIVE':
    case 'REVOKED':
    case 'PENDING_TRANSFER':
    case 'REGISTER_INACTIVE':
      return 'stopped';
  }
}

function partOf(phase: FirstConnectPhase, isAttached: boolean, isExpected: boolean): RungState {
  if (isAttached) return 'done';
  if (!isExpected) return 'not-needed';
  return phase === 'active' || phase === 'stopped' ? 'missing' : 'todo';
}
