/**
 * What waits to be sent to one open page. Bounded between two takes, so that neither a flood of messages nor a page that reads
 * slowly costs more than this: what does not fit is counted and gone.
 * @module
 */
import type { MqttMessage } from '@/lib/aws/mqtt/mqtt-types';

export type OutboxBounds = { messagesMax: number; bytesMax: number };

export class MessageOutbox {
  readonly #bounds: OutboxBounds;
  #messages: MqttMessage[] = [];
  #bytes = 0;
  #dropped = 0;

  constructor(bounds: OutboxBounds) {
    this.#bounds = bounds;
  }

  add(message: MqttMessage): void {
    const { length } = message.payload;
    if (this.#messages.length >= this.#bounds.messagesMax || this.#bytes + length > this.#bounds.bytesMax) {
      this.#dropped += 1;
      return;
    }
    this.#messages.push(message);
    this.#bytes += length;
  }

  /** All that waits, in its order, and how many did not fit since the last time. */
  take(): { messages: MqttMessage[]; dropped: number } {
    const taken = { messages: this.#messages, dropped: this.#dropped };
    this.#messages = [];
    this.#bytes = 0;
    this.#dropped = 0;
    return taken;
  }
}
