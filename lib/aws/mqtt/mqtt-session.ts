/**
 * One MQTT 5 session over one WebSocket: it is opened, used, and once it has ended another one is needed.
 * The only door to `mqtt` and `ws`.
 * @module
 */
import 'server-only';
import { MqttClient } from 'mqtt';
import { createWebSocketStream, WebSocket } from 'ws';
import type { MqttQos } from '@/lib/registry/mqtt-topic';
import { fail, ok, type Result } from '@/lib/result';
import { IN_FLIGHT_MAX, KEEP_ALIVE_SECONDS, PACKET_BYTES_MAX } from './mqtt-limits';
import type { MqttFault, MqttMessage, MqttProperties, MqttRefusal } from './mqtt-types';
import { fromPacket, toPacketProperties } from './packet-properties';

/** TCP, TLS, the upgrade and CONNACK; AWS answers within a second or two. Our choice. */
const CONNECT_TIMEOUT_MS = 10_000;
/** SUBACK or PUBACK; our choice. */
const ANSWER_MS_MAX = 10_000;
/** Our choice. */
const GOODBYE_MS = 500;
/** Reason codes of errors begin here (MQTT 5 section 2.4). */
const REFUSALS_FROM = 0x80;

export type SessionOptions = {
  /** Signed; kept only as long as the upgrade takes. */
  url: string;
  /** PEM certificates that the server may prove itself with; `undefined`: those that Node.js trusts. */
  trustedRoots: readonly string[] | undefined;
  clientId: string;
  /** How long SUBACK and PUBACK may take. */
  answerMsMax?: number | undefined;
  onMessage(message: MqttMessage): void;
  /** Once, after `openSession` has succeeded and unless `close` was called. */
  onEnd(fault: MqttFault): void;
};

export type MqttSession = {
  subscribe(filter: string, qos: MqttQos): Promise<Result<{ qos: MqttQos }, MqttRefusal>>;
  unsubscribe(filter: string): void;
  publish(message: OutgoingMessage): Promise<Result<undefined, MqttRefusal>>;
  /** Says goodbye and waits for it to have left. */
  close(): Promise<void>;
};

export type OutgoingMessage = {
  topic: string;
  payload: Uint8Array;
  qos: MqttQos;
  retain: boolean;
  properties?: MqttProperties | undefined;
};

export function openSession(options: SessionOptions): Promise<Result<MqttSession, MqttFault>> {
  const { url, trustedRoots, clientId, answerMsMax = ANSWER_MS_MAX, onMessage, onEnd } = options;
  const socket = new WebSocket(url, ['mqtt'], {
    handshakeTimeout: CONNECT_TIMEOUT_MS,
    // Several packets may share a frame; this is far above what the broker sends at once.
    maxPayload: 16 * PACKET_BYTES_MAX,
    perMessageDeflate: false,
    ...(trustedRoots && { ca: [...trustedRoots] }),
  });
  const stream = createWebSocketStream(socket);
  socket.on('close', () => stream.destroy());
  const client = new MqttClient(() => stream, {
    protocolVersion: 5,
    clientId,
    clean: true,
    keepalive: KEEP_ALIVE_SECONDS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // Coming back is the connection's business: it takes a new signature.
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    properties: { receiveMaximum: IN_FLIGHT_MAX, maximumPacketSize: PACKET_BYTES_MAX },
    // Its own log writes the options, the URL among them.
    log: () => undefined,
  });
  // Whatever waits for an answer listens for the end as well.
  client.setMaxListeners(2 * IN_FLIGHT_MAX);

  return new Promise((resolve) => {
    let fault: MqttFault = { kind: 'lost', reason: undefined };
    let phase: 'opening' | 'open' | 'closed' = 'opening';
    socket.on('unexpected-response', (_, response) => {
      fault = { kind: 'upgrade-refused', status: response.statusCode ?? 0 };
      socket.terminate();
    });
    socket.on('error', (error) => {
      if (fault.kind === 'lost') fault = { kind: 'lost', reason: String(codeOf(error) ?? error.name) };
    });
    client.on('error', (error) => {
      const reasonCode = codeOf(error);
      if (phase === 'opening' && typeof reasonCode === 'number')
        fault = { kind: 'connect-refused', reasonCode };
    });
    client.on('disconnect', ({ reasonCode }) => {
      fault = { kind: 'disconnected', reasonCode: reasonCode ?? 0 };
    });
    client.on('message', (_, payload, packet) => onMessage(fromPacket(packet, payload, new Date())));
    client.once('close', () => {
      const before = phase;
      phase = 'closed';
      client.end(true);
      if (before === 'opening') resolve(fail(fault));
      if (before === 'open') onEnd(fault);
    });
    client.once('connect', () => {
      phase = 'open';
      const leave = () => {
        phase = 'closed';
      };
      const life = { hasEnded: () => phase === 'closed', leave, answerMsMax };
      resolve(ok(sessionOf(client, socket, life)));
    });
  });
}

