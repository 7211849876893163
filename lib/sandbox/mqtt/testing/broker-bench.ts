/**
 * A broker on the clock of the test's fake timers, and connections that only take notes.
 * @module
 */
import { Broker } from '@/lib/sandbox/mqtt/broker/broker';
import type { Delivery } from '@/lib/sandbox/mqtt/broker/delivery-queue';
import type { Message } from '@/lib/sandbox/mqtt/broker/message';
import type { Pace } from '@/lib/sandbox/mqtt/broker/outbox';
import { RetainedMessages } from '@/lib/sandbox/mqtt/broker/retained-messages';
import type { Session, SessionLink } from '@/lib/sandbox/mqtt/broker/session';
import { ByteBudget } from '@/lib/sandbox/mqtt/byte-budget';
import { Table } from '@/lib/sandbox/state/table';

export const MINUTE_MS = 60_000;
const HELD_BYTES_MAX = 1_000_000;

export class BrokerBench implements Disposable {
  readonly broker: Broker;
  readonly retained: RetainedMessages;
  readonly held = new ByteBudget(HELD_BYTES_MAX);
  /** As a reset does. */
  clearRetained: () => void = () => undefined;

  constructor() {
    this.retained = new RetainedMessages({
      table: <Row extends object>(name: string) => {
        const made = new Table<Row>(name, () => undefined);
        this.clearRetained = () => made.clear();
        return made;
      },
      relation: () => {
        throw new Error('retained messages are rows');
      },
    });
    this.broker = new Broker({
      retained: () => this.retained,
      held: this.held,
      now: () => Date.now(),
      onAccepted: () => undefined,
    });
  }

  connect(clientId: string, options: { cleanStart?: boolean; expirySeconds?: number } = {}): NotedLink {
    const link = this.link();
    link.open(clientId, options);
    return link;
  }

  /** A connection that has not sent CONNECT. */
  link(): NotedLink {
    return new NotedLink(this.broker);
  }

  publish(topic: string, payload: string, rest: Partial<Message> = {}) {
    return this.broker.publish(message(topic, payload, rest));
  }

  [Symbol.dispose](): void {
    this.broker.close();
  }
}

/** A connection; what it was sent is `received`, with the packet id of QoS 1. */
export class NotedLink implements SessionLink {
  readonly received: string[] = [];
  readonly events: string[] = [];
  readonly #broker: Broker;
  inFlightMax = 100;
  deaf = false;
  paceNow: Pace = 'now';
  session: Session | undefined;
  pace = () => this.paceNow;
  mayReceive = () => !this.deaf;

  constructor(broker: Broker) {
    this.#broker = broker;
  }

  send({ message: sent, retain }: Delivery, packetId: number) {
    this.received.push(`${text(sent)} #${packetId}${retain ? ' retained' : ''}`);
  }
  sendOnce({ message: sent, retain }: Delivery) {
    this.received.push(`${text(sent)}${retain ? ' retained' : ''}`);
  }
  takenOver() {
    this.events.push('taken over');
    this.leave();
  }
  deleted() {
    this.events.push('deleted');
  }
  overflowed() {
    this.events.push('overflowed');
  }
  sweep() {
    this.events.push('swept');
  }
  shutDown() {
    this.events.push('shut down');
    this.leave();
  }

  open(clientId: string, { cleanStart = false, expirySeconds = 3_600 } = {}): boolean {
    const { session, sessionPresent } = this.#broker.open(this, { clientId, cleanStart, expirySeconds });
    this.session = session;
    session.outbox.resume(this, Date.now());
    this.flush();
    return sessionPresent;
  }

  subscribe(filter: string, qos: 0 | 1 = 1): void {
    const options = { qos, noLocal: false, retainAsPublished: false };
    if (this.session === undefined) throw new Error('not open');
    this.#broker.subscribe(this.session, filter, options);
    this.#broker.sendRetained(this.session, filter, options);
  }

  acknowledge(packetId: number): void {
    this.session?.outbox.acknowledge(packetId);
    this.flush();
  }

  flush(): void {
    this.session?.outbox.flush(this, Date.now());
  }

  leave(will?: { message: Message; delaySeconds: number }): void {
    if (this.session !== undefined) this.#broker.leave(this.session, will);
  }
}

const text = ({ payload }: Message) => Buffer.from(payload).toString();

/** Of QoS 1, not retained. */
export function message(topic: string, payload: string, rest: Partial<Message> = {}): Message {
  return { topic, payload: Buffer.from(payload), qos: 1, retain: false, ...rest };
}
