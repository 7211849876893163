/**
 * Every reason the broker has for refusing something, and what a person is told about it. The codes are stable: tests
 * and the console's sandbox page rely on them.
 * @module
 */
import { assertNever } from '@/lib/result';

/** Why a device was not let in at CONNECT, by its certificate; `server-name-advised` is a warning only. */
export type AdmissionReason =
  | { code: 'client-certificate-missing' }
  | { code: 'server-name-foreign'; name: string }
  | { code: 'server-name-required'; because: 'SNI_ONLY' | 'leaf-alone' }
  | { code: 'server-name-advised' }
  | { code: 'certificate-not-yet-valid'; notBefore: string }
  | { code: 'certificate-expired'; notAfter: string }
  | { code: 'certificate-in-several-regions'; regions: string }
  | { code: 'certificate-pending-without-ca' }
  | { code: 'certificate-not-active'; status: string }
  | { code: 'certificate-key-refused'; key: string }
  | { code: 'issuer-not-registered'; issuer: string }
  | { code: 'issuer-did-not-sign'; issuer: string }
  | { code: 'ca-not-active'; caCertificateId: string }
  | { code: 'ca-auto-registration-off'; caCertificateId: string }
  | { code: 'ca-out-of-validity'; caCertificateId: string; notAfter: string }
  | { code: 'ca-in-several-regions'; regions: string }
  | { code: 'ca-subject-ambiguous'; cas: number; issuer: string };

/** What the first connection of a device is told by silence. */
export type FirstContactReason =
  | { code: 'certificate-registered'; caCertificateId: string }
  | { code: 'certificate-still-pending'; caCertificateId: string }
  | { code: 'registration-throttled'; caCertificateId: string; perSecond: number };

/** Why a connection was closed, or a packet had no effect, by MQTT's rules or AWS's limits. */
export type ProtocolReason =
  | { code: 'connect-timeout'; timeoutMs: number }
  | { code: 'connect-throttled'; limit: 'client-id' | 'account'; perSecond: number }
  | { code: 'not-mqtt'; fault: string }
  | { code: 'protocol-unsupported'; level: number }
  | { code: 'client-id-refused'; fault: 'empty' | 'too-long' | 'reserved' }
  | { code: 'client-id-taken-over' }
  | { code: 'packet-refused'; fault: string }
  | { code: 'packet-too-long'; bytes: number; bytesMax: number }
  | { code: 'qos-2-publish' }
  | { code: 'qos-2-subscribe' }
  | { code: 'qos-2-will' }
  | { code: 'keep-alive-timeout'; keepAliveSeconds: number }
  | { code: 'websocket-expired'; hoursMax: number }
  | { code: 'rate-exceeded'; publishesPerSecond: number; excess: 'delayed' | 'discarded' }
  | { code: 'client-too-slow'; bytes: number }
  | { code: 'messages-dropped'; messagesMax: number }
  | { code: 'retained-exhausted'; topic: string; retainedMax: number; bytesMax: number }
  | { code: 'memory-exhausted'; bytesMax: number }
  | { code: 'subscribe-too-many-filters'; filters: number; filtersMax: number }
  | { code: 'topic-refused'; topic: string; fault: 'too-long' | 'too-many-slashes' }
  | { code: 'topic-reserved'; topic: string }
  | { code: 'retain-on-reserved-topic'; topic: string }
  | { code: 'filter-reserved'; filter: string }
  | { code: 'subscriptions-exhausted'; filter: string; subscriptionsMax: number }
  | { code: 'connection-deleted' }
  | { code: 'certificate-left-active'; status: string };

/** Why a policy said no. */
export type PolicyReason = {
  code: 'connect-denied' | 'publish-denied' | 'subscribe-denied' | 'receive-denied' | 'will-denied';
  action: string;
  resource: string;
  /** What the evaluation found, in a few words. */
  because: string;
};

export type Reason = AdmissionReason | FirstContactReason | ProtocolReason | PolicyReason;

/** What a refused publish leads to: most end the connection, MQTT 5 has an answer for some. */
export type PublishOutcome = 'connection-closed' | 'message-refused';

