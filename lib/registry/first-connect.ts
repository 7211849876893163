/**
 * How far a device has come from its first contact to an active certificate, out of what AWS says of its certificate.
 * It is about activation only: whether the device is connected now is another question.
 * AWS IoT Developer Guide, "Just-in-time provisioning" and "Just-in-time registration".
 * @module
 */
import type { CertificateStatus } from './device-certificate';

export type FirstConnectFacts = {
  /** `absent`: AWS answered that it does not know the certificate; `unread`: it could not be asked. */
  status: CertificateStatus | 'absent' | 'unread';
  /** Whether AWS has been seen to have the certificate, at this read or an earlier one. */
  wasSeen: boolean;
  /** Undefined: could not be read. */
  isThingAttached: boolean | undefined;
  isPolicyAttached: boolean | undefined;
  /**
   * `jitp`: the CA has a template, AWS activates; `jitr`: it has none, a rule or a person does; `none`: registered without a CA,
   * so that nothing happens by itself; `unknown`: the CA could not be asked.
   */
  road: 'jitp' | 'jitr' | 'none' | 'unknown';
  /** Whether a thing and a policy are to be expected at the end; undefined: could not be read. */
  expects: { thing: boolean | undefined; policy: boolean | undefined };
};

export const RUNGS = ['issued', 'contact', 'registered', 'thing', 'policy', 'active'] as const;
export type RungId = (typeof RUNGS)[number];

/**
 * `waiting`: the one that everything waits for; `missing`: it was to be expected and did not come, though nothing
 * waits for it any more; `stopped`: the climb ended here without success; `unread`: not known, as a read failed;
 * `gone`: AWS had it and has deleted it.
 */
export type RungState =
  | 'done'
  | 'waiting'
  | 'todo'
  | 'not-needed'
  | 'missing'
  | 'stopped'
  | 'unread'
  | 'gone';

/**
 * `by-hand`: registered, and pending until a rule or a person activates it; `pending`: registered, and who activates it
 * is not known; `without-ca`: as `by-hand`, and no CA has to do with it; `stopped`: a status from which AWS does not go on by itself; `gone`: AWS had the
 * certificate, and it was deleted there; `unread`: how far it has come is not known.
 */
export type FirstConnectPhase =
  | 'awaiting'
  | 'provisioning'
  | 'by-hand'
  | 'pending'
  | 'without-ca'
  | 'active'
  | 'stopped'
  | 'gone'
  | 'unread';

export type FirstConnect = {
  phase: FirstConnectPhase;
  rungs: { id: RungId; state: RungState }[];
  /** Whether another read may tell more. */
  goesOn: boolean;
};

/** Total: every status AWS has gives a ladder. The certificate counts as issued, whoever did it. */
export function firstConnect(facts: FirstConnectFacts): FirstConnect {
  const phase = phaseOf(facts);
  const certificate = certificateOf(phase);
  const states: Record<RungId, RungState> = {
    issued: 'done',
    ...certificate,
    // Without a CA it was registered by a call of the API, whether the device had connected or not.
    contact: facts.road === 'none' && certificate.contact === 'done' ? 'not-needed' : certificate.contact,
    thing: partOf(phase, facts.isThingAttached, facts.expects.thing),
    policy: partOf(phase, facts.isPolicyAttached, facts.expects.policy),
  };
  const next = RUNGS.find((id) => states[id] === 'todo');
  // Who activates by hand may do so before or after the rest is attached: that is what is waited for.
  if (phase === 'by-hand' || phase === 'pending' || phase === 'without-ca') states.active = 'waiting';
  else if (phase === 'provisioning' && next !== undefined) states[next] = 'waiting';
  const isSettled = phase === 'active' || phase === 'stopped' || phase === 'gone';
  return {
    phase,
    rungs: RUNGS.map((id) => ({ id, state: states[id] })),
    goesOn: !isSettled || Object.values(states).includes('unread'),
  };
}

const PENDING_PHASES = {
  jitp: 'provisioning',
  jitr: 'by-hand',
  none: 'without-ca',
  unknown: 'pending',
} as const;

function phaseOf({ status, wasSeen, road }: FirstConnectFacts): FirstConnectPhase {
  switch (status) {
    case 'unread':
      return 'unread';
    case 'absent':
      return wasSeen ? 'gone' : 'awaiting';
    case 'ACTIVE':
      return 'active';
    case 'PENDING_ACTIVATION':
      return PENDING_PHASES[road];
    case 'INACTIVE':
    case 'REVOKED':
    case 'PENDING_TRANSFER':
    case 'REGISTER_INACTIVE':
      return 'stopped';
  }
}

/** The rungs that the certificate alone decides. */
function certificateOf(phase: FirstConnectPhase): Record<'contact' | 'registered' | 'active', RungState> {
  switch (phase) {
    case 'unread':
      return { contact: 'unread', registered: 'unread', active: 'unread' };
    case 'gone':
      return { contact: 'done', registered: 'gone', active: 'gone' };
    case 'awaiting':
      return { contact: 'waiting', registered: 'todo', active: 'todo' };
    case 'provisioning':
    case 'by-hand':
    case 'pending':
    case 'without-ca':
      return { contact: 'done', registered: 'done', active: 'todo' };
    case 'active':
      return { contact: 'done', registered: 'done', active: 'done' };
    case 'stopped':
      return { contact: 'done', registered: 'done', active: 'stopped' };
  }
}

function partOf(
  phase: FirstConnectPhase,
  isAttached: boolean | undefined,
  isExpected: boolean | undefined,
): RungState {
  if (isAttached) return 'done';
  if (phase === 'gone') return isExpected === false ? 'not-needed' : 'gone';
  if (isExpected === false && isAttached === false) return 'not-needed';
  if (isExpected === undefined || isAttached === undefined) return 'unread';
  return phase === 'active' || phase === 'stopped' ? 'missing' : 'todo';
}
