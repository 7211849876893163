/**
 * The only door to the packet library, mqtt-packet: bytes to packets and back.
 *
 * The library reads leniently (it replaces what is not UTF-8, and lets unknown order, repetition and cut fields of
 * properties pass), so `packet-shape.ts` looks at the bytes first.
 * @module
 */
import {
  generate,
  type IConnackPacket,
  type IConnectPacket,
  type Packet as LibraryPacket,
  parser,
} from 'mqtt-packet';
import { fail, ok, type Result } from '@/lib/result';

/** 4 is MQTT 3.1.1. */
export type ProtocolVersion = 4 | 5;

/** What a client may send, whole and decoded. */
export type ClientPacket = LibraryPacket;
export type ClientPacketOf<Command extends LibraryPacket['cmd']> = Extract<LibraryPacket, { cmd: Command }>;
/** What the broker sends. */
export type ServerPacket = LibraryPacket;
export type ConnackProperties = NonNullable<IConnackPacket['properties']>;
export type WillProperties = NonNullable<NonNullable<IConnectPacket['will']>['properties']>;
export type PublishProperties = NonNullable<ClientPacketOf<'publish'>['properties']>;

/**
 * Reads one whole packet, fixed header included.
 * @param version - of the connection; of no importance for CONNECT, which says its own
 */
export function decodePacket(bytes: Uint8Array, version: ProtocolVersion): Result<ClientPacket, string> {
  const found: LibraryPacket[] = [];
  const faults: string[] = [];
  // A reader of its own for each packet: it keeps what is left over after a fault, and CONNECT changes its version.
  const reader = parser({ protocolVersion: version });
  reader.on('packet', (packet) => found.push(packet));
  reader.on('error', (error: unknown) => faults.push(error instanceof Error ? error.message : String(error)));
  try {
    reader.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (error) {
    // It reads beyond the end of some packets that are too short.
    faults.push(error instanceof Error ? error.message : String(error));
  }
  const [packet] = found;
  const [fault] = faults;
  if (fault !== undefined || packet === undefined) return fail(fault ?? 'an incomplete packet');
  return ok(packet);
}

export function encodePacket(packet: ServerPacket, version: ProtocolVersion): Buffer {
  return generate(packet, { protocolVersion: version });
}
