import { Duplex } from 'node:stream';
import { closeQuietly } from '@/lib/sandbox/tls/close-quietly';
import type { Packet, PacketFramer } from './packet-framer';
import { judgePacket, PACKET_BODY_BYTES_MAX } from './packet-rules';
import type { ProtocolReason } from './reason';

type DeviceStreamParts = {
  socket: Duplex;
  /** Where the reading of CONNECT stopped. */
  framer: PacketFramer;
  /** What the broker is to read first: CONNECT. */
  connect: Uint8Array;
  onRefused(reason: ProtocolReason): void;
};

/**
 * What lies between an admitted device's socket and the broker library: whole packets pass inwards, each judged and
 * bounded before the library sees it; ending it, however abruptly, ends the socket with close_notify and FIN.
 */
export class DeviceStream extends Duplex {
  readonly #socket: Duplex;
  readonly #framer: PacketFramer;
  readonly #onRefused: (reason: ProtocolReason) => void;

  constructor({ socket, framer, connect, onRefused }: DeviceStreamParts) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    this.#framer = framer;
    this.#onRefused = onRefused;
    socket.on('data', (chunk: Uint8Array) => this.#receive(chunk));
    socket.on('end', () => this.push(null));
    socket.on('close', () => this.destroy());
    this.push(connect);
  }

  /** Packets that had come together with CONNECT. */
  receiveEarly(packets: readonly Packet[], rest: Uint8Array): void {
    for (const packet of packets) this.#judge(packet);
    this.#receive(rest);
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Uint8Array, _encoding: string, done: (error?: Error | null) => void): void {
    this.#send(chunk, done);
  }

  override _writev(chunks: { chunk: Uint8Array }[], done: (error?: Error | null) => void): void {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    closeQuietly(this.#socket);
    done();
  }

  /** The error that ended it was the broker's own decision or the network's; nobody is left to hear of it. */
  override _destroy(_error: Error | null, done: (error?: Error | null) => void): void {
    closeQuietly(this.#socket);
    done(null);
  }

  #send(bytes: Uint8Array, done: (error?: Error | null) => void): void {
    if (this.#socket.destroyed || this.#socket.writableEnded) {
      done();
      return;
    }
    // A failed write is followed by the socket's own 'close', which ends this stream.
    this.#socket.write(bytes, () => done());
  }

  #receive(chunk: Uint8Array): void {
    if (this.destroyed || chunk.length === 0) return;
    const { packets, fault } = this.#framer.push(chunk);
    for (const packet of packets) {
      if (!this.#judge(packet)) return;
    }
    if (fault?.kind === 'too-long') {
      this.#refuse({ code: 'packet-too-long', bytes: fault.bytes, bytesMax: PACKET_BODY_BYTES_MAX });
    } else if (fault?.kind === 'malformed-length') {
      this.#refuse({ code: 'packet-refused', fault: 'a malformed packet length' });
    }
  }

  /** Answers false when the connection is over. */
  #judge(packet: Packet): boolean {
    const verdict = judgePacket(packet);
    switch (verdict.kind) {
      case 'pass':
        if (!this.push(packet.bytes)) this.#socket.pause();
        return true;
      case 'drop':
        this.#onRefused(verdict.reason);
        return true;
      case 'close':
        this.#refuse(verdict.reason);
        return false;
    }
  }

  #refuse(reason: ProtocolReason): void {
    this.#onRefused(reason);
    this.destroy();
  }
}
