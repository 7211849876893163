import type { MessageProperties } from '@/lib/sandbox/message-bus';
import type { SqlBudget } from './budget';
import type { SqlVersion } from './syntax';
import type { SqlValue } from './value';

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
  /** A thing's shadow, read with a role; without a name the classic one. Undefined when it cannot be read. */
  thingShadow(shadow: { thingName: string; shadowName: string | undefined; roleArn: string }): SqlValue;
  version: SqlVersion;
  /** Epoch milliseconds. */
  now: number;
  traceId: string;
  newUuid(): string;
  /** From 0 to 1. */
  random(): number;
  /** What is left of what the rule may cost. */
  budget: SqlBudget;
};
