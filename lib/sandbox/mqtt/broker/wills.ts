import type { Message } from './message';

type PendingWill = { timer: NodeJS.Timeout; publish: () => void };

/** Wills that wait for their delay to pass (MQTT 5 section 3.1.3.2.2), by client id. */
export class Wills {
  readonly #pending = new Map<string, PendingWill>();
  readonly #publish: (will: Message) => void;

  constructor(publish: (will: Message) => void) {
    this.#publish = publish;
  }

  /** @param delayMs - 0 publishes at once; at most as long as the session lives */
  leave(clientId: string, will: Message, delayMs: number): void {
    if (delayMs === 0) {
      this.#publish(will);
      return;
    }
    const publish = () => {
      this.#pending.delete(clientId);
      this.#publish(will);
    };
    const timer = setTimeout(publish, delayMs);
    timer.unref();
    this.#pending.set(clientId, { timer, publish });
  }

  /** The client is back in its session: nobody needs to be told [MQTT-3.1.3-9]. */
  cancel(clientId: string): void {
    clearTimeout(this.#pending.get(clientId)?.timer);
    this.#pending.delete(clientId);
  }

  /** The session has ended before the delay [MQTT-3.1.2-8]. */
  publishNow(clientId: string): void {
    const will = this.#pending.get(clientId);
    if (will === undefined) return;
    clearTimeout(will.timer);
    will.publish();
  }

  close(): void {
    for (const { timer } of this.#pending.values()) clearTimeout(timer);
    this.#pending.clear();
  }
}
