/**
 * The calls that register a CA, in their order, and what each has come to.
 * AWS IoT Developer Guide, "Register your CA certificate"; IAM API Reference.
 * @module
 */
import type { Failure } from '@/lib/failure';
import type { Registration } from './registration';

export type CallId =
  | 'find-ca'
  | 'create-policy'
  | 'create-role'
  | 'attach-role-policy'
  | 'get-registration-code'
  | 'make-verification'
  | 'register-ca-certificate';

/** Why a call that was answered still did not reach what it was for. */
export type Obstacle =
  /** The CA is registered, with other settings than these. */
  | { kind: 'ca-differs'; differences: readonly CaDifference[] }
  | { kind: 'policy-differs'; name: string }
  | { kind: 'role-not-trusting'; name: string }
  /** A role of this name is there, below another path. */
  | { kind: 'role-elsewhere'; arn: string }
  /** The CA's key is not in this tab (any more). */
  | { kind: 'key-needed' }
  /** The worker could not make the verification certificate; `code` is the engine's own. */
  | { kind: 'verification-failed'; code: string }
  /** The worker did not answer; nothing was sent. */
  | { kind: 'worker-stopped' }
  /** The console itself did not answer; what the call did is not known. */
  | { kind: 'no-answer' }
  | { kind: 'failure'; failure: Failure };

export const CA_DIFFERENCES = ['status', 'autoRegistration', 'mode', 'registrationConfig'] as const;
export type CaDifference = (typeof CA_DIFFERENCES)[number];

/** `made`: by this call. `was-there`: somebody, perhaps an earlier run, had made it. `not-needed`: another call settled it. */
export type Outcome = 'made' | 'was-there' | 'absent' | 'not-needed';

export type CallState =
  | { state: 'waiting' }
  | { state: 'running' }
  | { state: 'done'; outcome: Outcome }
  | { state: 'failed'; obstacle: Obstacle };

export type RunCall = { id: CallId; status: CallState };
export type Run = readonly RunCall[];

/** Every call is looked at before it is made, so a run may be started again at any time. */
export function planRun({ newPolicy, newRole, mode }: Registration): Run {
  const ids: CallId[] = [
    'find-ca',
    ...(newPolicy === undefined ? [] : (['create-policy'] as const)),
    ...(newRole === undefined ? [] : (['create-role', 'attach-role-policy'] as const)),
    ...(mode === 'DEFAULT' ? (['get-registration-code', 'make-verification'] as const) : []),
    'register-ca-certificate',
  ];
  return ids.map((id) => ({ id, status: { state: 'waiting' } }));
}

/** The call to make next; undefined when all are done, one runs, or one failed. */
export function nextCall(run: Run): CallId | undefined {
  const open = run.find(({ status }) => status.state !== 'done');
  return open?.status.state === 'waiting' ? open.id : undefined;
}

export function withStatus(run: Run, id: CallId, status: CallState): Run {
  return run.map((call) => (call.id === id ? { id, status } : call));
}

/** The calls that a CA which is already registered as wanted makes superfluous. */
const SETTLED_BY_CA: readonly CallId[] = [
  'get-registration-code',
  'make-verification',
  'register-ca-certificate',
];

/** Takes the outcome of a call in. */
export function withOutcome(run: Run, id: CallId, outcome: Outcome): Run {
  const next = withStatus(run, id, { state: 'done', outcome });
  if (id !== 'find-ca' || outcome !== 'was-there') return next;
  return next.map((call) =>
    SETTLED_BY_CA.includes(call.id)
      ? { id: call.id, status: { state: 'done', outcome: 'not-needed' } }
      : call,
  );
}

/** The run from its first call again. A failed run starts over: what it had reached is found, not repeated. */
export const restarted = (run: Run): Run => run.map(({ id }) => ({ id, status: { state: 'waiting' } }));

export type RunPhase = 'ready' | 'running' | 'failed' | 'finished';

export function phaseOf(run: Run): RunPhase {
  if (run.some(({ status }) => status.state === 'failed')) return 'failed';
  if (run.every(({ status }) => status.state === 'done')) return 'finished';
  return run.every(({ status }) => status.state === 'waiting') ? 'ready' : 'running';
}
