/**
 * A broker that does what it is told, for what the sandbox does not do to callers with AWS credentials: refusing them,
 * and sending without regard to AWS's rates.
 * @module
 */
import { createServer } from 'node:http';
import { generate, type IConnackPacket, type Packet, parser } from 'mqtt-packet';
import { type WebSocket, WebSocketServer } from 'ws';

export type Script = {
  /** Instead of the upgrade. */
  httpStatus?: number;
  /** CONNACK's reason code. */
  connack?: number;
  /** SUBACK's reason code, by filter; others are granted. */
  suback?: Readonly<Record<string, number>>;
  /** Filters that are never answered. */
  silentFilters?: readonly string[];
  /** PUBACK's reason code, by topic; `undefined`: none comes. Others are taken. */
  puback?: Readonly<Record<string, number | undefined>>;
  /** So many messages of QoS 0 to whoever subscribes, their number as payload. */
  flood?: number;
};

export type ScriptedBroker = AsyncDisposable & {
  /** What an environment names as its data plane. */
  api: string;
  /** The URLs that were asked for. */
  asked: string[];
  /** What came in, after CONNECT. */
  packets: Packet[];
  script: Script;
  /** Ends every connection, as a failing network does. */
  drop(): void;
};

export async function startScriptedBroker(script: Script = {}): Promise<ScriptedBroker> {
  const http = createServer();
  const server = new WebSocketServer({ noServer: true });
  const broker = { asked: [] as string[], packets: [] as Packet[], script };
  http.on('upgrade', (request, socket, head) => {
    broker.asked.push(request.url ?? '');
    const { httpStatus } = broker.script;
    if (httpStatus !== undefined) {
      socket.end(`HTTP/1.1 ${httpStatus} No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
      return;
    }
    server.handleUpgrade(request, socket, head, (webSocket) => serve(webSocket, broker));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  const drop = () => {
    for (const webSocket of server.clients) webSocket.terminate();
  };
  return Object.assign(broker, {
    api: `http://127.0.0.1:${address.port}`,
    drop,
    async [Symbol.asyncDispose]() {
      drop();
      await new Promise((resolve) => http.close(resolve));
    },
  });
}

function serve(webSocket: WebSocket, broker: { packets: Packet[]; script: Script }): void {
  const packets = parser({ protocolVersion: 5 });
  const send = (packet: Packet) => webSocket.send(generate(packet, { protocolVersion: 5 }));
  packets.on('packet', (packet: Packet) => {
    if (packet.cmd !== 'connect') broker.packets.push(packet);
    for (const answer of answersTo(packet, broker.script)) send(answer);
  });
  webSocket.on('message', (data: Buffer) => void packets.parse(data));
}

function* answersTo(packet: Packet, script: Script): Generator<Packet> {
  switch (packet.cmd) {
    case 'connect':
      yield { cmd: 'connack', reasonCode: script.connack ?? 0, sessionPresent: false } as IConnackPacket;
      return;
    case 'pingreq':
      yield { cmd: 'pingresp' };
      return;
    case 'subscribe': {
      if (packet.subscriptions.some(({ topic }) => script.silentFilters?.includes(topic))) return;
      const granted = packet.subscriptions.map(({ topic, qos }) => script.suback?.[topic] ?? qos);
      yield { cmd: 'suback', messageId: packet.messageId ?? 0, granted };
      const [first] = packet.subscriptions;
      for (let count = 0; first !== undefined && count < (script.flood ?? 0); count += 1) {
        yield {
          cmd: 'publish',
          topic: first.topic,
          payload: String(count),
          qos: 0,
          dup: false,
          retain: false,
        };
      }
      return;
    }
    case 'publish': {
      if (packet.qos === 0) return;
      const scripted = script.puback !== undefined && packet.topic in script.puback;
      const reasonCode = scripted ? script.puback?.[packet.topic] : 0;
      if (reasonCode !== undefined) yield { cmd: 'puback', messageId: packet.messageId ?? 0, reasonCode };
      return;
    }
    default:
  }
}
