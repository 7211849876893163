import type { ByteBudget } from '@/lib/sandbox/mqtt/byte-budget';
import { bytesOf, type Message } from './message';

type PendingWill = { timer: NodeJS.Timeout; will: Message };

/** Wills that wait for their delay to pass (MQTT 5 section 3.1.3.2.2), by client id. */
export class Wills {
  readonly #pending = new Map<string, PendingWill>();
  readonly #held: ByteBudget;
  readonly #publish: (will: Message) => void;

  /** @param held - what the wills count for while they wait */
  constructor(held: ByteBudget, publish: (will: Message) => void) {
    this.#held = held;
    this.#publish = publish;
  }

  /** @param delayMs - 0 publishes at once; at most as long as the session lives */
  leave(clientId: string, will: Message, delayMs: number): void {
    if (delayMs === 0) {
      this.#publish(will);
      return;
    }
    this.#take(clientId);
    const timer = setTimeout(() => this.publishNow(clientId), delayMs);
    timer.unref();
    this.#pending.set(clientId, { timer, will });
    this.#held.add(bytesOf(will));
  }

  /** The client is back in its session: nobody needs to be told [MQTT-3.1.3-9]. */
  cancel(clientId: string): void {
    this.#take(clientId);
  }

  /** The delay has passed, or the session has ended before [MQTT-3.1.2-8]. */
  publishNow(clientId: string): void {
    const will = this.#take(clientId);
    if (will !== undefined) this.#publish(will);
  }

  close(): void {
    for (const clientId of [...this.#pending.keys()]) this.#take(clientId);
  }

  #take(clientId: string): Message | undefined {
    const pending = this.#pending.get(clientId);
    if (pending === undefined) return undefined;
    clearTimeout(pending.timer);
    this.#pending.delete(clientId);
    this.#held.add(-bytesOf(pending.will));
    return pending.will;
  }
}
