/**
 * mqtt.js, which speaks MQTT 5 and shows every packet: one connection, no reconnects.
 * @module
 */
import { readFileSync } from 'node:fs';
import mqtt, { type IClientOptions, type IPublishPacket, type MqttClient, type Packet } from 'mqtt';
import type { MqttBench } from './mqtt-bench';

type ClientOrder = IClientOptions & { device: { certFile: string; keyFile: string } };

/** Longest a test waits for a packet, in milliseconds. */
const WAIT_MS = 5_000;

export class JsClient implements AsyncDisposable {
  readonly mqtt: MqttClient;
  /** Everything the broker sent, in order. */
  readonly packets: Packet[] = [];
  readonly closed: Promise<void>;

  private constructor(client: MqttClient) {
    this.mqtt = client;
    client.on('packetreceive', (packet) => this.packets.push(packet));
    // A refused connection is reported to whoever waits for it; the rest shows in the packets.
    client.on('error', () => undefined);
    this.closed = new Promise((resolve) => client.once('close', () => resolve()));
  }

  /** Starts to connect; what comes of it shows in {@link next} and {@link closed}. */
  static start(bench: MqttBench, { device, ...options }: ClientOrder): JsClient {
    const client = mqtt.connect({
      protocol: 'mqtts',
      host: 'localhost',
      port: bench.mqtt.port,
      ca: bench.identity.caPem,
      cert: readFileSync(device.certFile),
      key: readFileSync(device.keyFile),
      protocolVersion: 5,
      reconnectPeriod: 0,
      // Queues nothing: what is sent again is the broker's doing.
      resubscribe: false,
      ...options,
    });
    return new JsClient(client);
  }

  /** Resolves once CONNACK has come. */
  static async open(bench: MqttBench, order: ClientOrder): Promise<JsClient> {
    const client = JsClient.start(bench, order);
    await client.next('connack');
    return client;
  }

  /** The next packet of that kind that nobody has waited for yet. */
  async next<Command extends Packet['cmd']>(cmd: Command): Promise<Extract<Packet, { cmd: Command }>> {
    for (const end = Date.now() + WAIT_MS; Date.now() < end; ) {
      const at = this.packets.findIndex((packet) => packet.cmd === cmd);
      const [packet] = at < 0 ? [] : this.packets.splice(at, 1);
      if (isCommand(packet, cmd)) return packet;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`no ${cmd} among ${JSON.stringify(this.packets.map((packet) => packet.cmd))}`);
  }

  /** The next message. */
  async message(): Promise<IPublishPacket & { text: string }> {
    const packet = await this.next('publish');
    return { ...packet, text: packet.payload.toString() };
  }

  /** Ends without DISCONNECT. */
  vanish(): void {
    this.mqtt.stream.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.mqtt.endAsync(true).catch(() => undefined);
  }
}

function isCommand<Command extends Packet['cmd']>(
  packet: Packet | undefined,
  cmd: Command,
): packet is Extract<Packet, { cmd: Command }> {
  return packet?.cmd === cmd;
}
