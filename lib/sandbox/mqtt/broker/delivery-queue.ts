import type { ByteBudget } from '@/lib/sandbox/mqtt/byte-budget';
import { bytesOf, isExpired, type Message } from './message';

/** AWS IoT Core quotas, "Maximum retry interval for delivering QoS 1 messages". */
const DELIVERY_MS_MAX = 3_600_000;

export type Delivery = {
  message: Message;
  /** Kept from before the subscription, or forwarded as published: the RETAIN flag on the wire. */
  retain: boolean;
  /** Epoch milliseconds. */
  since: number;
};

type Bounds = { messagesMax: number; bytesMax?: number };

/** Messages that wait for one client, in their order; what they hold counts for a budget that many queues share. */
export class DeliveryQueue {
  readonly #budget: ByteBudget;
  readonly #messagesMax: number;
  readonly #bytesMax: number;
  #deliveries: Delivery[] = [];
  #bytes = 0;

  constructor(budget: ByteBudget, { messagesMax, bytesMax = Number.POSITIVE_INFINITY }: Bounds) {
    this.#budget = budget;
    this.#messagesMax = messagesMax;
    this.#bytesMax = bytesMax;
  }

  get size(): number {
    return this.#deliveries.length;
  }

  /** Answers false when there is no room. */
  push(delivery: Delivery): boolean {
    if (this.size >= this.#messagesMax || this.#bytes >= this.#bytesMax || this.#budget.exhausted)
      return false;
    this.#deliveries.push(delivery);
    this.#count(bytesOf(delivery.message));
    return true;
  }

  shift(): Delivery | undefined {
    const delivery = this.#deliveries.shift();
    if (delivery !== undefined) this.#count(-bytesOf(delivery.message));
    return delivery;
  }

  dropOld(nowMs: number): void {
    const kept = this.#deliveries.filter((delivery) => !isOver(delivery, nowMs));
    if (kept.length === this.size) return;
    for (const delivery of this.#deliveries) {
      if (isOver(delivery, nowMs)) this.#count(-bytesOf(delivery.message));
    }
    this.#deliveries = kept;
  }

  clear(): void {
    this.#deliveries = [];
    this.#count(-this.#bytes);
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    this.#budget.add(bytes);
  }
}

/** Whether a message is given up. */
export function isOver({ message, since }: Delivery, nowMs: number): boolean {
  return isExpired(message, nowMs) || nowMs - since > DELIVERY_MS_MAX;
}
