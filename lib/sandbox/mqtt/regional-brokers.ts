import type { BusMessage, HeardMessage, MessageBus } from '@/lib/sandbox/message-bus';
import { type Broker, createBroker } from './broker';

/** One broker per Region, made on first use: topics and client ids of different Regions never meet. */
export class RegionalBrokers implements MessageBus {
  readonly #brokers = new Map<string, Promise<Broker>>();
  readonly #listeners = new Set<(message: HeardMessage) => void>();
  readonly #onFault: (error: Error) => void;

  constructor(onFault: (error: Error) => void) {
    this.#onFault = onFault;
  }

  of(region: string): Promise<Broker> {
    const broker =
      this.#brokers.get(region) ??
      createBroker({
        onFault: this.#onFault,
        onAccepted: (message) => {
          for (const listener of this.#listeners) listener({ region, ...message });
        },
      });
    this.#brokers.set(region, broker);
    return broker;
  }

  async publish({ region, ...message }: BusMessage): Promise<void> {
    const broker = await this.of(region);
    await broker.publish(message);
  }

  listen(listener: (message: HeardMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends all sessions and forgets retained messages; the next use makes brokers anew. */
  async close(): Promise<void> {
    const brokers = [...this.#brokers.values()];
    this.#brokers.clear();
    await Promise.all(brokers.map(async (broker) => (await broker).close()));
  }
}
