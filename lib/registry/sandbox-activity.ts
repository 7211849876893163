/**
 * What a sandbox tells of itself beside AWS's APIs: why things happened in it, who is connected, and what is to fail in it.
 * @module
 */

/** One step that was taken, refused or failed in the sandbox, and why. */
export type SandboxEvent = {
  /** Grows by one with each event, and begins at 1 again when the sandbox is started anew. */
  sequence: number;
  /** ISO 8601, UTC. */
  at: string;
  /** Dash-separated name of the reason: `ca-not-active`. */
  code: string;
  /** The reason as the sandbox puts it, in English. */
  message: string;
  region?: string | undefined;
  certificateId?: string | undefined;
  caCertificateId?: string | undefined;
  clientId?: string | undefined;
};

/** An MQTT client that is connected now. */
export type SandboxClient = {
  region: string;
  clientId: string;
  /** `null`: a WebSocket that was signed by a caller instead. */
  certificateId: string | null;
  /** Certificate id, or the caller that signed. */
  principal: string;
  /** ISO 8601, UTC. */
  connectedAt: string;
  protocol: 'mqtt' | 'websocket';
  /** `3.1.1` or `5`. */
  mqttVersion: string;
  /** `null`: not known. */
  sourceIp: string | null;
  keepAliveSeconds: number;
  cleanStart: boolean;
  /** Topic filters. */
  subscriptions: string[];
};

export const FAULT_KINDS = ['latency', 'throttling', 'server-error', 'dropped-connection'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** In a fault's `operation`: the calls of every operation. */
export const EVERY_OPERATION = '*';

/** The sandbox's own bounds of a fault. */
export const LATENCY_MS_MAX = 60_000;
export const FAULT_COUNT_MAX = 100_000;

/** Calls that are to fail, or to be slow, on purpose. */
export type FaultOrder = {
  /** AWS's name of the operation, or {@link EVERY_OPERATION}. */
  operation: string;
  fault: FaultKind;
  /** With `latency`, and only there. */
  latencyMs?: number | undefined;
  /** How many calls it hits; undefined: until it is removed. */
  count?: number | undefined;
  /** From 0 to 1, of each call that it could hit; undefined: always. */
  probability?: number | undefined;
};

/** A fault that is switched on. */
export type SandboxFault = FaultOrder & {
  id: string;
  /** How many calls it has hit. */
  fired: number;
};
