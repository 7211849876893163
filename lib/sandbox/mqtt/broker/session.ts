import type { ByteBudget } from '@/lib/sandbox/mqtt/byte-budget';
import type { Delivery } from './delivery-queue';
import type { Message } from './message';
import { Outbox, type Outlet } from './outbox';
import type { SubscriptionOptions } from './subscription-tree';

/** The connection that a session has at the moment. */
export type SessionLink = Outlet & {
  /** Another connection came with the client id. */
  takenOver(): void;
  /** Somebody asked for the end of the connection by DeleteConnection. */
  deleted(withWill: boolean): void;
  /** A message for it was dropped for want of room. */
  overflowed(): void;
  /** Comes every few seconds, for what ends with time. @param nowMs - epoch milliseconds */
  sweep(nowMs: number): void;
  /** The broker ends. */
  shutDown(): void;
};

/** What the broker keeps of one client id: subscriptions, and messages that are not acknowledged. */
export class Session {
  readonly clientId: string;
  readonly subscriptions = new Map<string, SubscriptionOptions>();
  readonly outbox: Outbox;
  /** Undefined while the client is away. */
  link: SessionLink | undefined;
  /** How long it outlives its connection; 0: not at all. */
  expirySeconds = 0;
  /** Epoch milliseconds; while the client is away. */
  endsAt: number | undefined;

  constructor(clientId: string, budget: ByteBudget) {
    this.clientId = clientId;
    this.outbox = new Outbox(budget);
  }

  isOver(nowMs: number): boolean {
    return this.endsAt !== undefined && this.endsAt <= nowMs;
  }

  /** Its connection is gone. */
  detach(): void {
    this.link = undefined;
    this.outbox.dropOnce();
  }

  /** Delivers a message now, or keeps it until that is possible; QoS 0 is for those who are there. */
  deliver(message: Message, { qos, retain, nowMs }: { qos: 0 | 1; retain: boolean; nowMs: number }): void {
    const { link, outbox } = this;
    if (qos === 0 && (link === undefined || link.pace() === 'blocked')) return;
    const delivery: Delivery = { message, retain, since: nowMs };
    const added = qos === 0 ? outbox.addOnce(delivery) : outbox.add(delivery);
    if (!added) {
      link?.overflowed();
      return;
    }
    if (link !== undefined) outbox.flush(link, nowMs);
  }
}
