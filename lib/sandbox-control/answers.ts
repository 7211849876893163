/**
 * What the sandbox's control API answers. What is unknown in it is left out, so that a newer sandbox can say more; texts are cut
 * and not refused, so that one long reason does not hide all others.
 * @module
 */
import 'server-only';
import { z } from 'zod';
import {
  FAULT_KINDS,
  type SandboxClient,
  type SandboxEvent,
  type SandboxFault,
} from '@/lib/registry/sandbox-activity';

/** A reason is a sentence or two; twice AWS's longest ARN leaves room for what it quotes. */
const MESSAGE_CHARACTERS_MAX = 4096;
/** The longest name of AWS IoT's own is a topic of 256 bytes. */
const NAME_CHARACTERS_MAX = 256;
/** The sandbox keeps 2000 events, and this is more than it ever answers with. */
const EVENTS_MAX = 5000;
/** Ten thousand are what the sandbox is built for. */
const CLIENTS_MAX = 20_000;
/** AWS IoT's limit for a connection is 50. */
const SUBSCRIPTIONS_MAX = 200;
/** The sandbox's own bound is 100. */
const FAULTS_MAX = 1000;

const text = (charactersMax: number) => z.string().transform((value) => value.slice(0, charactersMax));
const name = text(NAME_CHARACTERS_MAX);
const moment = z.iso.datetime();

const event = z.object({
  sequence: z.int().positive(),
  at: moment,
  code: name,
  message: text(MESSAGE_CHARACTERS_MAX),
  region: name.optional(),
  certificateId: name.optional(),
  caCertificateId: name.optional(),
  clientId: name.optional(),
}) satisfies z.ZodType<SandboxEvent>;

const client = z.object({
  region: name,
  clientId: name,
  certificateId: name.nullable(),
  principal: name,
  connectedAt: moment,
  protocol: z.enum(['mqtt', 'websocket']),
  mqttVersion: name,
  sourceIp: name.nullable(),
  keepAliveSeconds: z.number().nonnegative(),
  cleanStart: z.boolean(),
  subscriptions: z.array(name).max(SUBSCRIPTIONS_MAX),
}) satisfies z.ZodType<SandboxClient>;

const fault = z.object({
  id: name,
  operation: name,
  fault: z.enum(FAULT_KINDS),
  latencyMs: z.number().optional(),
  count: z.number().optional(),
  probability: z.number().optional(),
  fired: z.int().nonnegative(),
}) satisfies z.ZodType<SandboxFault>;

export const eventsAnswer = z.object({ events: z.array(event).max(EVENTS_MAX) });
export const clientsAnswer = z.object({ clients: z.array(client).max(CLIENTS_MAX) });
export const faultsAnswer = z.object({ faults: z.array(fault).max(FAULTS_MAX) });
export const faultAnswer = fault;
/** Of acts, whose status says it all. */
export const anyAnswer = z.unknown();
/** Of a refusal: its sentence, as AWS's error documents have it. */
export const refusalAnswer = z.object({ message: text(MESSAGE_CHARACTERS_MAX) });
