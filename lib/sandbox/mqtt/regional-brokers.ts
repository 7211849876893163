import { ApiError } from '@/lib/sandbox/api-error';
import type {
  BusMessage,
  ConnectedClient,
  ConnectionDeletion,
  HeardMessage,
  MessageBus,
} from '@/lib/sandbox/message-bus';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { Broker } from './broker/broker';
import { type Message, messageOf } from './broker/message';
import { RetainedMessages } from './broker/retained-messages';
import type { ByteBudget } from './byte-budget';

export type RegionalBrokersParts = {
  sandbox: SandboxState;
  /** What wills that wait for their delay count for. */
  held: ByteBudget;
  now: () => Date;
  clients(): ConnectedClient[];
  /** Hears of a listener's mistake. */
  onFault(error: Error): void;
};

/** One broker per Region, made on first use: topics and client ids of different Regions never meet. */
export class RegionalBrokers implements MessageBus {
  readonly #brokers = new Map<string, Broker>();
  readonly #listeners = new Set<(message: HeardMessage) => void>();
  readonly #parts: RegionalBrokersParts;

  constructor(parts: RegionalBrokersParts) {
    this.#parts = parts;
  }

  of(region: string): Broker {
    const known = this.#brokers.get(region);
    if (known !== undefined) return known;
    const { sandbox, held, now } = this.#parts;
    const broker = new Broker({
      retained: () => retainedIn(sandbox, region),
      held,
      now: () => now().getTime(),
      onAccepted: (message) => this.#hear(region, message),
    });
    this.#brokers.set(region, broker);
    return broker;
  }

  async publish(message: BusMessage): Promise<void> {
    const nowMs = this.#parts.now().getTime();
    const retention = this.of(message.region).publish(messageOf(message, nowMs));
    if (retention === 'kept') await this.#parts.sandbox.durable();
  }

  listen(listener: (message: HeardMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  deleteConnection({ region, clientId, ...how }: ConnectionDeletion): boolean {
    return this.of(region).deleteConnection(clientId, how);
  }

  clients(): ConnectedClient[] {
    return this.#parts.clients();
  }

  /** Ends all connections and sessions; the next use makes brokers anew. */
  close(): void {
    // Still known while they close, so that nothing that happens then makes a new one.
    for (const broker of this.#brokers.values()) broker.close();
    this.#brokers.clear();
  }

  #hear(region: string, { expiresAt: _, ...message }: Message): void {
    for (const listener of this.#listeners) {
      try {
        listener({ region, ...message });
      } catch (error) {
        // A listener must not throw; if one does, the message still goes its way.
        this.#parts.onFault(error instanceof Error ? error : new Error(String(error)));
      }
    }
  }
}

/** Never held on to: a Region in which nothing is kept may be forgotten, and is made anew by whoever asks for it. */
function retainedIn(sandbox: SandboxState, region: string): RetainedMessages | undefined {
  try {
    return sandbox.region(region).family(RetainedMessages);
  } catch (error) {
    // Too many Regions. A will may be what is to be retained, and nobody is there to catch it.
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}
