/**
 * What AWS IoT takes from one connection (AWS IoT Core quotas, "Message broker limits").
 * @module
 */

export const SUBSCRIPTIONS_MAX = 50;
/** Publishes of QoS 1 that the broker has not acknowledged, each way. */
export const IN_FLIGHT_MAX = 100;
export const KEEP_ALIVE_SECONDS = 60;
/** 128 KB of payload, and the packet's own fields. */
export const PACKET_BYTES_MAX = 149_504;
