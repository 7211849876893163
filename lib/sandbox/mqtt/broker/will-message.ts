import type { ConnectPacket } from '@/lib/sandbox/mqtt/connect-packet';
import type { ClientFacts } from './connection-parts';
import { expiryTime, type Message } from './message';

/** The will of a connection as a message, if it left one. */
export function willMessage({
  connect: { will },
  facts,
  now,
}: {
  connect: ConnectPacket;
  facts: ClientFacts;
  now(): number;
}): { message: Message; delaySeconds: number } | undefined {
  if (will === undefined) return undefined;
  const { willDelayInterval = 0, messageExpiryInterval, ...properties } = will.properties;
  const message: Message = {
    topic: will.topic,
    payload: will.payload,
    qos: will.qos === 0 ? 0 : 1,
    retain: will.retain,
    properties,
    isWill: true,
    // Counted from when it is published (MQTT 5 section 3.1.3.2.4); the delay comes before.
    expiresAt: expiryTime(messageExpiryInterval, now() + willDelayInterval * 1_000),
    clientId: facts.clientId,
    principal: facts.principal,
  };
  return { message, delaySeconds: willDelayInterval };
}
