import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type Packet, PacketFramer } from '@/lib/sandbox/mqtt/packet-framer';
import { Inbox } from './inbox';

const PINGREQ: Packet = {
  type: 12,
  flags: 0,
  body: new Uint8Array(0),
  bytes: Uint8Array.of(0xc0, 0),
};

function makeInbox(handle: (packet: Packet) => void) {
  const faults: string[] = [];
  const stream = new PassThrough();
  const inbox = new Inbox({
    stream,
    framer: new PacketFramer(1_000),
    handle,
    waitMs: () => 0,
    refuse: () => undefined,
    fail(error) {
      faults.push(error.message);
      inbox.close();
    },
  });
  return { inbox, stream, faults };
}

describe('Inbox', () => {
  it('tells of a mistake in the handling of a packet instead of throwing, and handles nothing after it', () => {
    const handled: number[] = [];
    const { inbox, stream, faults } = makeInbox(({ type }) => {
      handled.push(type);
      throw new TypeError('a mistake');
    });
    inbox.open({ packets: [PINGREQ, PINGREQ] });
    stream.emit('data', PINGREQ.bytes);
    expect(faults).toEqual(['a mistake']);
    expect(handled).toEqual([12]);
  });

  it('takes any number of packets that come in one piece', () => {
    const { inbox, faults } = makeInbox(() => undefined);
    inbox.hold();
    expect(() => inbox.open({ packets: new Array<Packet>(200_000).fill(PINGREQ) })).not.toThrow();
    inbox.close();
    expect(faults).toEqual([]);
  });
});
