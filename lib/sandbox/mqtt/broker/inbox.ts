import type { Duplex } from 'node:stream';
import { framingReason } from '@/lib/sandbox/mqtt/framing-reason';
import type { FramingFault, Packet, PacketFramer } from '@/lib/sandbox/mqtt/packet-framer';
import type { Reason } from '@/lib/sandbox/mqtt/reason';

type InboxParts = {
  stream: Duplex;
  framer: PacketFramer;
  handle(packet: Packet): void;
  /** For how many milliseconds nothing more is to be taken. */
  waitMs(): number;
  refuse(reason: Reason): void;
  /** Hears of a mistake of the sandbox's own while it worked for this client, and ends the connection. */
  fail(error: Error): void;
};

type Framed = { packets: readonly Packet[]; fault?: FramingFault | undefined };

/** What comes from a client, packet by packet, no faster than AWS IoT would take it. */
export class Inbox {
  readonly #parts: InboxParts;
  /** At most what came in one piece: nothing is read while something waits here. */
  #waiting: Packet[] = [];
  #fault: Reason | undefined;
  #holds = 0;
  #state: 'open' | 'closed' = 'open';

  constructor(parts: InboxParts) {
    this.#parts = parts;
  }

  /** Begins to read. @param early - what had come together with CONNECT */
  open(early: Framed): void {
    this.#parts.stream.on('data', (chunk: Uint8Array) => this.#receive(chunk));
    this.hold();
    this.#take(early);
    this.release();
  }

  /** Takes nothing any more until as many {@link release} have come. */
  hold(): void {
    this.#holds += 1;
    this.#parts.stream.pause();
  }

  release(): void {
    this.#holds -= 1;
    this.#work();
    if (this.#holds === 0 && this.#state === 'open') this.#parts.stream.resume();
  }

  close(): void {
    this.#state = 'closed';
    this.#waiting = [];
    this.#parts.framer.close();
  }

  #receive(chunk: Uint8Array): void {
    if (this.#state === 'closed') return;
    this.#take(this.#parts.framer.push(chunk));
    this.#work();
  }

  #take({ packets, fault }: Framed): void {
    if (fault !== undefined) this.#fault = framingReason(fault);
    for (const packet of packets) this.#waiting.push(packet);
  }

  #work(): void {
    try {
      this.#handleWaiting();
    } catch (error) {
      // Thrown further it would end the process, and everybody's connections with it.
      this.#parts.fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #handleWaiting(): void {
    while (this.#holds === 0 && this.#state === 'open') {
      const packet = this.#waiting.shift();
      if (packet === undefined) break;
      this.#parts.handle(packet);
      this.#wait(this.#parts.waitMs());
    }
    const fault = this.#waiting.length === 0 ? this.#fault : undefined;
    if (fault !== undefined && this.#state === 'open') this.#parts.refuse(fault);
  }

  #wait(waitMs: number): void {
    if (waitMs === 0) return;
    this.hold();
    setTimeout(() => this.release(), waitMs).unref();
  }
}
