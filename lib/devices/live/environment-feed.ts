/**
 * What happens in an environment, for everybody who looks at it: one MQTT connection of this process, opened for the first
 * listener and closed some time after the last.
 * @module
 */
import 'server-only';
import { iotInBackground } from '@/lib/aws/iot-gateway';
import { type MqttConnection, openMqttConnection } from '@/lib/aws/mqtt/mqtt-connection';
import type { MqttMessage, MqttRefusal, MqttState } from '@/lib/aws/mqtt/mqtt-types';
import type { Environment } from '@/lib/config/environments';
import type { LiveBatch, LiveEvent, LiveState } from '@/lib/registry/live-event';
import type { Attempt } from '@/lib/registry/pending';
import { fail, ok, type Result } from '@/lib/result';
import { CertificateFollower } from './certificate-follower';
import { EventBuffer, type LivePosition } from './event-buffer';
import { HeardAttempts } from './heard-attempts';
import { LedgerNotes } from './ledger-notes';
import { offBecauseOfFault, offBecauseOfRefusal } from './off-state';
import { parseBrokerEvent } from './parse-broker-event';

/** Pages that are open at one time, of one environment and process: each holds a connection. Our choice. */
export const LISTENERS_MAX = 200;
/** Who goes from page to page comes back within it. Our choice. */
const LINGER_MS = 60_000;
/** Events are handed on in lots, so that a busy fleet does not wake every page a hundred times a second. Our choice. */
const GATHERED_MS = 150;
/** A policy that said no may have been changed. Our choice. */
const REFUSED_RETRY_MS = 5 * 60_000;
/** Its own comings and goings, and those of every other console, are no news. */
const CONSOLE_CLIENT = /^jitp-console-/;

/** Registry events are off by default, and a role may well not be allowed to hear them: the views do without. */
const FILTERS = [
  { filter: '$aws/events/certificates/registered/+', isNeeded: true },
  { filter: '$aws/events/presence/+/#', isNeeded: true },
  { filter: '$aws/events/thing/+/+', isNeeded: false },
] as const;

export type FeedListener = {
  state(state: LiveState): void;
  events(batch: LiveBatch): void;
  /** Something may have been missed: what is shown has to be read anew. `id` is the position from here on. */
  reload(id: string): void;
};

export type FeedTiming = { lingerMs?: number; retryMsMin?: number };

export class EnvironmentFeed {
  readonly #environment: Environment;
  readonly #timing: FeedTiming;
  readonly #listeners = new Set<FeedListener>();
  readonly #follower: CertificateFollower;
  readonly #notes: LedgerNotes;
  readonly #attempts = new HeardAttempts();
  #state: LiveState = { kind: 'connecting' };
  #buffer: EventBuffer | undefined;
  #gathered: LiveEvent[] = [];
  #gathering: NodeJS.Timeout | undefined;
  #connection: MqttConnection | undefined;
  #answered = new Set<string>();
  /** The one whose filters are being asked for. */
  #subscribing: MqttConnection | undefined;
  #lingering: NodeJS.Timeout | undefined;
  #refusedRetry: NodeJS.Timeout | undefined;

