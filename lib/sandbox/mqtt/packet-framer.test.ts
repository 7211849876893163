import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteBudget } from './byte-budget';
import { PacketFramer } from './packet-framer';

const BODY_BYTES_MAX = 1_000;

function frame(type: number, body: Uint8Array): Uint8Array {
  const length: number[] = [];
  let rest = body.length;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    length.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
  return Uint8Array.from([type << 4, ...length, ...body]);
}

const packets = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 14 }), fc.uint8Array({ maxLength: BODY_BYTES_MAX })),
  { maxLength: 6 },
);

describe('PacketFramer (MQTT 3.1.1 section 2.2)', () => {
  it('gives the same packets back however the stream is cut', () => {
    fc.assert(
      fc.property(packets, fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 30 }), (sent, cuts) => {
        const stream = Buffer.concat(sent.map(([type, body]) => frame(type, body)));
        const framer = new PacketFramer(BODY_BYTES_MAX);
        const received: [number, number[]][] = [];
        let at = 0;
        for (const size of [...cuts, stream.length]) {
          const { packets: cut, fault } = framer.push(stream.subarray(at, at + size));
          expect(fault).toBeUndefined();
          for (const packet of cut) received.push([packet.type, [...packet.body]]);
          at += size;
        }
        expect(received).toEqual(sent.map(([type, body]) => [type, [...body]]));
      }),
    );
  });

  it('refuses a packet by its length, before its body has come', () => {
    const framer = new PacketFramer(BODY_BYTES_MAX);
    expect(framer.push(Uint8Array.from([0x10, 0xff, 0xff, 0xff, 0x7f]))).toEqual({
      packets: [],
      fault: { kind: 'too-long', bytes: 268_435_455 },
    });
  });

  it('refuses a length of five bytes', () => {
    const framer = new PacketFramer(BODY_BYTES_MAX);
    expect(framer.push(Uint8Array.from([0x10, 0x80, 0x80, 0x80, 0x80])).fault).toEqual({
      kind: 'malformed-length',
    });
  });

  it('keeps what came after the last whole packet, and counts it, until the rest comes or the stream is over', () => {
    const budget = new ByteBudget(1_000);
    const framer = new PacketFramer(BODY_BYTES_MAX, budget);
    const { packets: cut } = framer.push(Uint8Array.from([0xc0, 0x00, 0x30, 0x05, 0x01]));
    expect(cut.map((packet) => packet.type)).toEqual([12]);
    expect(budget.bytes).toBe(3);
    expect(framer.push(Uint8Array.from([2, 3, 4, 5])).packets.map(({ body }) => [...body])).toEqual([
      [1, 2, 3, 4, 5],
    ]);
    expect(budget.bytes).toBe(0);
    framer.push(Uint8Array.from([0x30, 0x05]));
    framer.close();
    expect(budget.bytes).toBe(0);
  });

  it('ends the stream that takes the last of what all may hold', () => {
    const budget = new ByteBudget(10);
    const first = new PacketFramer(BODY_BYTES_MAX, budget);
    const second = new PacketFramer(BODY_BYTES_MAX, budget);
    const half = Uint8Array.from([0x30, 0x50, 1, 2, 3, 4]);
    expect(first.push(half).fault).toBeUndefined();
    expect(second.push(half).fault).toEqual({ kind: 'memory-exhausted', bytesMax: 10 });
    second.close();
    expect(first.push(half.subarray(2)).fault).toBeUndefined();
  });
});
