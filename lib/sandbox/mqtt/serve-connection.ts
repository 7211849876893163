import type { Duplex } from 'node:stream';
import { closeQuietly } from '@/lib/sandbox/tls/close-quietly';
import { type AdmissionDesk, admitClient } from './admit-client';
import { type ConnectFault, type ConnectPacket, readConnect } from './connect-packet';
import { ConnectionReporter } from './connection-reporter';
import { framingReason } from './framing-reason';
import { type FramingFault, type Packet, PacketFramer } from './packet-framer';
import { clientIdFault, PACKET_BODY_BYTES_MAX } from './packet-rules';
import type { Reason } from './reason';
import { REASON_CODE, reasonCodeOf } from './reason-codes';
import { refuseConnect } from './refuse-connect';
import type { Transport } from './transport';

/** The first byte of every CONNECT packet: type 1, no flags (section 3.1.1 of both versions). */
const CONNECT_FIRST_BYTE = 0x10;

/** What clients of a version that is not spoken understand: return code 1 (MQTT 3.1.1 section 3.2.2.3). */
const CONNACK_UNSUPPORTED = Uint8Array.of(0x20, 0x02, 0x00, 0x01);

/** A CONNECT that can be judged, and what came with it. */
export type Arrival = {
  transport: Transport;
  connect: ConnectPacket;
  /** The client id was made up, because an MQTT 5 client had none. */
  assignedId: boolean;
  /** Packets that came in the same breath, and what ends the stream after them. */
  early: { packets: readonly Packet[]; fault: FramingFault | undefined };
  framer: PacketFramer;
  reporter: ConnectionReporter;
};

/** Waits for CONNECT and has it judged. Returns at once; whatever goes wrong ends this connection and nothing else. */
export function serveConnection(transport: Transport, desk: AdmissionDesk): void {
  const { stream, identity } = transport;
  const reporter = new ConnectionReporter(desk.sandbox, desk.now);
  const framer = new PacketFramer(PACKET_BODY_BYTES_MAX, desk.held);
  // A peer that vanishes is an everyday thing; 'close' follows and everything hangs on that.
  stream.on('error', () => undefined);
  desk.open.watch(stream);
  if (identity.kind === 'certificate') reporter.labels = { certificateId: identity.chain[0]?.certificateId };

  const refuse = (reason: Reason) => {
    settle();
    framer.close();
    reporter.report(reason);
    closeQuietly(stream);
  };
  const deadline = setTimeout(
    () => refuse({ code: 'connect-timeout', timeoutMs: desk.connectTimeoutMs }),
    desk.connectTimeoutMs,
  );
  const settle = () => {
    clearTimeout(deadline);
    stream.off('data', receive);
  };
  let begun = false;
  const receive = (chunk: Uint8Array) => {
    if (!begun && chunk[0] !== CONNECT_FIRST_BYTE) {
      return refuse({ code: 'not-mqtt', fault: 'another first byte' });
    }
    begun = true;
    const { packets, fault } = framer.push(chunk);
    const [first, ...others] = packets;
    if (first === undefined) {
      if (fault?.kind === 'malformed-length') return refuse({ code: 'not-mqtt', fault: fault.kind });
      if (fault !== undefined) return refuse(framingReason(fault));
      return;
    }
    settle();
    stream.pause();
    const connect = readConnect(first);
    if (!connect.ok) {
      answerFault(stream, connect.failure);
      return refuse(reasonOf(connect.failure));
    }
    const { assignedId, clientId } = identify(connect.value);
    reporter.labels = { ...reporter.labels, clientId };
    const idFault = clientIdFault(clientId);
    if (idFault !== undefined) {
      const reason = { code: 'client-id-refused', fault: idFault } as const;
      refuseConnect(stream, { version: connect.value.version, code: reasonCodeOf(reason) });
      return refuse(reason);
    }
    const arrival = {
      transport,
      connect: { ...connect.value, clientId },
      assignedId,
      early: { packets: others, fault },
      framer,
      reporter,
    };
    admitClient(arrival, desk).catch((error: unknown) => {
      desk.onFault(error instanceof Error ? error : new Error(String(error)));
      closeQuietly(stream);
    });
  };
  stream.on('data', receive);
  stream.once('close', () => {
    settle();
    framer.close();
  });
}

/** MQTT 5 clients may leave it to the server (section 3.1.3.1). */
function identify({ version, clientId }: ConnectPacket): { clientId: string; assignedId: boolean } {
  if (version !== 5 || clientId !== '') return { clientId, assignedId: false };
  return { clientId: crypto.randomUUID(), assignedId: true };
}

function answerFault(stream: Duplex, fault: ConnectFault): void {
  if (fault.kind === 'unsupported-protocol') stream.write(CONNACK_UNSUPPORTED);
  if (fault.kind === 'enhanced-authentication') {
    refuseConnect(stream, { version: 5, code: REASON_CODE.badAuthenticationMethod });
  }
}

function reasonOf(fault: ConnectFault): Reason {
  switch (fault.kind) {
    case 'unsupported-protocol':
      return { code: 'protocol-unsupported', level: fault.level };
    case 'malformed':
      return { code: 'not-mqtt', fault: 'a malformed CONNECT' };
    case 'not-connect':
      return { code: 'not-mqtt', fault: `packet type ${fault.packetType}` };
    case 'enhanced-authentication':
      return { code: 'packet-refused', fault: 'enhanced authentication, which AWS IoT does not have' };
  }
}
