/**
 * Cuts a byte stream into MQTT control packets without ever holding more than one packet's bound.
 * MQTT 3.1.1 section 2.2 (fixed header); a length is judged before its bytes are kept.
 * @module
 */

import { ByteBudget } from './byte-budget';

/** One whole control packet. */
export type Packet = {
  /** MQTT 3.1.1 table 2.1: 1 CONNECT, 3 PUBLISH, 8 SUBSCRIBE … */
  type: number;
  /** The lower four bits of the first byte. */
  flags: number;
  /** Everything after the fixed header; a view into {@link Packet.bytes}. */
  body: Uint8Array;
  /** The packet as it arrived. */
  bytes: Uint8Array;
};

export type FramingFault =
  | { kind: 'malformed-length' }
  | { kind: 'too-long'; bytes: number }
  /** All framers together hold more than they may. */
  | { kind: 'memory-exhausted'; bytesMax: number };

/** MQTT 3.1.1 section 2.2.3: the remaining length has at most four bytes. */
const LENGTH_BYTES_MAX = 4;
const PARTS_MAX = 64;

/** A framer is over after its first fault: the stream cannot be cut any more. */
export class PacketFramer {
  readonly #bodyBytesMax: number;
  readonly #budget: ByteBudget;
  #budgeted = 0;
  #parts: Uint8Array[] = [];
  #heldBytes = 0;
  #neededBytes = 2;

  /**
   * @param bodyBytesMax - longest remaining length that is accepted
   * @param budget - what all framers that share it may hold of unfinished packets
   */
  constructor(bodyBytesMax: number, budget = new ByteBudget(Number.POSITIVE_INFINITY)) {
    this.#bodyBytesMax = bodyBytesMax;
    this.#budget = budget;
  }

  /** Takes the next bytes; answers the packets that they complete, and the fault that ends the stream, if any. */
  push(chunk: Uint8Array): { packets: Packet[]; fault?: FramingFault } {
    const framed = this.#cut(chunk);
    this.#budget.add(this.#heldBytes - this.#budgeted);
    this.#budgeted = this.#heldBytes;
    if (framed.fault === undefined && this.#heldBytes > 0 && this.#budget.exhausted) {
      return {
        packets: framed.packets,
        fault: { kind: 'memory-exhausted', bytesMax: this.#budget.bytesMax },
      };
    }
    return framed;
  }

  /** The stream is over; what was held is let go. */
  close(): void {
    this.#budget.add(-this.#budgeted);
    this.#budgeted = 0;
    this.#heldBytes = 0;
    this.#parts = [];
  }

  #cut(chunk: Uint8Array): { packets: Packet[]; fault?: FramingFault } {
    const packets: Packet[] = [];
    this.#parts.push(chunk);
    this.#heldBytes += chunk.length;
    // Joined only once enough has come, so that a packet in many small pieces costs no more than one in few.
    if (this.#heldBytes < this.#neededBytes) {
      // Unless the pieces are so many that they cost more than what is in them.
      if (this.#parts.length > PARTS_MAX) this.#parts = [Buffer.concat(this.#parts)];
      return { packets };
    }
    const held = this.#parts.length === 1 ? chunk : Buffer.concat(this.#parts);
    let start = 0;
    for (;;) {
      const header = readFixedHeader(held, start);
      if (header.kind === 'incomplete') {
        this.#neededBytes = held.length - start + 1;
        break;
      }
      if (header.kind === 'malformed') return { packets, fault: { kind: 'malformed-length' } };
      if (header.bodyBytes > this.#bodyBytesMax) {
        return { packets, fault: { kind: 'too-long', bytes: header.bodyBytes } };
      }
      const end = header.bodyStart + header.bodyBytes;
      if (end > held.length) {
        this.#neededBytes = end - start;
        break;
      }
      packets.push({
        type: header.type,
        flags: header.flags,
        body: held.subarray(header.bodyStart, end),
        bytes: held.subarray(start, end),
      });
      start = end;
      if (start === held.length) {
        this.#neededBytes = 2;
        break;
      }
    }
    const rest = held.subarray(start);
    // A copy: a view of a few bytes would keep the whole piece it came in.
    this.#parts = rest.length === 0 ? [] : [Uint8Array.from(rest)];
    this.#heldBytes = rest.length;
    return { packets };
  }
}

type FixedHeader =
  | { kind: 'incomplete' }
  | { kind: 'malformed' }
  | { kind: 'header'; type: number; flags: number; bodyStart: number; bodyBytes: number };

function readFixedHeader(bytes: Uint8Array, start: number): FixedHeader {
  const first = bytes[start];
  if (first === undefined) return { kind: 'incomplete' };
  let bodyBytes = 0;
  for (let digit = 0; digit < LENGTH_BYTES_MAX; digit += 1) {
    const at = start + 1 + digit;
    const byte = bytes[at];
    if (byte === undefined) return { kind: 'incomplete' };
    bodyBytes += (byte & 0x7f) * 128 ** digit;
    if ((byte & 0x80) === 0) {
      return { kind: 'header', type: first >> 4, flags: first & 0x0f, bodyStart: at + 1, bodyBytes };
    }
  }
  return { kind: 'malformed' };
}
