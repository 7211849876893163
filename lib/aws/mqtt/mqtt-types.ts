/**
 * What a connection to an environment's message broker says and takes.
 * @module
 */
import type { Failure } from '@/lib/failure';
import type { MqttQos } from '@/lib/registry/mqtt-topic';

/** MQTT 5 section 3.3.2.3, as far as AWS IoT passes them on (guide, "MQTT", "MQTT 5 supported features"). */
export type MqttProperties = {
  /** Whether the payload is UTF-8 text. */
  isUtf8?: boolean | undefined;
  messageExpirySeconds?: number | undefined;
  contentType?: string | undefined;
  responseTopic?: string | undefined;
  correlationData?: Uint8Array | undefined;
  /** In their order within one name; a name may come more than once. */
  userProperties?: readonly (readonly [name: string, value: string])[] | undefined;
};

export type MqttMessage = {
  topic: string;
  payload: Uint8Array;
  qos: MqttQos;
  retain: boolean;
  properties: MqttProperties;
  receivedAt: Date;
};

/** Why there is no connection. */
export type MqttFault =
  /** AWS did not tell the endpoint, or there are no credentials. */
  | { kind: 'aws'; failure: Failure }
  /** The WebSocket was refused by HTTP: 403 is a missing permission or a wrong signature. */
  | { kind: 'upgrade-refused'; status: number }
  /** CONNACK with a reason code of MQTT 5 section 3.2.2.2; 0x87 is a policy that does not allow `iot:Connect`. */
  | { kind: 'connect-refused'; reasonCode: number }
  /** The broker said goodbye; MQTT 5 section 3.14.2.1. */
  | { kind: 'disconnected'; reasonCode: number }
  /** No connection, or none any more; the system's code such as ECONNREFUSED where there is one. */
  | { kind: 'lost'; reason: string | undefined };

export type MqttState =
  | { kind: 'connecting' }
  | { kind: 'connected'; since: Date }
  | { kind: 'waiting'; fault: MqttFault; failures: number; retryAt: Date }
  | { kind: 'closed' };

/** Why a message was not published, or a filter not subscribed to. */
export type MqttRefusal =
  /** SUBACK or PUBACK with a reason code of 0x80 or more; 0x87 is a policy that does not allow it. */
  | { kind: 'refused'; reasonCode: number }
  /** There is no connection, or it ended before the broker answered. A publish may have arrived all the same. */
  | { kind: 'not-connected' }
  /** The broker has not answered in time. */
  | { kind: 'timeout' }
  /** More at once than AWS IoT takes from one connection; nothing was sent. */
  | { kind: 'too-many'; limit: number };
