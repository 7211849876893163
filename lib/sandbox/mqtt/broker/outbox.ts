/**
 * Messages on their way to one client. Those of QoS 1 are sent and not acknowledged yet, or wait, also while the client is
 * away; those of QoS 0 wait only for their share of a connection that lasts.
 * AWS IoT Core quotas: 100 unacknowledged at a time, delivery is tried for an hour.
 * @module
 */
import type { ByteBudget } from '@/lib/sandbox/mqtt/byte-budget';
import { bytesOf, isExpired, type Message } from './message';

/** AWS IoT Core quotas, "Maximum outbound unacknowledged QoS 1 publish requests". */
export const IN_FLIGHT_MAX = 100;
/** AWS IoT Core quotas, "Maximum retry interval for delivering QoS 1 messages". */
const DELIVERY_MS_MAX = 3_600_000;
/** Of each QoS. AWS names no number; a client that slept for an hour at a message every few seconds finds them all. */
export const WAITING_MAX = 1_000;
const PACKET_IDS = 65_535;

export type Delivery = {
  message: Message;
  /** Kept from before the subscription, or forwarded as published: the RETAIN flag on the wire. */
  retain: boolean;
  /** Epoch milliseconds. */
  since: number;
};

/** Whether the connection takes a message now, as soon as its share allows, or no QoS 0 message at all. */
export type Pace = 'now' | 'soon' | 'blocked';

/** The connection that deliveries go out on. */
export type Outlet = {
  /** At most {@link IN_FLIGHT_MAX}, less where the client can take less. */
  inFlightMax: number;
  /** Where it is not `now`, the connection flushes the outbox itself when it is. */
  pace(): Pace;
  /** Whether the client may get messages of this topic, by its policies as they are now. */
  mayReceive(topic: string): boolean;
  send(delivery: Delivery, packetId: number): void;
  /** With QoS 0. */
  sendOnce(delivery: Delivery): void;
};

export class Outbox {
  readonly #budget: ByteBudget;
  readonly #inFlight = new Map<number, Delivery>();
  #waiting: Delivery[] = [];
  /** Of QoS 0. */
  #waitingOnce: Delivery[] = [];
  #lastPacketId = 0;

  /** @param budget - what all outboxes may hold together */
  constructor(budget: ByteBudget) {
    this.#budget = budget;
  }

  get size(): number {
    return this.#inFlight.size + this.#waiting.length + this.#waitingOnce.length;
  }

  /** Answers false when there is no room; the message is not delivered to this client then. */
  add(delivery: Delivery): boolean {
    return this.#enqueue(this.#waiting, delivery);
  }

  /** The same for QoS 0. */
  addOnce(delivery: Delivery): boolean {
    return this.#enqueue(this.#waitingOnce, delivery);
  }

  acknowledge(packetId: number): void {
    const delivery = this.#inFlight.get(packetId);
    if (delivery === undefined) return;
    this.#inFlight.delete(packetId);
    this.#budget.add(-bytesOf(delivery.message));
  }

  /** Sends what may be sent now. */
  flush(outlet: Outlet, nowMs: number): void {
    while (this.#waitingOnce.length > 0 && outlet.pace() === 'now') {
      const delivery = this.#waitingOnce.shift();
      if (delivery === undefined) return;
      this.#budget.add(-bytesOf(delivery.message));
      if (isWanted(delivery, outlet, nowMs)) outlet.sendOnce(delivery);
    }
    while (this.#waiting.length > 0 && this.#inFlight.size < outlet.inFlightMax && outlet.pace() === 'now') {
      const delivery = this.#waiting.shift();
      if (delivery === undefined) return;
      if (!isWanted(delivery, outlet, nowMs)) {
        this.#budget.add(-bytesOf(delivery.message));
        continue;
      }
      const packetId = this.#nextPacketId();
      this.#inFlight.set(packetId, delivery);
      outlet.send(delivery, packetId);
    }
  }

  /** Sends again what an earlier connection left unacknowledged, under the same packet ids [MQTT-4.4.0-1]. */
  resume(outlet: Outlet, nowMs: number): void {
    this.dropOld(nowMs);
    for (const [packetId, delivery] of this.#inFlight) {
      if (outlet.mayReceive(delivery.message.topic)) outlet.send(delivery, packetId);
      else this.acknowledge(packetId);
    }
  }

  dropOld(nowMs: number): void {
    for (const [packetId, delivery] of this.#inFlight) {
      if (isOver(delivery, nowMs)) this.acknowledge(packetId);
    }
    const kept = this.#waiting.filter((delivery) => !isOver(delivery, nowMs));
    if (kept.length === this.#waiting.length) return;
    for (const delivery of this.#waiting) {
      if (isOver(delivery, nowMs)) this.#budget.add(-bytesOf(delivery.message));
    }
    this.#waiting = kept;
  }

  /** Nothing of QoS 0 outlives a connection. */
  dropOnce(): void {
    for (const { message } of this.#waitingOnce) this.#budget.add(-bytesOf(message));
    this.#waitingOnce = [];
  }

  clear(): void {
    this.dropOnce();
    for (const { message } of [...this.#inFlight.values(), ...this.#waiting]) {
      this.#budget.add(-bytesOf(message));
    }
    this.#inFlight.clear();
    this.#waiting = [];
  }

  #enqueue(queue: Delivery[], delivery: Delivery): boolean {
    if (queue.length >= WAITING_MAX || this.#budget.exhausted) return false;
    queue.push(delivery);
    this.#budget.add(bytesOf(delivery.message));
    return true;
  }

  #nextPacketId(): number {
    do this.#lastPacketId = (this.#lastPacketId % PACKET_IDS) + 1;
    while (this.#inFlight.has(this.#lastPacketId));
    return this.#lastPacketId;
  }
}

function isWanted(delivery: Delivery, outlet: Outlet, nowMs: number): boolean {
  return !isOver(delivery, nowMs) && outlet.mayReceive(delivery.message.topic);
}

function isOver({ message, since }: Delivery, nowMs: number): boolean {
  return isExpired(message, nowMs) || nowMs - since > DELIVERY_MS_MAX;
}
