/**
 * How far a device has come that somebody is connecting right now: TLS, CONNECT, drop, provisioning, reconnect, publish.
 * @module
 */
import type { CertificateStatus } from './device-certificate';
import type { SandboxEvent } from './sandbox-activity';

export const REHEARSAL_STEPS = ['tls', 'connect', 'drop', 'provisioning', 'reconnect', 'publish'] as const;
export type RehearsalStepId = (typeof REHEARSAL_STEPS)[number];

/** `unseen`: nobody tells of it. `reason` is the sandbox's own word on why it failed. */
export type RehearsalStep = {
  id: RehearsalStepId;
  state: 'done' | 'waiting' | 'todo' | 'failed' | 'not-needed' | 'unseen';
  /** ISO 8601. */
  at?: string | undefined;
  reason?: string | undefined;
};

/** A connect or its end, as the environment's broker told. */
export type HeardContact = { kind: 'connected' | 'disconnected' | 'connect-failed'; at: string };

export type RehearsalFacts = {
  /** `absent`: AWS does not know the certificate; `unread`: it could not be asked. */
  status: CertificateStatus | 'absent' | 'unread';
  /** When AWS registered it, ISO 8601. */
  registeredAt: string | undefined;
  /** What the sandbox tells of this certificate, oldest first; undefined for AWS, which explains nothing. */
  events: readonly SandboxEvent[] | undefined;
  /** Oldest first. */
  contacts: readonly HeardContact[];
};

const FIRST_CONTACT: readonly string[] = ['certificate-registered', 'certificate-still-pending'];
/** What comes after the admission; every other word about a certificate that is not registered refuses its first contact. */
const DENIALS: readonly string[] = [
  'connect-denied',
  'will-denied',
  'certificate-not-active',
  'client-id-refused',
];
const PUBLISH_DENIALS: readonly string[] = ['publish-denied', 'topic-refused', 'topic-reserved'];

/** Total: whatever is known gives six steps, in their order. */
export function rehearsalSteps(facts: RehearsalFacts): RehearsalStep[] {
  const { status, registeredAt, events = [], contacts } = facts;
  const contact = latest(events, FIRST_CONTACT);
  const isKnown = status !== 'absent' && status !== 'unread';
  const refusal = isKnown ? undefined : events.findLast(({ code }) => !FIRST_CONTACT.includes(code));
  // Who is known without having been seen was registered by hand, or came before anybody watched.
  const isSeen = status === 'PENDING_ACTIVATION' || events.length > 0 || contacts.length > 0;
  const seenAt = (contact ?? events.at(-1) ?? contacts.at(-1))?.at ?? registeredAt;
  return [
    { id: 'tls', state: isSeen ? 'done' : 'waiting', at: isSeen ? seenAt : undefined },
    refusal === undefined
      ? { id: 'connect', state: isSeen ? 'done' : 'todo', at: isSeen ? seenAt : undefined }
      : { id: 'connect', state: 'failed', at: refusal.at, reason: refusal.message },
    dropStep(facts, contact),
    provisioningStep(facts),
    reconnectStep(facts),
    publishStep(facts),
  ];
}

const latest = (events: readonly SandboxEvent[], codes: readonly string[]): SandboxEvent | undefined =>
  events.findLast(({ code }) => codes.includes(code));

function dropStep(
  { status, registeredAt }: RehearsalFacts,
  contact: SandboxEvent | undefined,
): RehearsalStep {
  if (contact !== undefined) return { id: 'drop', state: 'done', at: contact.at };
  if (status === 'absent' || status === 'unread') return { id: 'drop', state: 'todo' };
  return status === 'PENDING_ACTIVATION'
    ? { id: 'drop', state: 'done', at: registeredAt }
    : { id: 'drop', state: 'not-needed' };
}

function provisioningStep({ status, events = [] }: RehearsalFacts): RehearsalStep {
  const provisioned = latest(events, ['provisioned']);
  const failed = events.findLast(
    ({ code }) => code.startsWith('provisioning-') && code !== 'provisioning-no-template',
  );
  switch (status) {
    case 'absent':
    case 'unread':
      return { id: 'provisioning', state: 'todo' };
    case 'ACTIVE':
      return { id: 'provisioning', state: 'done', at: provisioned?.at, reason: provisioned?.message };
    case 'PENDING_ACTIVATION':
      return failed === undefined
        ? {
            id: 'provisioning',
            state: 'waiting',
            reason: latest(events, ['provisioning-no-template'])?.message,
          }
        : { id: 'provisioning', state: 'failed', at: failed.at, reason: failed.message };
    default:
      return { id: 'provisioning', state: 'failed' };
  }
}

function reconnectStep({ status, events = [], contacts }: RehearsalFacts): RehearsalStep {
  if (status !== 'ACTIVE') return { id: 'reconnect', state: 'todo' };
  const connected = contacts.findLast(({ kind }) => kind === 'connected');
  const denied = latest(events, DENIALS);
  if (connected !== undefined && (denied === undefined || denied.at < connected.at)) {
    return { id: 'reconnect', state: 'done', at: connected.at };
  }
  if (denied?.code === 'connect-denied' || denied?.code === 'will-denied') {
    return { id: 'reconnect', state: 'failed', at: denied.at, reason: denied.message };
  }
  const failed = contacts.findLast(({ kind }) => kind === 'connect-failed');
  return failed === undefined
    ? { id: 'reconnect', state: 'waiting' }
    : { id: 'reconnect', state: 'failed', at: failed.at };
}

/** A message that passes is told of by nobody but who subscribes to its topic. */
function publishStep(facts: RehearsalFacts): RehearsalStep {
  const denied = latest(facts.events ?? [], PUBLISH_DENIALS);
  const reconnected = reconnectStep(facts);
  if (denied !== undefined && (reconnected.at === undefined || denied.at >= reconnected.at)) {
    return { id: 'publish', state: 'failed', at: denied.at, reason: denied.message };
  }
  return { id: 'publish', state: reconnected.state === 'done' ? 'unseen' : 'todo' };
}
