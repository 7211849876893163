import type { SandboxState } from './state/sandbox-state';

/** Topic names are at most 256 bytes of UTF-8, payloads at most 128 KB (AWS IoT Core quotas). */
export const TOPIC_BYTES_MAX = 256;
export const PAYLOAD_BYTES_MAX = 131_072;

/** A message on its way to the subscribers of one Region. */
export type BusMessage = {
  region: string;
  topic: string;
  payload: Uint8Array;
  qos: 0 | 1;
  retain: boolean;
};

/** A message that the broker has accepted, from a device or from the sandbox itself. */
export type HeardMessage = BusMessage & {
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
}

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
export type MqttPart = { port: number; bus: MessageBus; close(): Promise<void> };
