/**
 * The MQTT client of one open page: a connection of its own, its subscriptions, and what waits to be shown. It lasts a little
 * longer than the page's stream, so that a stream which the browser opens again loses neither.
 * @module
 */
import 'server-only';
import { matchesSubscription } from '@/lib/aws/mqtt/matches-subscription';
import { openMqttConnection } from '@/lib/aws/mqtt/mqtt-connection';
import type { OutgoingMessage } from '@/lib/aws/mqtt/mqtt-session';
import type { MqttMessage, MqttRefusal, MqttState } from '@/lib/aws/mqtt/mqtt-types';
import type { Environment } from '@/lib/config/environments';
import type { MqttQos } from '@/lib/registry/mqtt-topic';
import { fail, ok, type Result } from '@/lib/result';
import { MessageOutbox, type OutboxBounds } from './message-outbox';

/** Five times a second a person sees as "at once". Our choice. */
export const FLUSH_MS = 200;
/** 5 000 messages and 5 MB a second: what a page shows without freezing. Our choice. */
const BOUNDS: OutboxBounds = { messagesMax: 1000, bytesMax: 1024 * 1024 };
/** A network that changes, a stream that has come to its end. Our choice. */
const LINGER_MS = 20_000;

export type HeldSubscription = { filter: string; qos: MqttQos };

/** The page's stream. */
export type TabListener = {
  state(state: MqttState): void;
  subscriptions(held: readonly HeldSubscription[]): void;
  /** The broker took a subscription away after a reconnection. */
  refused(filter: string, refusal: MqttRefusal): void;
  /** @returns false when the page reads too slowly: it gets them the next time, as far as they fit */
  isReady(): boolean;
  messages(messages: readonly MqttMessage[], dropped: number): void;
};

export class TabClient {
  readonly operatorId: string;
  readonly #connection;
  readonly #outbox: MessageOutbox;
  /** In the order in which they were made; `undefined`: the broker has not answered yet. */
  readonly #held = new Map<string, { qos: MqttQos; close(): void } | undefined>();
  readonly #onEnd: () => void;
  #listener: TabListener | undefined;
  #flushing: NodeJS.Timeout | undefined;
  #lingering: NodeJS.Timeout | undefined;

  /** @param onEnd - once, when nobody has listened for a while */
  constructor(
    { environment, operatorId }: { environment: Environment; operatorId: string },
    onEnd: () => void,
    bounds = BOUNDS,
  ) {
    this.operatorId = operatorId;
    this.#onEnd = onEnd;
    this.#outbox = new MessageOutbox(bounds);
    this.#connection = openMqttConnection(environment, {
      clientIdSuffix: 'page',
      onState: (state) => this.#listener?.state(state),
    });
    this.#linger();
  }

  /** Tells `listener` what there is and what comes; who listened before hears no more. @returns ends it */
  attach(listener: TabListener): () => void {
    clearTimeout(this.#lingering);
    clearInterval(this.#flushing);
    this.#listener = listener;
    listener.state(this.#connection.state());
    listener.subscriptions(this.subscriptions());
    this.#flushing = setInterval(() => this.#flush(), FLUSH_MS);
    return () => {
      if (this.#listener !== listener) return;
      this.#listener = undefined;
      clearInterval(this.#flushing);
      this.#linger();
    };
  }

  subscriptions(): HeldSubscription[] {
    return [...this.#held].flatMap(([filter, held]) =>
      held === undefined ? [] : [{ filter, qos: held.qos }],
    );
  }

  async subscribe(filter: string, qos: MqttQos): Promise<Result<undefined, MqttRefusal>> {
    if (this.#held.has(filter)) return ok(undefined);
    this.#held.set(filter, undefined);
    const onRefused = (refusal: MqttRefusal) => {
      this.#held.delete(filter);
      this.#listener?.refused(filter, refusal);
      this.#tell();
    };
    const made = await this.#connection.subscribe(filter, { qos, onRefused }, (message) => {
      if (this.#isFirstFor(filter, message.topic)) this.#outbox.add(message);
    });
    if (!made.ok) {
      this.#held.delete(filter);
      return fail(made.failure);
    }
    // Given up while the broker thought about it.
    if (!this.#held.has(filter)) made.value.close();
    else this.#held.set(filter, made.value);
    this.#tell();
    return ok(undefined);
  }

  unsubscribe(filter: string): void {
    const held = this.#held.get(filter);
    this.#held.delete(filter);
    held?.close();
    this.#tell();
  }

  publish(message: OutgoingMessage): Promise<Result<undefined, MqttRefusal>> {
    return this.#connection.publish(message);
  }

  async close(): Promise<void> {
    clearTimeout(this.#lingering);
    clearInterval(this.#flushing);
    this.#listener = undefined;
    this.#onEnd();
    await this.#connection.close();
  }

  /** Each listener hears each copy that the broker sends for overlapping filters: one of them counts. */
  #isFirstFor(filter: string, topic: string): boolean {
    for (const known of this.#held.keys()) if (matchesSubscription(known, topic)) return known === filter;
    return false;
  }

  #flush(): void {
    if (this.#listener?.isReady() !== true) return;
    const { messages, dropped } = this.#outbox.take();
    if (messages.length > 0 || dropped > 0) this.#listener.messages(messages, dropped);
  }

  #tell(): void {
    this.#listener?.subscriptions(this.subscriptions());
  }

  #linger(): void {
    clearTimeout(this.#lingering);
    this.#lingering = setTimeout(() => void this.close(), LINGER_MS);
  }
}
