/**
 * MQTT 5's properties between our words and those of the library.
 * @module
 */
import 'server-only';
import type { IClientPublishOptions, IPublishPacket } from 'mqtt';
import type { MqttMessage, MqttProperties } from './mqtt-types';

type PacketProperties = NonNullable<IClientPublishOptions['properties']>;

export function toPacketProperties(properties: MqttProperties): PacketProperties {
  const { isUtf8, messageExpirySeconds, contentType, responseTopic, correlationData, userProperties } =
    properties;
  return {
    ...(isUtf8 !== undefined && { payloadFormatIndicator: isUtf8 }),
    ...(messageExpirySeconds !== undefined && { messageExpiryInterval: messageExpirySeconds }),
    ...(contentType !== undefined && { contentType }),
    ...(responseTopic !== undefined && { responseTopic }),
    ...(correlationData !== undefined && { correlationData: Buffer.from(correlationData) }),
    ...(userProperties !== undefined &&
      userProperties.length > 0 && { userProperties: grouped(userProperties) }),
  };
}

export function fromPacket(
  { topic, qos, retain, properties }: IPublishPacket,
  payload: Uint8Array,
  receivedAt: Date,
): MqttMessage {
  return {
    topic,
    payload,
    qos: qos === 0 ? 0 : 1,
    retain,
    properties: {
      isUtf8: properties?.payloadFormatIndicator,
      messageExpirySeconds: properties?.messageExpiryInterval,
      contentType: properties?.contentType,
      responseTopic: properties?.responseTopic,
      correlationData: properties?.correlationData,
      userProperties: properties?.userProperties && listed(properties.userProperties),
    },
    receivedAt,
  };
}

type UserProperties = NonNullable<PacketProperties['userProperties']>;

function grouped(pairs: readonly (readonly [string, string])[]): UserProperties {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(values);
}

const listed = (properties: UserProperties): [string, string][] =>
  Object.entries(properties).flatMap(([name, values]) =>
    (Array.isArray(values) ? values : [values]).map((value): [string, string] => [name, value]),
  );
