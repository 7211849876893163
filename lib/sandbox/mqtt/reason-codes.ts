/**
 * Reasons as MQTT 5 tells them to clients. MQTT 3.1.1 has no words for most of them, and the connection is closed.
 * AWS IoT Core Developer Guide, "MQTT reason codes"; which refusal gets which code is assumed where it does not say.
 * @module
 */
import type { Reason } from './reason';

export const REASON_CODE = {
  success: 0x00,
  disconnectWithWill: 0x04,
  noSubscriptionExisted: 0x11,
  unspecified: 0x80,
  malformedPacket: 0x81,
  protocolError: 0x82,
  clientIdNotValid: 0x85,
  notAuthorized: 0x87,
  serverShuttingDown: 0x8b,
  badAuthenticationMethod: 0x8c,
  keepAliveTimeout: 0x8d,
  sessionTakenOver: 0x8e,
  topicFilterInvalid: 0x8f,
  topicNameInvalid: 0x90,
  topicAliasInvalid: 0x94,
  packetTooLarge: 0x95,
  quotaExceeded: 0x97,
  administrativeAction: 0x98,
  qosNotSupported: 0x9b,
  maximumConnectTime: 0xa0,
  subscriptionIdentifiersNotSupported: 0xa1,
} as const;

/** SUBACK's only refusal in MQTT 3.1.1 (section 3.9.3). */
export const SUBACK_3_FAILURE = 0x80;

/** For CONNACK, PUBACK and DISCONNECT. */
export function reasonCodeOf({ code }: Reason): number {
  switch (code) {
    case 'connect-denied':
    case 'will-denied':
    case 'publish-denied':
    case 'subscribe-denied':
    case 'topic-reserved':
      return REASON_CODE.notAuthorized;
    case 'topic-refused':
    case 'retain-on-reserved-topic':
      return REASON_CODE.topicNameInvalid;
    case 'client-id-refused':
      return REASON_CODE.clientIdNotValid;
    case 'client-id-taken-over':
      return REASON_CODE.sessionTakenOver;
    case 'qos-2-publish':
    case 'qos-2-will':
      return REASON_CODE.qosNotSupported;
    case 'packet-refused':
      return REASON_CODE.malformedPacket;
    case 'packet-too-long':
      return REASON_CODE.packetTooLarge;
    case 'subscribe-too-many-filters':
    case 'subscriptions-exhausted':
    case 'retained-exhausted':
    case 'client-too-slow':
    case 'connect-throttled':
    case 'memory-exhausted':
      return REASON_CODE.quotaExceeded;
    case 'certificate-left-active':
    case 'connection-deleted':
      return REASON_CODE.administrativeAction;
    case 'keep-alive-timeout':
      return REASON_CODE.keepAliveTimeout;
    case 'websocket-expired':
      return REASON_CODE.maximumConnectTime;
    default:
      return REASON_CODE.unspecified;
  }
}

/** For SUBACK of MQTT 5. */
export function subackCodeOf(reason: Reason): number {
  return reason.code === 'topic-refused' || reason.code === 'filter-reserved'
    ? REASON_CODE.topicFilterInvalid
    : reasonCodeOf(reason);
}
