/**
 * A lasting MQTT 5 connection of the console to an environment, AWS and the sandbox alike: signed with SigV4 over
 * WebSocket, and opened again with back-off and a new signature whenever it ends. Nothing is queued: what cannot be sent
 * now is refused, and what the broker sends goes to the listeners at once.
 * @module
 */
import 'server-only';
import { randomBytes } from 'node:crypto';
import type { Environment } from '@/lib/config/environments';
import type { MqttQos } from '@/lib/registry/mqtt-topic';
import { fail, ok, type Result } from '@/lib/result';
import { BACK_OFF_MS_MIN, backOffMs } from './back-off';
import { brokerAddress } from './broker-address';
import { closeAtShutdown } from './close-at-shutdown';
import { matchesSubscription } from './matches-subscription';
import { SUBSCRIPTIONS_MAX } from './mqtt-limits';
import { type MqttSession, type OutgoingMessage, openSession } from './mqtt-session';
import type { MqttFault, MqttMessage, MqttRefusal, MqttState } from './mqtt-types';

export type ConnectionOptions = {
  /** What the connection is for: letters, digits and hyphens, at most 64. The client id is `jitp-console-<suffix>-<random>`. */
  clientIdSuffix: string;
  /** Hears of every change of `state()`. */
  onState?(state: MqttState): void;
  /** The first pause after a connection that failed; AWS takes one connect a second of one client id. */
  retryMsMin?: number;
  /** How long the broker may take to answer; ten seconds. */
  answerMsMax?: number;
};

export type SubscribeOptions = {
  qos: MqttQos;
  /** The subscription was lost with its connection, and the broker refuses it now. It is over. */
  onRefused?(refusal: MqttRefusal): void;
};

export type Subscription = {
  filter: string;
  /** What the broker granted. */
  qos: MqttQos;
  /** Ends it; repeating does nothing. */
  close(): void;
};

export type MqttConnection = {
  /**
   * Waits for the connection that is being made. Then the subscription lasts until it or the connection is closed, over
   * all reconnections; what is sent while there is no connection is lost. Where two filters overlap, AWS IoT sends a
   * message once for each of them, and each listener gets both.
   */
  subscribe(
    filter: string,
    options: SubscribeOptions,
    onMessage: (message: MqttMessage) => void,
  ): Promise<Result<Subscription, MqttRefusal>>;
  /** Answers with QoS 1 when the broker has it, with QoS 0 when it has left. Does not wait for a connection. */
  publish(message: OutgoingMessage): Promise<Result<undefined, MqttRefusal>>;
  state(): MqttState;
  /** Says goodbye; afterwards everything is refused. */
  close(): Promise<void>;
};

/** How long `subscribe` waits for the connection. Our choice. */
const CONNECTION_WAIT_MS = 15_000;
/** Only a connection that has lasted counts as success for the back-off. Our choice. */
const STABLE_MS = 10_000;

type Listener = SubscribeOptions & {
  filter: string;
  onMessage(message: MqttMessage): void;
  /** The broker has granted it once, so it is asked for again after each reconnection. */
  isGranted: boolean;
};

export function openMqttConnection(environment: Environment, options: ConnectionOptions): MqttConnection {
  return new ReconnectingConnection(environment, options).open();
}

class ReconnectingConnection implements MqttConnection {
  readonly #environment: Environment;
  readonly #options: ConnectionOptions;
  readonly #clientId: string;
  readonly #listeners = new Set<Listener>();
  readonly #waiting = new Set<() => void>();
  #state: MqttState = { kind: 'connecting' };
  #session: MqttSession | undefined;
  #failures = 0;
  #retry: NodeJS.Timeout | undefined;
  #forgetShutdown: (() => void) | undefined;

  constructor(environment: Environment, options: ConnectionOptions) {
    this.#environment = environment;
    this.#options = options;
    this.#clientId = `jitp-console-${options.clientIdSuffix}-${randomBytes(8).toString('hex')}`;
  }

  open(): this {
    this.#forgetShutdown = closeAtShutdown(() => this.close());
    void this.#connect();
    return this;
  }

  state(): MqttState {
    return this.#state;
  }

