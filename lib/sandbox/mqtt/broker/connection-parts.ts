import type { DisconnectReason } from '@/lib/sandbox/connectivity';
import type { ClientGuard } from '@/lib/sandbox/mqtt/client-guard';
import type { ConnectPacket } from '@/lib/sandbox/mqtt/connect-packet';
import type { ConnectionReporter } from '@/lib/sandbox/mqtt/connection-reporter';
import type { PacketFramer } from '@/lib/sandbox/mqtt/packet-framer';
import type { Reason } from '@/lib/sandbox/mqtt/reason';
import type { Transport } from '@/lib/sandbox/mqtt/transport';
import type { Broker } from './broker';
import type { ClientConnection } from './client-connection';
import type { Excess } from './connection-share';

/** Who is connected, as events, lists and explanations tell it. */
export type ClientFacts = {
  region: string;
  clientId: string;
  /** Certificate id, or the signing caller. */
  principal: string;
  certificateId: string | undefined;
  /** New for each connection. */
  sessionId: string;
  connectedAt: Date;
};

/** Told when the broker knows it too. */
export type ConnectionEvents = {
  connected(connection: ClientConnection): void;
  disconnected(connection: ClientConnection, reason: DisconnectReason): void;
  subscribed(connection: ClientConnection, filters: readonly string[]): void;
  unsubscribed(connection: ClientConnection, filters: readonly string[]): void;
};

export type ConnectionParts = {
  facts: ClientFacts;
  /** Without the certificates, which are not kept for as long as a connection lives. */
  transport: Omit<Transport, 'identity'>;
  framer: PacketFramer;
  connect: ConnectPacket;
  /** The client id was made up for it. */
  assignedId: boolean;
  broker: Broker;
  guard: ClientGuard;
  reporter: ConnectionReporter;
  events: ConnectionEvents;
  /** What becomes of publishes above the connection's share. */
  excess: Excess;
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves when what was accepted so far survives a crash. */
  durable(): Promise<void>;
  onFault(error: Error): void;
};

/** Why a connection is closed by the broker. */
export type Refusal = {
  /** For people. */
  reason: Reason;
  /** For presence events; CLIENT_ERROR when it is not said. */
  because?: DisconnectReason;
  /** For the DISCONNECT of MQTT 5, where the reason's own code does not fit. */
  code?: number;
};

export type Ending = {
  reason: DisconnectReason;
  /** For a DISCONNECT, which only MQTT 5 clients get; without it there is none. */
  code?: number;
  withWill?: boolean;
};
