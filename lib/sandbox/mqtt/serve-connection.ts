/**
 * One TLS connection from its handshake to the verdict on its CONNECT. Until then nothing is known of the device to
 * anybody else, and nothing is registered.
 * @module
 */
import type { TLSSocket } from 'node:tls';
import { closeQuietly } from '@/lib/sandbox/tls/close-quietly';
import { type PresentedCertificate, readPeerCertificates } from '@/lib/sandbox/tls/peer-certificates';
import { type AdmissionDesk, admitDevice } from './admit-device';
import { type ConnectFault, type ConnectPacket, readConnect } from './connect-packet';
import { ConnectionReporter } from './connection-reporter';
import { type Packet, PacketFramer } from './packet-framer';
import { clientIdFault, PACKET_BODY_BYTES_MAX } from './packet-rules';
import type { Reason } from './reason';

/** The first byte of every CONNECT packet: type 1, no flags (MQTT 3.1.1 section 3.1.1). */
const CONNECT_FIRST_BYTE = 0x10;

/** What an MQTT 5 client understands: CONNACK with reason 0x84, Unsupported Protocol Version (section 3.2.2.2). */
const CONNACK_5_UNSUPPORTED = Uint8Array.of(0x20, 0x03, 0x00, 0x84, 0x00);
/** The same for older clients: return code 1 (MQTT 3.1.1 section 3.2.2.3). */
const CONNACK_3_UNSUPPORTED = Uint8Array.of(0x20, 0x02, 0x00, 0x01);

/** A CONNECT that can be judged, and what came with it. */
export type Arrival = {
  socket: TLSSocket;
  chain: readonly PresentedCertificate[];
  connect: ConnectPacket;
  connectPacket: Packet;
  /** Packets that came in the same breath. */
  early: readonly Packet[];
  framer: PacketFramer;
  reporter: ConnectionReporter;
};

/** Waits for CONNECT and has it judged. Returns at once; whatever goes wrong ends this connection and nothing else. */
export function serveConnection(socket: TLSSocket, desk: AdmissionDesk): void {
  const reporter = new ConnectionReporter(desk.sandbox, desk.now);
  const framer = new PacketFramer(PACKET_BODY_BYTES_MAX);
  // A peer that vanishes is an everyday thing; 'close' follows and everything hangs on that.
  socket.on('error', () => undefined);
  desk.open.watch(socket);
  const chain = readPeerCertificates(socket);
  reporter.labels = { certificateId: chain[0]?.certificateId };

  const refuse = (reason: Reason) => {
    settle();
    reporter.report(reason);
    closeQuietly(socket);
  };
  const deadline = setTimeout(
    () => refuse({ code: 'connect-timeout', timeoutMs: desk.connectTimeoutMs }),
    desk.connectTimeoutMs,
  );
  const settle = () => {
    clearTimeout(deadline);
    socket.off('data', receive);
  };
  let begun = false;
  const receive = (chunk: Buffer) => {
    if (!begun && chunk[0] !== CONNECT_FIRST_BYTE) {
      return refuse({ code: 'not-mqtt', fault: 'another first byte' });
    }
    begun = true;
    const { packets, fault } = framer.push(chunk);
    const [first, ...early] = packets;
    if (first === undefined) {
      if (fault?.kind === 'too-long') {
        return refuse({ code: 'packet-too-long', bytes: fault.bytes, bytesMax: PACKET_BODY_BYTES_MAX });
      }
      if (fault !== undefined) return refuse({ code: 'not-mqtt', fault: fault.kind });
      return;
    }
    settle();
    socket.pause();
    const connect = readConnect(first);
    if (!connect.ok) {
      answerUnsupported(socket, connect.failure);
      return refuse(reasonOf(connect.failure));
    }
    reporter.labels = { ...reporter.labels, clientId: connect.value.clientId };
    const idFault = clientIdFault(connect.value.clientId);
    if (idFault !== undefined) return refuse({ code: 'client-id-refused', fault: idFault });
    const arrival = { socket, chain, connect: connect.value, connectPacket: first, early, framer, reporter };
    admitDevice(arrival, desk).catch((error: unknown) => {
      desk.onFault(error instanceof Error ? error : new Error(String(error)));
      closeQuietly(socket);
    });
  };
  socket.on('data', receive);
  socket.once('close', settle);
}

function answerUnsupported(socket: TLSSocket, fault: ConnectFault): void {
  if (fault.kind !== 'unsupported-protocol') return;
  socket.write(fault.level === 5 ? CONNACK_5_UNSUPPORTED : CONNACK_3_UNSUPPORTED);
}

function reasonOf(fault: ConnectFault): Reason {
  switch (fault.kind) {
    case 'unsupported-protocol':
      return { code: 'protocol-unsupported', level: fault.level };
    case 'malformed':
      return { code: 'not-mqtt', fault: 'a malformed CONNECT' };
    case 'not-connect':
      return { code: 'not-mqtt', fault: `packet type ${fault.packetType}` };
  }
}
