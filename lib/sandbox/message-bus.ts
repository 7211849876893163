import type { Transport } from './mqtt/transport';
import type { SandboxState } from './state/sandbox-state';

/** Topic names are at most 256 bytes of UTF-8 in 8 levels, payloads at most 128 KB (AWS IoT Core quotas). */
export const TOPIC_BYTES_MAX = 256;
export const TOPIC_SLASHES_MAX = 7;
export const PAYLOAD_BYTES_MAX = 131_072;

/** A message on its way to the subscribers of one Region. */
export type BusMessage = {
  region: string;
  topic: string;
  payload: Uint8Array;
  qos: 0 | 1;
  retain: boolean;
  /** What MQTT 5 carries beside the payload; clients of 3.1.1 neither send nor get it. */
  properties?: MessageProperties | undefined;
  /** After this it is delivered no more; 1 to 604800, without it there is no end. */
  expirySeconds?: number | undefined;
};

/** Forwarded as they are (MQTT 5 section 3.3.2.3). */
export type MessageProperties = {
  payloadFormatIndicator?: boolean | undefined;
  contentType?: string | undefined;
  responseTopic?: string | undefined;
  correlationData?: Uint8Array | undefined;
  /** A name that came several times has several values. */
  userProperties?: Readonly<Record<string, string | string[]>> | undefined;
};

/** A message that the broker has accepted, from a device or from the sandbox itself. */
export type HeardMessage = BusMessage & {
  /** It is the last will of a client that is gone. */
  isWill?: true | undefined;
  /** Undefined: not from an MQTT client. */
  clientId?: string | undefined;
  /** Certificate id, or the caller of the API; undefined: from the service itself. */
  principal?: string | undefined;
};

/** What the rest of the sandbox asks of the broker. */
export interface MessageBus {
  /** Resolves when the broker has accepted the message. */
  publish(message: BusMessage): Promise<void>;
  /**
   * Hears every accepted message of every Region, before or while subscribers get it: for rules, shadows and other
   * services that live on topics. The listener must not throw. Answers what ends it.
   */
  listen(listener: (message: HeardMessage) => void): () => void;
  /** Everybody who is connected now, in the order they came. */
  clients(): ConnectedClient[];
  /** Ends a client's connection; answers whether it was connected. */
  deleteConnection(deletion: ConnectionDeletion): boolean;
}

/** What DeleteConnection of the data plane asks for. */
export type ConnectionDeletion = {
  region: string;
  clientId: string;
  /** Ends its session too. */
  cleanSession: boolean;
  withWill: boolean;
};

/** One connection that the broker has let in. */
export type ConnectedClient = {
  region: string;
  clientId: string;
  /** Undefined for a caller with IAM credentials. */
  certificateId: string | undefined;
  /** Certificate id, or the signing caller. */
  principal: string;
  /** ISO 8601, UTC. */
  connectedAt: string;
  protocol: 'mqtt' | 'websocket';
  mqttVersion: '3.1.1' | '5';
  sourceIp: string | undefined;
  /** As granted. */
  keepAliveSeconds: number;
  cleanStart: boolean;
  /** Its session ends with the connection: with MQTT 5 another thing than that it began anew. */
  cleanSession: boolean;
  subscriptions: string[];
};

/** What `startMqtt` is given. */
export type MqttSettings = {
  sandbox: SandboxState;
  /** Port on each of `hosts`; 0 picks a free one. */
  port: number;
  /** Loopback addresses to listen on: `127.0.0.1`, and `::1` where there is one. */
  hosts: readonly string[];
  serverIdentity: { keyPem: string; certPem: string };
  provisioningDelayMs: number;
  now: () => Date;
};

/** What `startMqtt` answers: the REST half publishes through `bus` and stops the broker with `close`. */
export type MqttPart = {
  port: number;
  bus: MessageBus;
  /** Takes a client that came another way than through the TLS port. */
  serve(transport: Transport): void;
  close(): Promise<void>;
};
