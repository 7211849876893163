/**
 * What the server tells an open MQTT client, and what the client asks of it: JSON on both ways, bytes in base64.
 * @module
 */
import { z } from 'zod';
import type { Failure } from '@/lib/failure';
import { PAYLOAD_BYTES_MAX } from '@/lib/registry/mqtt-topic';

const qos = z.union([z.literal(0), z.literal(1)]);

/** Of all names and values together: 8 KB (AWS IoT Core quotas, "Message broker limits"). */
export const USER_PROPERTIES_BYTES_MAX = 8 * 1024;
const USER_PROPERTIES_MAX = 100;

const properties = z.strictObject({
  isUtf8: z.boolean().optional(),
  messageExpirySeconds: z.number().int().min(1).max(0xffff_ffff).optional(),
  contentType: z.string().max(256).optional(),
  responseTopic: z.string().max(256).optional(),
  correlationData: z.base64().max(USER_PROPERTIES_BYTES_MAX).optional(),
  userProperties: z
    .array(z.tuple([z.string().max(USER_PROPERTIES_BYTES_MAX), z.string().max(USER_PROPERTIES_BYTES_MAX)]))
    .max(USER_PROPERTIES_MAX)
    .optional(),
});

/** A message as it is sent to the page. */
export const shownMessage = z.object({
  topic: z.string(),
  payload: z.string(),
  qos,
  retain: z.boolean(),
  /** ISO 8601. */
  receivedAt: z.string(),
  properties: z.object({
    isUtf8: z.boolean().optional(),
    messageExpirySeconds: z.number().optional(),
    contentType: z.string().optional(),
    responseTopic: z.string().optional(),
    correlationData: z.string().optional(),
    userProperties: z.array(z.tuple([z.string(), z.string()])).optional(),
  }),
});
export type ShownMessage = z.output<typeof shownMessage>;

const failure = z.custom<Failure>((value) => typeof value === 'object' && value !== null && 'kind' in value);

export const connectionState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('connecting') }),
  z.object({ kind: z.literal('connected'), since: z.string() }),
  z.object({ kind: z.literal('waiting'), why: z.string(), failure: failure.optional(), retryAt: z.string() }),
  z.object({ kind: z.literal('closed') }),
]);
/** `why`: `upgrade-refused 403`, `connect-refused 0x87`, `lost ECONNREFUSED`; for people who know. */
export type ConnectionState = z.output<typeof connectionState>;

/** The events of the stream by their names. */
export const STREAM_EVENTS = {
  state: connectionState,
  subscriptions: z.array(z.object({ filter: z.string(), qos })),
  refused: z.object({ filter: z.string(), failure }),
  messages: z.object({ messages: z.array(shownMessage), dropped: z.number() }),
  /** There is no room for another client on this console. */
  full: z.object({ max: z.number() }),
} as const;

/** What is asked about a subscription; answered by a `Result` without a value. */
export const subscriptionRequest = z.strictObject({
  tab: z.uuid(),
  act: z.enum(['subscribe', 'unsubscribe']),
  filter: z.string().min(1).max(512),
  qos,
});
export type SubscriptionRequest = z.output<typeof subscriptionRequest>;

const BASE64_CHARACTERS_PER_3_BYTES = 4;
/** A publish with everything that it may have. */
export const PUBLISH_BYTES_MAX =
  Math.ceil(PAYLOAD_BYTES_MAX / 3) * BASE64_CHARACTERS_PER_3_BYTES + 6 * USER_PROPERTIES_BYTES_MAX;

export const publishRequest = z.strictObject({
  environment: z.string().max(64),
  tab: z.uuid(),
  topic: z.string().min(1).max(512),
  payload: z.base64().max(Math.ceil(PAYLOAD_BYTES_MAX / 3) * BASE64_CHARACTERS_PER_3_BYTES),
  qos,
  retain: z.boolean(),
  properties,
});
export type PublishRequest = z.output<typeof publishRequest>;

export const emptyAnswer = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), failure }),
]);