  constructor(environment: Environment, timing: FeedTiming = {}) {
    this.#environment = environment;
    this.#timing = timing;
    this.#notes = new LedgerNotes(environment.id);
    this.#follower = new CertificateFollower({
      look: (certificateId) => this.#look(certificateId),
      tell: (certificateId, status) =>
        this.#emit({ kind: 'certificate', certificateId, status, at: new Date().toISOString() }),
    });
  }

  /**
   * Hears at once of the state, and of what was missed since `position`; of a reload where that is not known any more.
   *
   * @returns ends it
   */
  listen(listener: FeedListener, position: LivePosition | undefined): Result<() => void, { limit: number }> {
    if (this.#listeners.size >= LISTENERS_MAX) return fail({ limit: LISTENERS_MAX });
    clearTimeout(this.#lingering);
    // What is gathered belongs to the batch that the others get in a moment.
    this.#handOn();
    this.#listeners.add(listener);
    if (this.#connection === undefined && this.#refusedRetry === undefined) this.#open();
    listener.state(this.#state);
    if (this.#buffer !== undefined) {
      const missed = position && this.#buffer.since(position, new Date());
      if (missed === undefined) listener.reload(this.#buffer.position);
      else listener.events(missed);
    }
    return ok(() => this.#leave(listener));
  }

  /** Looks after a pending certificate whose first contact may have come before anybody listened. */
  follow(certificateId: string): void {
    if (this.#buffer !== undefined) this.#follower.followUnlessFollowed(certificateId);
  }

  /** Tells of what did not come by MQTT. */
  announce(event: LiveEvent): void {
    this.#emit(event);
  }

  /** Attempts to connect of devices that wait, since this process runs and as far as anybody listened. */
  attempts(): Attempt[] {
    return this.#attempts.all();
  }

  /** Ends everything; what was heard is in the ledger then. */
  async stop(): Promise<void> {
    for (const timer of [this.#lingering, this.#refusedRetry, this.#gathering]) clearTimeout(timer);
    this.#refusedRetry = undefined;
    this.#gathering = undefined;
    this.#follower.stop();
    const connection = this.#connection;
    this.#connection = undefined;
    this.#deafen();
    this.#state = { kind: 'connecting' };
    await connection?.close();
    await this.#notes.flush();
  }

  #leave(listener: FeedListener): void {
    if (!this.#listeners.delete(listener) || this.#listeners.size > 0) return;
    this.#lingering = setTimeout(() => void this.stop(), this.#timing.lingerMs ?? LINGER_MS);
  }

  #open(): void {
    this.#answered = new Set();
    const { retryMsMin } = this.#timing;
    const connection = openMqttConnection(this.#environment, {
      clientIdSuffix: 'live',
      onState: (state) => this.#follow(state),
      ...(retryMsMin === undefined ? {} : { retryMsMin }),
    });
    this.#connection = connection;
  }

  #follow(state: MqttState): void {
    if (state.kind === 'connected') void this.#subscribe();
    if (state.kind !== 'waiting') return;
    this.#deafen();
    this.#change(offBecauseOfFault(state.fault, state.retryAt));
  }

  /** Asks for what has not been answered yet; the connection itself asks again for what was granted. */
  async #subscribe(): Promise<void> {
    const connection = this.#connection;
    // Whoever is at it goes on by itself after a reconnection: a filter that is asked for twice tells everything twice.
    if (connection === undefined || this.#subscribing === connection) return;
    this.#subscribing = connection;
    const isAnswered = await this.#askForAll(connection);
    if (this.#subscribing === connection) this.#subscribing = undefined;
    if (isAnswered) this.#goLive();
  }

  /** @returns false: it was refused, or the connection is not there any more */
  async #askForAll(connection: MqttConnection): Promise<boolean> {
    for (const { filter, isNeeded } of FILTERS) {
      if (this.#answered.has(filter)) continue;
      const onRefused = (refusal: MqttRefusal) => {
        if (isNeeded) this.#refuse(connection, filter, refusal);
      };
      const granted = await connection.subscribe(filter, { qos: 1, onRefused }, (message) =>
        this.#receive(message),
      );
      if (this.#connection !== connection) return false;
      // The connection comes back, and asks again.
      if (!granted.ok && granted.failure.kind === 'not-connected') return false;
      if (!granted.ok && (isNeeded || granted.failure.kind !== 'refused')) {
        this.#refuse(connection, filter, granted.failure);
        return false;
      }
      this.#answered.add(filter);
    }
    return connection.state().kind === 'connected';
  }

  #goLive(): void {
    const now = new Date();
    const buffer = new EventBuffer(crypto.randomUUID().slice(0, 8), now);
    this.#buffer = buffer;
    this.#change({ kind: 'live', since: now.toISOString() });
    for (const listener of [...this.#listeners]) listener.reload(buffer.position);
  }

  #refuse(connection: MqttConnection, filter: string, refusal: MqttRefusal): void {
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    this.#deafen();
    void connection.close();
    const retryAt = new Date(Date.now() + REFUSED_RETRY_MS);
    this.#refusedRetry = setTimeout(() => {
      this.#refusedRetry = undefined;
      this.#open();
    }, REFUSED_RETRY_MS);
    this.#change(offBecauseOfRefusal(filter, refusal, retryAt));
  }

  #receive({ topic, payload, receivedAt }: MqttMessage): void {
    const event = parseBrokerEvent(topic, payload);
    if (event === undefined || ('clientId' in event && CONSOLE_CLIENT.test(event.clientId))) return;
    // Events come late at times, and may not replace what was seen after them; AWS's clock may be ahead of ours.
    const at = new Date(Math.min(Date.parse(event.at), receivedAt.getTime()));
    if (event.kind === 'registered') {
      this.#attempts.add(event.certificateId, event.at);
      this.#notes.add({ certificateId: event.certificateId, state: 'PENDING_ACTIVATION' }, at);
      this.#follower.follow(event.certificateId);
    }
    // Only an active certificate gets as far as that (AWS IoT Core Developer Guide, "Lifecycle events").
    if (
      (event.kind === 'connected' || event.kind === 'connect-failed') &&
      event.certificateId !== undefined
    ) {
      this.#notes.add({ certificateId: event.certificateId, state: 'ACTIVE' }, at);
    }
    this.#emit(event);
  }

  async #look(certificateId: string): Promise<string | undefined> {
    const at = new Date();
    const answer = await iotInBackground(this.#environment).describeCertificate(certificateId);
    if (!answer.ok) return undefined;
    const { status, createdAt } = answer.value;
    this.#notes.add({ certificateId, state: status, registeredAt: createdAt }, at);
    return status;
  }

  #emit(event: LiveEvent): void {
    if (this.#buffer === undefined) return;
    this.#buffer.push(event, new Date());
    this.#gathered.push(event);
    this.#gathering ??= setTimeout(() => this.#handOn(), GATHERED_MS);
  }

  #handOn(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    const events = this.#gathered;
    this.#gathered = [];
    if (events.length === 0 || this.#buffer === undefined) return;
    const batch = { id: this.#buffer.position, at: new Date().toISOString(), events };
    for (const listener of [...this.#listeners]) listener.events(batch);
  }

  /** From here on something may be missed. */
  #deafen(): void {
    this.#handOn();
    this.#buffer = undefined;
  }

  #change(state: LiveState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener.state(state);
  }
}
