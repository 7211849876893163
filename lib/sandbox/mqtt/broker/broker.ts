/**
 * The message broker of one Region: sessions, subscriptions, retained messages and who gets what. It knows no sockets,
 * no certificates and no policies; connections ask those before they come here.
 * AWS IoT Core Developer Guide, "MQTT".
 * @module
 */
import { ByteBudget } from '@/lib/sandbox/mqtt/byte-budget';
import { isBasicIngest } from '@/lib/sandbox/mqtt/topics';
import { isExpired, type Message } from './message';
import type { RetainedMessages } from './retained-messages';
import { Session, type SessionLink } from './session';
import {
  type SharedGroup,
  type SubscriptionOptions,
  SubscriptionTree,
  type Takers,
} from './subscription-tree';
import { Wills } from './wills';

/** What all clients' unacknowledged and waiting messages of a Region may hold together. */
const OUTBOX_BYTES_MAX = 128 * 1024 * 1024;
/** Sessions of clients that are away; the one that left first gives way. */
const SESSIONS_AWAY_MAX = 50_000;
/** What those have subscribed to, all together: each costs half a kilobyte and more. */
const SUBSCRIPTIONS_AWAY_MAX = 200_000;
const SWEEP_MS = 10_000;

export type BrokerSettings = {
  /** Asked at each use; undefined: the Region's state has no room. */
  retained(): RetainedMessages | undefined;
  /** Where wills that wait for their delay are counted. */
  held: ByteBudget;
  /** Epoch milliseconds. */
  now(): number;
  /** Hears of each message before its subscribers get it. */
  onAccepted(message: Message): void;
};

/** `refused`: there is no room to keep it; subscribers get it all the same. */
export type Retention = 'none' | 'kept' | 'refused';

export class Broker {
  readonly wills: Wills;
  readonly #settings: BrokerSettings;
  readonly #sessions = new Map<string, Session>();
  /** In the order in which they left. */
  readonly #away = new Set<Session>();
  #awaySubscriptions = 0;
  readonly #tree = new SubscriptionTree<Session>();
  readonly #outboxes = new ByteBudget(OUTBOX_BYTES_MAX);
  readonly #sweeper: NodeJS.Timeout;
  #state: 'open' | 'closed' = 'open';

