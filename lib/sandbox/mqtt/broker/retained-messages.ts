/**
 * Retained messages of one Region: kept in a table, so that they survive a restart.
 * AWS IoT Core Developer Guide, "MQTT retained messages"; the REST half reads them through {@link RetainedMessages}.
 * @module
 */
import type { MessageProperties } from '@/lib/sandbox/message-bus';
import type { TableSource } from '@/lib/sandbox/state/region-state';
import type { Table } from '@/lib/sandbox/state/table';
import { bytesOf, type Message } from './message';

/** AWS IoT Core quotas, "Number of retained messages per account". */
export const RETAINED_MAX = 5_000;
/** The sandbox's own: it holds them in memory, and 5 000 of the largest would be more than half a gigabyte. */
export const RETAINED_BYTES_MAX = 64 * 1024 * 1024;

/** One topic's retained message, as GetRetainedMessage tells it. */
export type RetainedMessageRow = {
  topic: string;
  payloadBase64: string;
  qos: 0 | 1;
  /** Epoch milliseconds. */
  lastModifiedAt: number;
  expiresAt?: number | undefined;
  /** Correlation data is base64 here. */
  properties?: (Omit<MessageProperties, 'correlationData'> & { correlationData?: string }) | undefined;
};

/** `region.family(RetainedMessages)`; read {@link RetainedMessages.get} and {@link RetainedMessages.list}. */
export class RetainedMessages {
  readonly #rows: Table<RetainedMessageRow>;
  #bytes = 0;
  /** The table's version that {@link #bytes} is of: a reset or a replay changes it from elsewhere. */
  #countedVersion: number | undefined;

  constructor(source: TableSource) {
    this.#rows = source.table('retained-messages');
  }

  get(topic: string, nowMs: number): RetainedMessageRow | undefined {
    const row = this.#rows.get(topic);
    return row === undefined || isPast(row, nowMs) ? undefined : row;
  }

  /** Those that have not expired, in the order their topics were first used. */
  list(nowMs: number): RetainedMessageRow[] {
    return [...this.#rows.values()].filter((row) => !isPast(row, nowMs));
  }

  /** Answers false when there is no room for it; what was retained for the topic before stays. */
  keep(message: Message, nowMs: number): boolean {
    // An empty payload takes the retained message away [MQTT-3.3.1-6].
    if (message.payload.length === 0) {
      this.#delete(message.topic);
      return true;
    }
    const row = rowOf(message, nowMs);
    if (!this.#hasRoom(row)) {
      this.#forgetPast(nowMs);
      if (!this.#hasRoom(row)) return false;
    }
    const bytes = this.#bytesWith(row);
    this.#rows.set(message.topic, row);
    this.#remember(bytes);
    return true;
  }

  /** The message as subscribers get it. */
  message(topic: string, nowMs: number): Message | undefined {
    const row = this.get(topic, nowMs);
    if (row === undefined) return undefined;
    const { correlationData, ...properties } = row.properties ?? {};
    return {
      topic,
      payload: Buffer.from(row.payloadBase64, 'base64'),
      qos: row.qos,
      retain: true,
      expiresAt: row.expiresAt,
      properties: {
        ...properties,
        ...(correlationData !== undefined && { correlationData: Buffer.from(correlationData, 'base64') }),
      },
    };
  }

  #forgetPast(nowMs: number): void {
    for (const row of [...this.#rows.values()]) {
      if (isPast(row, nowMs)) this.#delete(row.topic);
    }
  }

  #delete(topic: string): void {
    const row = this.#rows.get(topic);
    if (row === undefined) return;
    const bytes = this.#countBytes() - bytesOfRow(row);
    this.#rows.delete(topic);
    this.#remember(bytes);
  }

  #hasRoom(row: RetainedMessageRow): boolean {
    const hasPlace = this.#rows.has(row.topic) || this.#rows.size < RETAINED_MAX;
    return hasPlace && this.#bytesWith(row) <= RETAINED_BYTES_MAX;
  }

  /** What all would hold with this one in the place of its topic's. */
  #bytesWith(row: RetainedMessageRow): number {
    const before = this.#rows.get(row.topic);
    return this.#countBytes() + bytesOfRow(row) - (before === undefined ? 0 : bytesOfRow(before));
  }

  #countBytes(): number {
    if (this.#countedVersion !== this.#rows.version) {
      let bytes = 0;
      for (const row of this.#rows.values()) bytes += bytesOfRow(row);
      this.#remember(bytes);
    }
    return this.#bytes;
  }

  #remember(bytes: number): void {
    this.#bytes = bytes;
    this.#countedVersion = this.#rows.version;
  }
}

function bytesOfRow({ topic, payloadBase64, properties }: RetainedMessageRow): number {
  return bytesOf({ topic, payload: { length: Buffer.byteLength(payloadBase64, 'base64') }, properties });
}

function isPast({ expiresAt }: RetainedMessageRow, nowMs: number): boolean {
  return expiresAt !== undefined && expiresAt <= nowMs;
}

function rowOf(message: Message, nowMs: number): RetainedMessageRow {
  const { correlationData, ...properties } = message.properties ?? {};
  return {
    topic: message.topic,
    payloadBase64: Buffer.from(message.payload).toString('base64'),
    qos: message.qos,
    lastModifiedAt: nowMs,
    ...(message.expiresAt !== undefined && { expiresAt: message.expiresAt }),
    ...(message.properties !== undefined && {
      properties: {
        ...properties,
        ...(correlationData !== undefined && {
          correlationData: Buffer.from(correlationData).toString('base64'),
        }),
      },
    }),
  };
}
