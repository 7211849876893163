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

/** What the REST half asks of the broker. Resolves when the broker has accepted the message. */
export interface MessageBus {
  publish(message: BusMessage): Promise<void>;
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
