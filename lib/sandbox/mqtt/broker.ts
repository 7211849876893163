/**
 * The only door to the broker library, aedes: MQTT 3.1.1 sessions, subscriptions, retained messages and delivery.
 * Who may do what is asked of a {@link Delegate}; nothing here knows certificates, policies or Regions.
 * @module
 */
import type { Duplex } from 'node:stream';
import { Aedes, type AedesPublishPacket, type Client } from 'aedes';

export type BrokerMessage = { topic: string; payload: Uint8Array; qos: 0 | 1; retain: boolean };

/** What one connection may do; asked at each packet. Each refusal is the delegate's to explain. */
export type Delegate = {
  /** `close`: the connection ends. `swallow`: acknowledged, but nobody receives it. */
  publish(message: { topic: string; retain: boolean }): 'accept' | 'swallow' | 'close';
  subscribe(filter: string): boolean;
  unsubscribed(filter: string): void;
  /** `retained`: kept from before the subscription. */
  receive(message: { topic: string; retained: boolean }): boolean;
  /** The library found the stream not to be MQTT, or the keep alive ran out. */
  failed(error: Error): void;
};

export type Broker = {
  /** Takes over a stream whose first bytes are an MQTT 3.1.1 CONNECT that was let in. */
  accept(stream: Duplex, delegate: Delegate): void;
  /** Resolves when every subscriber's queue has the message. */
  publish(message: BrokerMessage): Promise<void>;
  close(): Promise<void>;
};

/** Its own topics; subscriptions to them are refused by delegates, and this keeps them from leaking all the same. */
const INTERNAL_PREFIX = '$SYS/';
/** The longest client id that AWS IoT takes, in bytes. */
const CLIENT_ID_BYTES_MAX = 128;
/** Unacknowledged packets per client, each way (AWS IoT Core quotas). */
const IN_FLIGHT_MAX = 100;

export type BrokerListeners = {
  /** Hears of faults of the broker itself, which belong to no connection. */
  onFault(error: Error): void;
  onAccepted(message: BrokerMessage & { clientId: string | undefined }): void;
};

export async function createBroker({ onFault, onAccepted }: BrokerListeners): Promise<Broker> {
  const delegates = new WeakMap<Client, Delegate>();
  const aedes = await Aedes.createBroker({
    maxClientsIdLength: CLIENT_ID_BYTES_MAX,
    queueLimit: IN_FLIGHT_MAX,
    authorizePublish(client, packet, done) {
      const verdict = client === null ? 'close' : delegates.get(client)?.publish(packet);
      if (verdict === 'accept') return done(null);
      if (verdict === 'swallow') {
        // Acknowledged like any other message, and sent where nobody can listen.
        packet.topic = `${INTERNAL_PREFIX}swallowed`;
        return done(null);
      }
      done(new Error('publish refused'));
    },
    authorizeSubscribe(client, subscription, done) {
      // Null becomes 0x80 in the SUBACK (MQTT 3.1.1 section 3.9.3).
      done(null, delegates.get(client)?.subscribe(subscription.topic) === true ? subscription : null);
    },
    authorizeForward(client, packet: AedesPublishPacket) {
      if (packet.topic.startsWith(INTERNAL_PREFIX)) return null;
      const mayReceive = delegates.get(client)?.receive({ topic: packet.topic, retained: packet.retain });
      return mayReceive === true ? packet : null;
    },
  });
  aedes.on('publish', (packet, client) => {
    if (packet.topic.startsWith(INTERNAL_PREFIX)) return;
    const { topic, retain } = packet;
    const payload = Buffer.from(packet.payload);
    onAccepted({ topic, payload, qos: packet.qos === 0 ? 0 : 1, retain, clientId: client?.id });
  });
  aedes.on('clientError', (client, error) => delegates.get(client)?.failed(error));
  aedes.on('connectionError', (client, error) => delegates.get(client)?.failed(error));
  aedes.on('unsubscribe', (filters, client) => {
    for (const filter of filters) delegates.get(client)?.unsubscribed(filter);
  });
  // The library emits 'error' for faults of its storage, and would end the process if nobody listened.
  (aedes as NodeJS.EventEmitter).on('error', onFault);

  return {
    accept(stream, delegate) {
      delegates.set(aedes.handle(stream), delegate);
    },
    publish({ topic, payload, qos, retain }) {
      return new Promise((resolve, reject) => {
        aedes.publish(
          { cmd: 'publish', topic, payload: Buffer.from(payload), qos, retain, dup: false },
          (error) => (error ? reject(error) : resolve()),
        );
      });
    },
    close: () => new Promise((resolve) => aedes.close(() => resolve())),
  };
}
