/**
 * What comes on AWS IoT's event topics, in our words.
 * @module
 */
import 'server-only';
import { z } from 'zod';
import type { LiveEvent } from '@/lib/registry/live-event';

/** AWS's events are below one KB; nothing longer is looked into. */
const EVENT_BYTES_MAX = 8_192;

const instant = z
  .number()
  .int()
  .transform((ms) => new Date(ms).toISOString());
const certificateId = z.string().regex(/^[0-9a-f]{64}$/);

const registered = z.object({ certificateId, caCertificateId: certificateId, timestamp: instant }).transform(
  ({ certificateId: id, caCertificateId: caId, timestamp: at }): LiveEvent => ({
    kind: 'registered',
    certificateId: id,
    caId,
    at,
  }),
);

const KINDS = {
  connected: 'connected',
  disconnected: 'disconnected',
  connect_failed: 'connect-failed',
} as const;
const presence = z
  .object({
    clientId: z.string().max(128),
    eventType: z.enum(['connected', 'disconnected', 'connect_failed']),
    timestamp: instant,
    // Of other ways to sign in it is something else than a certificate's id.
    principalIdentifier: certificateId.optional().catch(undefined),
    thingName: z.string().max(128).optional(),
  })
  .transform(
    ({ clientId, eventType, timestamp, principalIdentifier, thingName }): LiveEvent => ({
      kind: KINDS[eventType],
      clientId,
      certificateId: principalIdentifier,
      thingName,
      at: timestamp,
    }),
  );

const CHANGES = { CREATED: 'created', UPDATED: 'updated', DELETED: 'deleted' } as const;
const thing = z
  .object({
    thingName: z.string().max(128),
    operation: z.enum(['CREATED', 'UPDATED', 'DELETED']),
    timestamp: instant,
  })
  .transform(
    ({ thingName, operation, timestamp }): LiveEvent => ({
      kind: 'thing',
      thingName,
      change: CHANGES[operation],
      at: timestamp,
    }),
  );

const SCHEMAS = [
  ['$aws/events/certificates/registered/', registered],
  ['$aws/events/presence/', presence],
  ['$aws/events/thing/', thing],
] as const;

/** @returns undefined for what is no event, or none that anybody shows */
export function parseBrokerEvent(topic: string, payload: Uint8Array): LiveEvent | undefined {
  const schema = SCHEMAS.find(([prefix]) => topic.startsWith(prefix))?.[1];
  if (schema === undefined || payload.length > EVENT_BYTES_MAX) return undefined;
  try {
    return schema.safeParse(JSON.parse(new TextDecoder().decode(payload))).data;
  } catch {
    return undefined;
  }
}
