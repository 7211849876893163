/**
 * Retained messages of one Region: kept in a table, so that they survive a restart.
 * AWS IoT Core Developer Guide, "MQTT retained messages"; the REST half reads them through {@link RetainedMessages}.
 * @module
 */
import type { MessageProperties } from '@/lib/sandbox/message-bus';
import type { TableSource } from '@/lib/sandbox/state/region-state';
import type { Table } from '@/lib/sandbox/state/table';
import type { Message } from './message';

/** AWS IoT Core quotas, "Number of retained messages per account". */
export const RETAINED_MAX = 5_000;

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

  /** Answers false when there is no room for another topic. */
  keep(message: Message, nowMs: number): boolean {
    // An empty payload takes the retained message away [MQTT-3.3.1-6].
    if (message.payload.length === 0) {
      this.#rows.delete(message.topic);
      return true;
    }
    if (!this.#rows.has(message.topic) && this.#rows.size >= RETAINED_MAX) {
      this.#forgetPast(nowMs);
      if (this.#rows.size >= RETAINED_MAX) return false;
    }
    this.#rows.set(message.topic, rowOf(message, nowMs));
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
      if (isPast(row, nowMs)) this.#rows.delete(row.topic);
    }
  }
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