/** One English sentence or two: what happened, and what to do about it. */
export function describeReason(reason: Reason, outcome: PublishOutcome = 'connection-closed'): string {
  const end = outcome === 'connection-closed' ? 'The connection was closed' : 'The message was refused';
  switch (reason.code) {
    case 'client-certificate-missing':
      return 'The client sent no certificate. Give it one, with its private key.';
    case 'server-name-foreign':
      return `The client asked for the server ${reason.name} (TLS SNI); this endpoint is localhost. Connect to localhost.`;
    case 'server-name-required':
      return reason.because === 'SNI_ONLY'
        ? 'The client sent no server name (TLS SNI), which an SNI_ONLY certificate demands. Connect to localhost instead of an IP address.'
        : 'The client sent its certificate alone and no server name (TLS SNI). Connect to localhost, or send the CA certificate along.';
    case 'server-name-advised':
      return 'The client sent no server name (TLS SNI). It was let through, but AWS IoT demands one in several set-ups: connect by name.';
    case 'certificate-not-yet-valid':
      return `The certificate is not valid before ${reason.notBefore}. Check the clocks of the device and of the issuer.`;
    case 'certificate-expired':
      return `The certificate ended on ${reason.notAfter}. Issue a new one.`;
    case 'certificate-in-several-regions':
      return `The certificate is registered in several Regions (${reason.regions}) and nothing says which is meant. Deactivate it in all but one.`;
    case 'certificate-pending-without-ca':
      return 'The certificate is pending activation and no CA is known for it. Activate it by hand.';
    case 'certificate-not-active':
      return `The certificate is ${reason.status}; only an ACTIVE one can connect.`;
    case 'certificate-key-refused':
      return `The certificate's key (${reason.key}) is not accepted: RSA of at least 2048 bits, or P-256, P-384 or P-521.`;
    case 'issuer-not-registered':
      return `No registered CA is named "${reason.issuer}", which issued the certificate. Register the CA that signs the devices.`;
    case 'issuer-did-not-sign':
      return `A registered CA is named "${reason.issuer}", but it is not the one that signed the certificate. Register the CA that did.`;
    case 'ca-not-active':
      return 'The CA that signed the certificate is INACTIVE. Activate the CA.';
    case 'ca-auto-registration-off':
      return 'Auto-registration is off for the CA that signed the certificate. Switch it on.';
    case 'ca-out-of-validity':
      return `The CA that signed the certificate is outside its validity period, which ends on ${reason.notAfter}. Register a new CA.`;
    case 'ca-in-several-regions':
      return `The CA is registered and open in several Regions (${reason.regions}) and nothing says which is meant. Switch auto-registration off in all but one.`;
    case 'ca-subject-ambiguous':
      return `The client sent its certificate alone, and ${reason.cas} registered CAs are named "${reason.issuer}". Send the CA certificate along.`;
    case 'certificate-registered':
      return 'First contact: the certificate was registered as PENDING_ACTIVATION and the connection closed, as AWS IoT does. Connect again in a few seconds.';
    case 'certificate-still-pending':
      return 'The certificate is still PENDING_ACTIVATION: the connection was closed and provisioning tried again.';
    case 'registration-throttled':
      return `The certificate was not registered: AWS IoT registers at most ${reason.perSecond} a second of one account. The connection was closed; connect again after a random wait.`;
    case 'connect-throttled':
      return reason.limit === 'client-id'
        ? `The connection was closed: AWS IoT takes at most ${reason.perSecond} CONNECT a second of one client id. Wait before you connect again, and give each device a client id of its own.`
        : `The connection was closed: AWS IoT takes at most ${reason.perSecond} CONNECT a second of one account. Let devices wait a random time before they connect.`;
    case 'connect-timeout':
      return `The client sent no whole CONNECT packet within ${reason.timeoutMs} ms. Nothing was registered.`;
    case 'not-mqtt':
      return `The first bytes after the TLS handshake are no MQTT CONNECT packet (${reason.fault}).`;
    case 'protocol-unsupported':
      return `The client speaks MQTT protocol level ${reason.level}; the sandbox speaks levels 4 and 5, MQTT 3.1.1 and MQTT 5. Set the client to one of them.`;
    case 'client-id-refused':
      return {
        empty: 'The client id is empty. Give one of 1 to 128 bytes.',
        'too-long': 'The client id is longer than 128 bytes.',
        reserved: 'The client id begins with $, which is reserved.',
      }[reason.fault];
    case 'client-id-taken-over':
      return 'Another connection came with the same client id; this one was closed. Give every device a client id of its own.';
    case 'packet-refused':
      return `The client broke the MQTT protocol (${reason.fault}); the connection was closed.`;
    case 'packet-too-long':
      return `A packet of ${reason.bytes} bytes is over the limit of ${reason.bytesMax}; the connection was closed.`;
    case 'qos-2-publish':
      return `A message was published with QoS 2, which AWS IoT does not support; ${outcome === 'connection-closed' ? 'the connection was closed' : 'it was dropped without an answer'}. Use QoS 0 or 1.`;
    case 'qos-2-subscribe':
      return 'A subscription asked for QoS 2, which AWS IoT does not support; it was dropped without an answer. Use QoS 0 or 1.';
    case 'qos-2-will':
      return 'The will message has QoS 2, which AWS IoT does not support; the connection was closed. Use QoS 0 or 1.';
    case 'keep-alive-timeout':
      return `The client sent nothing for one and a half times its keep alive of ${reason.keepAliveSeconds} s; the connection was closed.`;
    case 'websocket-expired':
      return `The WebSocket was open for ${reason.hoursMax} hours, which is AWS IoT's limit; the connection was closed. Connect again.`;
    case 'rate-exceeded':
      return reason.excess === 'discarded'
        ? `The client sends and gets more than ${reason.publishesPerSecond} messages a second; what is above is discarded, save messages to it of QoS 1, which wait. Spread them over several connections.`
        : `The client sends and gets more than ${reason.publishesPerSecond} messages a second; what is above is delayed here, and AWS IoT discards it. Spread them over several connections.`;
    case 'client-too-slow':
      return `The client did not read what it was sent (${reason.bytes} bytes wait); the connection was closed.`;
    case 'messages-dropped':
      return `Messages for the client were dropped: more than ${reason.messagesMax} wait for it, or the sandbox's memory for them is used up.`;
    case 'retained-exhausted':
      return `The message was delivered but not retained: the Region already has ${reason.retainedMax} retained messages, which is AWS IoT's limit, or ${reason.bytesMax} bytes of them, which is the sandbox's. Publish an empty retained message to topics that are no longer needed.`;
    case 'memory-exhausted':
      return `All clients together have more than ${reason.bytesMax} bytes of unfinished packets and wills; this connection was closed.`;
    case 'subscribe-too-many-filters':
      return `A SUBSCRIBE packet named ${reason.filters} topic filters; ${reason.filtersMax} are allowed. The connection was closed.`;
    case 'topic-refused':
      return reason.fault === 'too-long'
        ? 'The topic is longer than 256 bytes.'
        : 'The topic has more than 7 slashes.';
    case 'topic-reserved':
      return `Topics that begin with $ are reserved for AWS IoT; clients may publish to the documented request topics only. ${end}.`;
    case 'retain-on-reserved-topic':
      return `Messages to reserved topics cannot be retained. ${end}.`;
    case 'filter-reserved':
      return 'Topic filters that begin with $ are refused, save those below $aws/.';
    case 'subscriptions-exhausted':
      return `The connection already has ${reason.subscriptionsMax} subscriptions, which is AWS IoT's limit; the subscription was refused.`;
    case 'connection-deleted':
      return 'The connection was closed because somebody asked for it (DeleteConnection).';
    case 'certificate-left-active':
      return `The certificate is no longer ACTIVE but ${reason.status}; its connection was closed.`;
    case 'connect-denied':
      return `The connection was closed: no policy of the certificate allows ${reason.action} on ${reason.resource} (${reason.because}).`;
    case 'will-denied':
      return `The connection was closed: its will message needs ${reason.action} on ${reason.resource}, which the policies do not allow (${reason.because}).`;
    case 'publish-denied':
      return `${end}: no policy of the certificate allows ${reason.action} on ${reason.resource} (${reason.because}).`;
    case 'subscribe-denied':
      return `The subscription was refused: no policy of the certificate allows ${reason.action} on ${reason.resource} (${reason.because}).`;
    case 'receive-denied':
      return `A message was held back: no policy of the certificate allows ${reason.action} on ${reason.resource} (${reason.because}).`;
    default:
      return assertNever(reason);
  }
}