type Life = { hasEnded(): boolean; leave(): void; answerMsMax: number };

function sessionOf(client: MqttClient, socket: WebSocket, life: Life): MqttSession {
  const { hasEnded, leave } = life;
  let inFlight = 0;
  return {
    subscribe: (filter, qos) =>
      answer(client, life, (settle) => {
        client.subscribe(filter, { qos }, (_, _grants, suback) => {
          const code = suback?.granted[0];
          if (typeof code !== 'number') return settle(fail({ kind: 'not-connected' }));
          settle(
            code < REFUSALS_FROM
              ? ok({ qos: code === 0 ? 0 : 1 })
              : fail({ kind: 'refused', reasonCode: code }),
          );
        });
      }),
    unsubscribe(filter) {
      // Whether it is answered does not matter: nobody listens any more.
      if (!hasEnded()) client.unsubscribe(filter, () => undefined);
    },
    async publish({ topic, payload, qos, retain, properties }) {
      if (inFlight >= IN_FLIGHT_MAX) return fail({ kind: 'too-many', limit: IN_FLIGHT_MAX });
      inFlight += 1;
      try {
        return await answer(client, life, (settle) => {
          const packet = { qos, retain, ...(properties && { properties: toPacketProperties(properties) }) };
          client.publish(topic, Buffer.from(payload), packet, (error) => {
            const code = codeOf(error);
            if (error === undefined || error === null) settle(ok(undefined));
            else
              settle(
                fail(
                  typeof code === 'number'
                    ? { kind: 'refused', reasonCode: code }
                    : { kind: 'not-connected' },
                ),
              );
          });
        });
      } finally {
        inFlight -= 1;
      }
    },
    async close() {
      if (hasEnded()) return;
      leave();
      const ended = new Promise<void>((resolve) => void client.once('close', resolve));
      // The library waits for everything that was not answered before it says goodbye.
      const impatience = setTimeout(() => socket.terminate(), GOODBYE_MS);
      client.end();
      await ended;
      clearTimeout(impatience);
    },
  };
}

/** What the broker answers to one packet, unless the session ends or time is up before. */
function answer<Value>(
  client: MqttClient,
  { hasEnded, answerMsMax }: Life,
  send: (settle: (result: Result<Value, MqttRefusal>) => void) => void,
): Promise<Result<Value, MqttRefusal>> {
  if (hasEnded() || !client.connected) return Promise.resolve(fail({ kind: 'not-connected' }));
  return new Promise((resolve) => {
    const settle = (result: Result<Value, MqttRefusal>) => {
      clearTimeout(timer);
      client.removeListener('close', lost);
      resolve(result);
    };
    const lost = () => settle(fail({ kind: 'not-connected' }));
    const timer = setTimeout(() => settle(fail({ kind: 'timeout' })), answerMsMax);
    client.once('close', lost);
    send(settle);
  });
}

/** The system's code (a text) or MQTT's reason code (a number). */
function codeOf(error: unknown): string | number | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' || typeof error.code === 'number' ? error.code : undefined;
}
