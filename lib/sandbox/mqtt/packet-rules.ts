/**
 * What AWS IoT grants a connection, whatever the client asks for.
 * AWS IoT Core endpoints and quotas page; AWS IoT Core Developer Guide, "MQTT".
 * @module
 */
/** Payload, topic, properties and what surrounds them; announced to MQTT 5 clients. */
export const PACKET_BODY_BYTES_MAX = 149_504;
export const FILTERS_PER_SUBSCRIBE_MAX = 8;
/** Publishes of one client that are not acknowledged yet. */
export const INBOUND_UNACKNOWLEDGED_MAX = 100;
const KEEP_ALIVE_SECONDS_MIN = 30;
const KEEP_ALIVE_SECONDS_MAX = 1_200;
const CLIENT_ID_BYTES_MAX = 128;
/** "Persistent session expiry period"; an account may have up to 7 days, and has an hour unless it asks. */
export const SESSION_EXPIRY_SECONDS_MAX = 3_600;

/** 30 to 1200 s, and 1200 s where the client wants none. */
export function grantedKeepAlive(wantedSeconds: number): number {
  if (wantedSeconds === 0) return KEEP_ALIVE_SECONDS_MAX;
  return Math.min(Math.max(wantedSeconds, KEEP_ALIVE_SECONDS_MIN), KEEP_ALIVE_SECONDS_MAX);
}

export function grantedSessionExpiry(wantedSeconds: number): number {
  return Math.min(wantedSeconds, SESSION_EXPIRY_SECONDS_MAX);
}

/** What is wrong with a client id: 1 to 128 bytes, not beginning with `$`. */
export function clientIdFault(clientId: string): 'empty' | 'too-long' | 'reserved' | undefined {
  if (clientId === '') return 'empty';
  if (clientId.startsWith('$')) return 'reserved';
  return Buffer.byteLength(clientId) > CLIENT_ID_BYTES_MAX ? 'too-long' : undefined;
}
