import type { MessageProperties } from '@/lib/sandbox/message-bus';
import type { SqlVersion } from './syntax';

/** What a rule's functions know of the message that triggered it, and of the world. */
export type SqlEnvironment = {
  /** Without the prefix of basic ingest. */
  topic: string;
  /** Undefined: not sent over MQTT. */
  clientId: string | undefined;
  principal: string | undefined;
  accountId: string;
  /** Undefined: not an MQTT client, or not connected any more. */
  sourceIp(): string | undefined;
  /** What MQTT 5 carried beside the payload. */
  properties: MessageProperties | undefined;
  version: SqlVersion;
  /** Epoch milliseconds. */
  now: number;
  traceId: string;
  newUuid(): string;
  /** From 0 to 1. */
  random(): number;
};
