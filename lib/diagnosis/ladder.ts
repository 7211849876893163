/**
 * The climb of a device as one sees it: activation up to `active`, and beside it, as a question of its own, connection.
 * @module
 */
import {
  type FirstConnectFacts,
  type FirstConnectPhase,
  firstConnect,
  type RungId,
  type RungState,
} from '@/lib/registry/first-connect';
import type { DeviceFacts } from './facts';
import { ABSENT, isAbsent, knownValue, presentOf } from './known';

/** The rungs of activation, and connection above them. */
export type LadderRungId = RungId | 'connected';

export type LadderRung = { id: RungId; state: RungState; at: Date | undefined };

/** Whether the device is on line now; says nothing about activation. `never`: no connection has been seen. */
export type Connection = {
  state: 'connected' | 'disconnected' | 'never' | 'not-yet' | 'unread';
  /** Of the last change. */
  at: Date | undefined;
  disconnectReason: string | undefined;
};

export type Ladder = {
  phase: FirstConnectPhase;
  rungs: readonly LadderRung[];
  connection: Connection;
  /**
   * The first rung that is not reached. `connected` only once all of activation is behind it and the device is known
   * not to be on line; undefined when nothing hangs, or when what could not be read leaves it open.
   */
  hangsAt: LadderRungId | undefined;
};

const HANGING: readonly RungState[] = ['waiting', 'missing', 'stopped', 'gone'];

export function ladderOf(facts: DeviceFacts): Ladder {
  const { phase, rungs } = firstConnect(firstConnectFacts(facts));
  const at = timesOf(facts);
  const connection = connectionOf(facts, phase);
  return {
    phase,
    rungs: rungs.map(({ id, state }) => ({ id, state, at: state === 'done' ? at[id] : undefined })),
    connection,
    hangsAt: hangsAt(phase, rungs, connection),
  };
}

/** The words of the first-connect ladder for these facts. */
function firstConnectFacts(facts: DeviceFacts): FirstConnectFacts {
  const certificate = knownValue(facts.certificate);
  const ledger = presentOf(facts.ledger);
  const things = knownValue(facts.things);
  const policies = knownValue(facts.policies);
  const isAway = certificate === ABSENT;
  return {
    status: certificate === undefined ? 'unread' : certificate === ABSENT ? ABSENT : certificate.status,
    wasSeen: (certificate !== undefined && !isAway) || ledger?.lastSeenState !== undefined,
    // What AWS does not know has nothing attached; that needs no call.
    isThingAttached: isAway ? false : things && things.length > 0,
    isPolicyAttached: isAway ? false : policies && policies.length > 0,
    ...roadOf(facts),
  };
}

function roadOf(facts: DeviceFacts): Pick<FirstConnectFacts, 'road' | 'expects'> {
  // Without a template nothing makes a thing by itself; without a policy no device gets in.
  const byHand = { thing: false, policy: true };
  const certificate = presentOf(facts.certificate);
  if (certificate !== undefined && certificate.caId === undefined) return { road: 'none', expects: byHand };
  const ca = presentOf(facts.ca);
  if (ca === undefined) return { road: 'unknown', expects: { thing: undefined, policy: undefined } };
  if (ca.config === undefined) return { road: 'jitr', expects: byHand };
  const dryRun = knownValue(facts.dryRun);
  const isRead = dryRun?.kind === 'evaluated';
  return {
    road: 'jitp',
    expects: {
      thing: isRead ? dryRun.makesThing : undefined,
      policy: isRead ? dryRun.makesPolicy : undefined,
    },
  };
}

function timesOf(facts: DeviceFacts): Partial<Record<RungId, Date | undefined>> {
  const ledger = presentOf(facts.ledger);
  const certificate = presentOf(facts.certificate);
  const registeredAt = certificate?.registeredAt;
  return {
    issued: ledger?.issuedAt ?? knownValue(facts.leaf)?.notBefore,
    // AWS registers by the first contact itself; a certificate registered by hand has none that is known.
    contact: certificate?.caId === undefined ? undefined : registeredAt,
    registered: registeredAt,
    active: certificate?.status === 'ACTIVE' ? certificate.lastModifiedAt : undefined,
  };
}

function connectionOf(facts: DeviceFacts, phase: FirstConnectPhase): Connection {
  const seen = presentOf(facts.connectivity);
  if (seen !== undefined) {
    const { isConnected, changedAt, disconnectReason } = seen;
    const state = isConnected ? 'connected' : changedAt === undefined ? 'never' : 'disconnected';
    return { state, at: changedAt, disconnectReason: isConnected ? undefined : disconnectReason };
  }
  const none = { at: undefined, disconnectReason: undefined };
  if (phase !== 'active' && phase !== 'unread') return { state: 'not-yet', ...none };
  return { state: isAbsent(facts.connectivity) ? 'never' : 'unread', ...none };
}

function hangsAt(
  phase: FirstConnectPhase,
  rungs: readonly { id: RungId; state: RungState }[],
  { state }: Connection,
): LadderRungId | undefined {
  // Who is on line hangs nowhere, even if the template would have attached more.
  if (state === 'connected') return undefined;
  const rung = rungs.find((candidate) => HANGING.includes(candidate.state));
  if (rung !== undefined) return rung.id;
  return phase === 'active' && state !== 'unread' ? 'connected' : undefined;
}
