import { INBOUND_UNACKNOWLEDGED_MAX } from '@/lib/sandbox/mqtt/packet-rules';
import type { ClientConnection } from './client-connection';

type Acknowledgement = {
  messageId: number;
  code: number;
  /** Something may have been written down that must be durable first. */
  written: boolean;
};

/** PUBACKs in the order of their messages [MQTT-4.6.0-2], though some have to wait. */
export class Acknowledgements {
  readonly #connection: ClientConnection;
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(connection: ClientConnection) {
    this.#connection = connection;
  }

  add({ messageId, code, written }: Acknowledgement): void {
    if (!written && this.#waiting === 0) {
      this.#send(messageId, code);
      return;
    }
    const { parts } = this.#connection;
    this.#waiting += 1;
    // AWS takes no further publishes of a client that has so many open.
    if (this.#waiting === INBOUND_UNACKNOWLEDGED_MAX) this.#connection.inbox.hold();
    const durable = written ? parts.durable() : Promise.resolve();
    this.#last = this.#last
      .then(() => durable)
      .then(() => {
        if (this.#waiting === INBOUND_UNACKNOWLEDGED_MAX) this.#connection.inbox.release();
        this.#waiting -= 1;
        this.#send(messageId, code);
      })
      .catch((error: unknown) => {
        parts.onFault(error instanceof Error ? error : new Error(String(error)));
        this.#connection.end({ reason: 'SERVER_ERROR' });
      });
  }

  #send(messageId: number, code: number): void {
    const { version } = this.#connection.parts.connect;
    this.#connection.send({ cmd: 'puback', messageId, ...(version === 5 && { reasonCode: code }) });
  }
}