  constructor(settings: BrokerSettings) {
    this.#settings = settings;
    this.wills = new Wills(settings.held, (will) => this.publish(will));
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_MS);
    this.#sweeper.unref();
  }

  /** Gives the client id to this connection; whoever had it is dropped. */
  open(
    link: SessionLink,
    { clientId, cleanStart, expirySeconds }: { clientId: string; cleanStart: boolean; expirySeconds: number },
  ): { session: Session; sessionPresent: boolean } {
    this.#sessions.get(clientId)?.link?.takenOver();
    const earlier = this.#sessions.get(clientId);
    const resumed = earlier !== undefined && !cleanStart && !earlier.isOver(this.#settings.now());
    if (earlier !== undefined && !resumed) this.#end(earlier);
    const session = resumed ? earlier : new Session(clientId, this.#outboxes);
    if (resumed) this.wills.cancel(clientId);
    this.#sessions.set(clientId, session);
    this.#isBack(session);
    session.link = link;
    session.endsAt = undefined;
    session.expirySeconds = expirySeconds;
    return { session, sessionPresent: resumed };
  }

  /** The connection is gone; what is left of the session waits as long as was agreed. */
  leave(session: Session, will?: { message: Message; delaySeconds: number }): void {
    session.detach();
    const { clientId, expirySeconds } = session;
    const delaySeconds = Math.min(will?.delaySeconds ?? 0, expirySeconds);
    if (will !== undefined) this.wills.leave(clientId, will.message, delaySeconds * 1_000);
    if (expirySeconds === 0) {
      this.#end(session);
      return;
    }
    session.endsAt = this.#settings.now() + expirySeconds * 1_000;
    this.#away.add(session);
    this.#awaySubscriptions += session.subscriptions.size;
    for (const first of this.#away) {
      if (this.#away.size <= SESSIONS_AWAY_MAX && this.#awaySubscriptions <= SUBSCRIPTIONS_AWAY_MAX) break;
      this.#end(first);
    }
  }

  /** Ends a connection from elsewhere, and with it the session if asked; answers whether there was one. */
  deleteConnection(
    clientId: string,
    { cleanSession, withWill }: { cleanSession: boolean; withWill: boolean },
  ): boolean {
    const session = this.#sessions.get(clientId);
    if (session?.link === undefined) return false;
    if (cleanSession) session.expirySeconds = 0;
    session.link.deleted(withWill);
    return true;
  }

  subscribe(session: Session, filter: string, options: SubscriptionOptions): { known: boolean } {
    const known = session.subscriptions.has(filter);
    session.subscriptions.set(filter, options);
    this.#tree.set(filter, session, options);
    return { known };
  }

  /** Answers whether there was such a subscription. */
  unsubscribe(session: Session, filter: string): boolean {
    this.#tree.delete(filter, session);
    return session.subscriptions.delete(filter);
  }

  /**
   * Looks the filter up as a topic: one with wildcards (AWS) and a shared one [MQTT-3.8.4] get no retained messages, and no
   * topic is named like them.
   */
  sendRetained(session: Session, filter: string, { qos }: SubscriptionOptions): void {
    const nowMs = this.#settings.now();
    const message = this.#settings.retained()?.message(filter, nowMs);
    if (message === undefined) return;
    session.deliver(message, { qos: lower(qos, message.qos), retain: true, nowMs });
  }

  /** Everybody who wants the message has it, or has it waiting, when this returns. */
  publish(message: Message): Retention {
    const nowMs = this.#settings.now();
    if (this.#state === 'closed' || isExpired(message, nowMs)) return 'none';
    this.#settings.onAccepted(message);
    if (isBasicIngest(message.topic)) return 'none';
    let retention: Retention = 'none';
    if (message.retain) {
      retention = this.#settings.retained()?.keep(message, nowMs) === true ? 'kept' : 'refused';
    }
    this.#forward(message, this.#tree.takersOf(message.topic));
    return retention;
  }

  /** Ends all connections and sessions; nothing is published any more, no will either. */
  close(): void {
    this.#state = 'closed';
    clearInterval(this.#sweeper);
    for (const { link } of [...this.#sessions.values()]) link?.shutDown();
    for (const session of [...this.#sessions.values()]) this.#end(session);
    this.wills.close();
  }

  #forward(message: Message, { subscribers, groups }: Takers<Session>): void {
    for (const [session, options] of subscribers) this.#deliver(session, message, options);
    for (const group of groups) {
      const session = takeTurn(group);
      const options = session && group.get(session);
      if (session !== undefined && options !== undefined) this.#deliver(session, message, options);
    }
  }

  #deliver(session: Session, message: Message, options: SubscriptionOptions): void {
    if (options.noLocal && message.clientId === session.clientId) return;
    const retain = message.retain && options.retainAsPublished;
    session.deliver(message, {
      qos: lower(options.qos, message.qos),
      retain,
      nowMs: this.#settings.now(),
    });
  }

  /** Subscriptions do not change while a client is away. */
  #isBack(session: Session): void {
    if (this.#away.delete(session)) this.#awaySubscriptions -= session.subscriptions.size;
  }

  #end(session: Session): void {
    this.#isBack(session);
    for (const filter of session.subscriptions.keys()) this.#tree.delete(filter, session);
    session.subscriptions.clear();
    session.outbox.clear();
    if (this.#sessions.get(session.clientId) === session) this.#sessions.delete(session.clientId);
    this.wills.publishNow(session.clientId);
  }

  #sweep(): void {
    const nowMs = this.#settings.now();
    for (const session of this.#sessions.values()) {
      if (session.isOver(nowMs)) this.#end(session);
      else {
        session.link?.sweep(nowMs);
        session.outbox.dropOld(nowMs);
      }
    }
  }
}

function lower(one: 0 | 1, other: 0 | 1): 0 | 1 {
  return one === 1 && other === 1 ? 1 : 0;
}

/** Round robin among those who are connected; a session whose client is away takes its turn only when all are. */
function takeTurn(group: SharedGroup<Session>): Session | undefined {
  const [first] = group.keys();
  const next = [...group.keys()].find(({ link }) => link !== undefined) ?? first;
  const options = next && group.get(next);
  if (next === undefined || options === undefined) return undefined;
  group.delete(next);
  group.set(next, options);
  return next;
}
