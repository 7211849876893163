/**
 * One connection as a device makes it: TCP, TLS with its certificate, MQTT 3.1.1 CONNECT, and one message.
 * @module
 */
import { connect, type TLSSocket } from 'node:tls';
import { generate, type Packet, parser } from 'mqtt-packet';
import type { RehearsedDevice } from './read-device';

/** TCP, TLS and CONNACK or the drop; AWS answers within a second or two. Our choice. */
const ATTEMPT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_SECONDS = 30;
/** A server name must not be an address (RFC 6066 section 3). */
const ADDRESS = /^[\d.]+$|:/;

/** How far it came. `dropped`: the server closed without an answer, which is how AWS refuses. */
export type Attempt =
  | { kind: 'unreachable'; code: string }
  | { kind: 'server-untrusted'; code: string }
  | { kind: 'tls-refused'; code: string }
  | { kind: 'dropped'; protocol: string }
  | { kind: 'refused'; protocol: string; returnCode: number }
  | { kind: 'connected'; protocol: string; isPublished: boolean }
  | { kind: 'no-answer' };

/** @param message - what is published once the connection stands */
export function attempt(
  device: Pick<RehearsedDevice, 'host' | 'port' | 'chainPem' | 'key' | 'serverRoots' | 'clientId'>,
  message: { topic: string; payload: string },
): Promise<Attempt> {
  const { host, port, chainPem, key, serverRoots, clientId } = device;
  return new Promise((resolve) => {
    let protocol: string | undefined;
    let isConnected = false;
    const socket: TLSSocket = connect({
      host,
      port,
      cert: chainPem,
      key: key.export({ type: 'pkcs8', format: 'pem' }),
      ca: [...serverRoots],
      ...(ADDRESS.test(host) ? {} : { servername: host }),
    });
    const end = (outcome: Attempt) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(() => end({ kind: 'no-answer' }), ATTEMPT_TIMEOUT_MS);
    const send = (packet: Packet) => socket.write(generate(packet));
    const closed = () => {
      if (protocol === undefined) return end({ kind: 'tls-refused', code: 'closed' });
      return end(
        isConnected ? { kind: 'connected', protocol, isPublished: false } : { kind: 'dropped', protocol },
      );
    };

    socket.once('secureConnect', () => {
      protocol = socket.getProtocol() ?? 'TLS';
      send({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 4,
        clean: true,
        clientId,
        keepalive: KEEP_ALIVE_SECONDS,
      });
    });
    const reader = parser({ protocolVersion: 4 });
    reader.on('packet', (packet: Packet) => {
      const with_ = protocol ?? 'TLS';
      if (packet.cmd === 'connack') {
        const returnCode = packet.returnCode ?? 0;
        if (returnCode !== 0) return end({ kind: 'refused', protocol: with_, returnCode });
        isConnected = true;
        send({ cmd: 'publish', qos: 1, dup: false, retain: false, messageId: 1, ...message });
      }
      if (packet.cmd === 'puback') {
        send({ cmd: 'disconnect' });
        end({ kind: 'connected', protocol: with_, isPublished: true });
      }
      return undefined;
    });
    socket.on('data', (bytes) => reader.parse(bytes));
    socket.once('close', closed);
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code ?? error.message;
      if (protocol !== undefined) return closed();
      // Node.js's words for a server that the given roots do not vouch for, or that has another name.
      if (/CERT|ALTNAME|SELF_SIGNED|UNABLE_TO/.test(code)) return end({ kind: 'server-untrusted', code });
      return end(
        /^ERR_SSL|ECONNRESET|EPIPE/.test(code)
          ? { kind: 'tls-refused', code }
          : { kind: 'unreachable', code },
      );
    });
  });
}
