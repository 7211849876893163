/**
 * Messages on their way to one client. Those of QoS 1 are sent and not acknowledged yet, or wait, also while the client is
 * away; those of QoS 0 wait only for their share of a connection that lasts.
 * AWS IoT Core quotas: 100 unacknowledged at a time, delivery is tried for an hour.
 * @module
 */
import type { ByteBudget } from '@/lib/sandbox/mqtt/byte-budget';
import { type Delivery, DeliveryQueue, isOver } from './delivery-queue';
import { bytesOf } from './message';

/** AWS IoT Core quotas, "Maximum outbound unacknowledged QoS 1 publish requests". */
export const IN_FLIGHT_MAX = 100;
/** Of each QoS. AWS names no number; a client that slept for an hour at a message every few seconds finds them all. */
export const WAITING_MAX = 1_000;
/** Of QoS 0: what a connection carries in two seconds. */
const WAITING_ONCE_BYTES_MAX = 1024 * 1024;
const PACKET_IDS = 65_535;

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
  readonly #waiting: DeliveryQueue;
  /** Of QoS 0. */
  readonly #waitingOnce: DeliveryQueue;
  #lastPacketId = 0;

  /** @param budget - what all outboxes may hold together */
  constructor(budget: ByteBudget) {
    this.#budget = budget;
    this.#waiting = new DeliveryQueue(budget, { messagesMax: WAITING_MAX });
    this.#waitingOnce = new DeliveryQueue(budget, {
      messagesMax: WAITING_MAX,
      bytesMax: WAITING_ONCE_BYTES_MAX,
    });
  }

  get size(): number {
    return this.#inFlight.size + this.#waiting.size + this.#waitingOnce.size;
  }

  /** Answers false when there is no room; the message is not delivered to this client then. */
  add(delivery: Delivery): boolean {
    return this.#waiting.push(delivery);
  }

  /** The same for QoS 0. */
  addOnce(delivery: Delivery): boolean {
    return this.#waitingOnce.push(delivery);
  }

  acknowledge(packetId: number): void {
    const delivery = this.#inFlight.get(packetId);
    if (delivery === undefined) return;
    this.#inFlight.delete(packetId);
    this.#budget.add(-bytesOf(delivery.message));
  }

  /** Sends what may be sent now. */
  flush(outlet: Outlet, nowMs: number): void {
    const isWanted = (delivery: Delivery) =>
      !isOver(delivery, nowMs) && outlet.mayReceive(delivery.message.topic);
    while (this.#waitingOnce.size > 0 && outlet.pace() === 'now') {
      const delivery = this.#waitingOnce.shift();
      if (delivery !== undefined && isWanted(delivery)) outlet.sendOnce(delivery);
    }
    while (this.#waiting.size > 0 && this.#inFlight.size < outlet.inFlightMax && outlet.pace() === 'now') {
      const delivery = this.#waiting.shift();
      if (delivery === undefined || !isWanted(delivery)) continue;
      const packetId = this.#nextPacketId();
      this.#inFlight.set(packetId, delivery);
      this.#budget.add(bytesOf(delivery.message));
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
    this.#waiting.dropOld(nowMs);
  }

  /** Nothing of QoS 0 outlives a connection. */
  dropOnce(): void {
    this.#waitingOnce.clear();
  }

  clear(): void {
    for (const packetId of [...this.#inFlight.keys()]) this.acknowledge(packetId);
    this.#waiting.clear();
    this.#waitingOnce.clear();
  }

  #nextPacketId(): number {
    do this.#lastPacketId = (this.#lastPacketId % PACKET_IDS) + 1;
    while (this.#inFlight.has(this.#lastPacketId));
    return this.#lastPacketId;
  }
}
