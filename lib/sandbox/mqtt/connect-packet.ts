/**
 * The CONNECT packet, as far as admission needs it; the broker library reads it again for everything else.
 * MQTT 3.1.1 section 3.1.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import type { Packet } from './packet-framer';

export type ConnectPacket = {
  clientId: string;
  cleanSession: boolean;
  will: { topic: string; retain: boolean; qos: number } | undefined;
};

export type ConnectFault =
  | { kind: 'not-connect'; packetType: number }
  | { kind: 'malformed' }
  /** `level` 3 is MQTT 3.1, 5 is MQTT 5. */
  | { kind: 'unsupported-protocol'; level: number };

const CONNECT = 1;
const LEVEL_3_1 = 3;
const LEVEL_3_1_1 = 4;
const LEVEL_5 = 5;

/** Reads the first packet of a connection. */
export function readConnect(packet: Packet): Result<ConnectPacket, ConnectFault> {
  if (packet.type !== CONNECT) return fail({ kind: 'not-connect', packetType: packet.type });
  const malformed = fail({ kind: 'malformed' } as const);
  const reader = new FieldReader(packet.body);
  const protocol = reader.text();
  const level = reader.byte();
  if (protocol === undefined || level === undefined || packet.flags !== 0) return malformed;
  if ((protocol === 'MQIsdp' && level === LEVEL_3_1) || (protocol === 'MQTT' && level === LEVEL_5)) {
    return fail({ kind: 'unsupported-protocol', level });
  }
  if (protocol !== 'MQTT') return malformed;
  if (level !== LEVEL_3_1_1) return fail({ kind: 'unsupported-protocol', level });
  const flags = reader.byte();
  const keepAlive = reader.bytes(2);
  const clientId = reader.text();
  // Bit 0 is reserved and must be zero [MQTT-3.1.2-3].
  if (flags === undefined || keepAlive === undefined || clientId === undefined || (flags & 0x01) !== 0) {
    return malformed;
  }
  const will = readWill(reader, flags);
  if (will === 'malformed') return malformed;
  return ok({ clientId, cleanSession: (flags & 0x02) !== 0, will });
}

function readWill(reader: FieldReader, flags: number): ConnectPacket['will'] | 'malformed' {
  const qos = (flags >> 3) & 0x03;
  const retain = (flags & 0x20) !== 0;
  // Without a will its QoS and RETAIN bits must be zero [MQTT-3.1.2-11, 13, 15].
  if ((flags & 0x04) === 0) return qos === 0 && !retain ? undefined : 'malformed';
  const topic = reader.text();
  const payload = reader.lengthPrefixed();
  if (topic === undefined || topic === '' || payload === undefined || qos === 3) return 'malformed';
  return { topic, retain, qos };
}

/** Reads fields in order; every answer is undefined once the bytes have run out. */
export class FieldReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number | undefined {
    return this.bytes(1)?.[0];
  }

  bytes(count: number): Uint8Array | undefined {
    if (this.#at + count > this.#bytes.length) return undefined;
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  lengthPrefixed(): Uint8Array | undefined {
    const length = this.bytes(2);
    if (length === undefined) return undefined;
    return this.bytes((length[0] ?? 0) * 256 + (length[1] ?? 0));
  }

  /** A UTF-8 string without U+0000 [MQTT-1.5.3-1, 2]. */
  text(): string | undefined {
    const bytes = this.lengthPrefixed();
    if (bytes === undefined) return undefined;
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      return text.includes('\u0000') ? undefined : text;
    } catch {
      // Not UTF-8: the field counts as malformed, like one that is cut short.
      return undefined;
    }
  }
}
