import type { Duplex } from 'node:stream';
import { encodePacket, type ProtocolVersion } from './packet-codec';

/** CONNACK with a refusal, which only MQTT 5 clients get from AWS IoT; the connection is the caller's to close. */
export function refuseConnect(
  stream: Duplex,
  { version, code }: { version: ProtocolVersion; code: number },
): void {
  if (version !== 5 || stream.destroyed) return;
  stream.write(encodePacket({ cmd: 'connack', reasonCode: code, sessionPresent: false }, version));
}