  async subscribe(filter: string, options: SubscribeOptions, onMessage: (message: MqttMessage) => void) {
    if (this.#listeners.size >= SUBSCRIPTIONS_MAX) {
      return fail({ kind: 'too-many', limit: SUBSCRIPTIONS_MAX } as const);
    }
    const listener: Listener = { ...options, filter, onMessage, isGranted: false };
    // Before the broker answers: retained messages come sooner than SUBACK.
    this.#listeners.add(listener);
    await this.#connected();
    const granted =
      (await this.#session?.subscribe(filter, options.qos)) ?? fail({ kind: 'not-connected' } as const);
    if (!granted.ok) {
      this.#listeners.delete(listener);
      return granted;
    }
    listener.isGranted = true;
    return ok({ filter, qos: granted.value.qos, close: () => this.#unsubscribe(listener) });
  }

  publish(message: OutgoingMessage): Promise<Result<undefined, MqttRefusal>> {
    return this.#session?.publish(message) ?? Promise.resolve(fail({ kind: 'not-connected' }));
  }

  async close(): Promise<void> {
    if (this.#state.kind === 'closed') return;
    clearTimeout(this.#retry);
    this.#forgetShutdown?.();
    const session = this.#session;
    this.#session = undefined;
    this.#listeners.clear();
    this.#change({ kind: 'closed' });
    this.#wake();
    await session?.close();
  }

  async #connect(): Promise<void> {
    this.#change({ kind: 'connecting' });
    const opened = await this.#tryOnce();
    // Closed meanwhile, or over as soon as it was open.
    if (this.#state.kind !== 'connecting') {
      if (opened.ok) await opened.value.close();
      return;
    }
    if (!opened.ok) {
      this.#wait(opened.failure);
      return;
    }
    this.#session = opened.value;
    const isAnswered = await this.#resubscribe(opened.value);
    if (this.#session !== opened.value) return;
    if (!isAnswered) {
      await opened.value.close();
      if (this.#session === opened.value) this.#wait({ kind: 'lost', reason: 'SUBACK' });
      return;
    }
    this.#change({ kind: 'connected', since: new Date() });
    this.#wake();
  }

  async #tryOnce(): Promise<Result<MqttSession, MqttFault>> {
    const address = await brokerAddress(this.#environment);
    if (!address.ok) return fail({ kind: 'aws', failure: address.failure });
    return openSession({
      ...address.value,
      clientId: this.#clientId,
      answerMsMax: this.#options.answerMsMax,
      onMessage: (message) => this.#deliver(message),
      onEnd: (fault) => this.#wait(fault),
    });
  }

  #wait(fault: MqttFault): void {
    this.#session = undefined;
    const since = this.#state.kind === 'connected' ? this.#state.since.getTime() : Number.POSITIVE_INFINITY;
    this.#failures = Date.now() - since > STABLE_MS ? 1 : this.#failures + 1;
    const delayMs = backOffMs(this.#failures, Math.random(), this.#options.retryMsMin ?? BACK_OFF_MS_MIN);
    this.#retry = setTimeout(() => void this.#connect(), delayMs);
    const retryAt = new Date(Date.now() + delayMs);
    this.#change({ kind: 'waiting', fault, failures: this.#failures, retryAt });
  }

  /** @returns false: the broker has left a filter without answer */
  async #resubscribe(session: MqttSession): Promise<boolean> {
    for (const listener of [...this.#listeners]) {
      if (!listener.isGranted) continue;
      const granted = await session.subscribe(listener.filter, listener.qos);
      if (granted.ok) continue;
      if (granted.failure.kind !== 'refused') return false;
      this.#listeners.delete(listener);
      listener.onRefused?.(granted.failure);
    }
    return true;
  }

  #unsubscribe(listener: Listener): void {
    if (!this.#listeners.delete(listener)) return;
    for (const { filter } of this.#listeners) {
      if (filter === listener.filter) return;
    }
    this.#session?.unsubscribe(listener.filter);
  }

  #deliver(message: MqttMessage): void {
    for (const { filter, onMessage } of [...this.#listeners]) {
      if (matchesSubscription(filter, message.topic)) onMessage(message);
    }
  }

  /** Resolves when there is a connection, when it was closed, or after a while. */
  #connected(): Promise<void> {
    if (this.#state.kind === 'connected' || this.#isClosed()) return Promise.resolve();
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        this.#waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, CONNECTION_WAIT_MS);
      this.#waiting.add(go);
    });
  }

  #wake(): void {
    for (const go of [...this.#waiting]) go();
  }

  #isClosed(): boolean {
    return this.#state.kind === 'closed';
  }

  #change(state: MqttState): void {
    this.#state = state;
    this.#options.onState?.(state);
  }
}
