/**
 * What the console's server answers a sandbox page that is open.
 * @module
 */
import { z } from 'zod';
import type { Failure } from '@/lib/failure';
import {
  FAULT_KINDS,
  type SandboxClient,
  type SandboxEvent,
  type SandboxFault,
} from '@/lib/registry/sandbox-activity';
import type { Result } from '@/lib/result';

/** Events that a page holds; older ones give way. */
export const EVENTS_HELD_MAX = 1000;

/** Clients that a page shows; a filter finds the others. */
export const CLIENTS_SHOWN_MAX = 200;

const event = z.object({
  sequence: z.number(),
  at: z.string(),
  code: z.string(),
  message: z.string(),
  region: z.string().optional(),
  certificateId: z.string().optional(),
  caCertificateId: z.string().optional(),
  clientId: z.string().optional(),
}) satisfies z.ZodType<SandboxEvent>;

const fault = z.object({
  id: z.string(),
  operation: z.string(),
  fault: z.enum(FAULT_KINDS),
  latencyMs: z.number().optional(),
  count: z.number().optional(),
  probability: z.number().optional(),
  fired: z.number(),
}) satisfies z.ZodType<SandboxFault>;

const client = z.object({
  region: z.string(),
  clientId: z.string(),
  certificateId: z.string().nullable(),
  principal: z.string(),
  connectedAt: z.string(),
  protocol: z.enum(['mqtt', 'websocket']),
  mqttVersion: z.string(),
  sourceIp: z.string().nullable(),
  keepAliveSeconds: z.number(),
  cleanStart: z.boolean(),
  subscriptions: z.array(z.string()),
}) satisfies z.ZodType<SandboxClient>;

const live = z.object({
  /** Oldest first. */
  events: z.array(event),
  /** Where the next read goes on; nothing while there is no event. */
  cursor: z.object({ sequence: z.number(), at: z.string() }).optional(),
  /** The events follow those that were read before; otherwise they stand in their place. */
  isContinuation: z.boolean(),
  faults: z.array(fault),
});

const clients = z.object({
  /** The first {@link CLIENTS_SHOWN_MAX} that fit the filter. */
  clients: z.array(client),
  /** That fit the filter. */
  count: z.number(),
  /** Everybody. */
  countConnected: z.number(),
});

export type Live = z.output<typeof live>;
export type Clients = z.output<typeof clients>;

/** A failure is our own server's and only looked at for what it is. */
const failure = z.custom<Failure>((value) => typeof value === 'object' && value !== null && 'kind' in value);

const resultOf = <Value>(value: z.ZodType<Value>): z.ZodType<Result<Value, Failure>> =>
  z.union([z.object({ ok: z.literal(true), value }), z.object({ ok: z.literal(false), failure })]);

export const liveAnswer = resultOf(live);
export const clientsAnswer = resultOf(clients);
