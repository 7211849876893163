import type { BusMessage, MessageProperties } from '@/lib/sandbox/message-bus';

/** A message within one Region's broker. Its payload is never changed, and may be shared by many queues. */
export type Message = {
  topic: string;
  payload: Uint8Array;
  qos: 0 | 1;
  /** As published. */
  retain: boolean;
  properties?: MessageProperties | undefined;
  /** Epoch milliseconds after which nobody gets it any more. */
  expiresAt?: number | undefined;
  /** It is the last will of a client that is gone. */
  isWill?: true | undefined;
  /** The MQTT client that published it. */
  clientId?: string | undefined;
  /** Certificate id, or the caller of the API; undefined: the service itself. */
  principal?: string | undefined;
};

/** AWS IoT Core quotas, "Message expiry interval"; what lies outside is taken for the nearest bound. */
const EXPIRY_SECONDS_MIN = 1;
const EXPIRY_SECONDS_MAX = 604_800;

export function expiryTime(expirySeconds: number | undefined, nowMs: number): number | undefined {
  if (expirySeconds === undefined) return undefined;
  const seconds = Math.min(Math.max(expirySeconds, EXPIRY_SECONDS_MIN), EXPIRY_SECONDS_MAX);
  return nowMs + seconds * 1_000;
}

/** Whole seconds that are left, as a receiver is told [MQTT-3.3.2-6]. */
export function secondsLeft(expiresAt: number, nowMs: number): number {
  return Math.max(1, Math.ceil((expiresAt - nowMs) / 1_000));
}

export function isExpired({ expiresAt }: Message, nowMs: number): boolean {
  return expiresAt !== undefined && expiresAt <= nowMs;
}

export function messageOf({ region: _, expirySeconds, ...message }: BusMessage, nowMs: number): Message {
  return { ...message, expiresAt: expiryTime(expirySeconds, nowMs) };
}

/** What of a message counts for what it costs to hold it. */
export type HeldParts = {
  topic: string;
  payload: { length: number };
  properties?:
    | (Omit<MessageProperties, 'correlationData'> & { correlationData?: { length: number } | undefined })
    | undefined;
};

/** About what it costs to hold a message. */
export function bytesOf({ topic, payload, properties = {} }: HeldParts): number {
  const { contentType = '', responseTopic = '', correlationData, userProperties = {} } = properties;
  let bytes = payload.length + topic.length + contentType.length + responseTopic.length;
  bytes += correlationData?.length ?? 0;
  for (const [name, values] of Object.entries(userProperties)) {
    for (const value of [values].flat()) bytes += name.length + value.length;
  }
  return bytes;
}
