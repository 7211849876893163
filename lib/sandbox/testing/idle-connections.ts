import { readFileSync } from 'node:fs';
import { connect, createSecureContext, type TLSSocket } from 'node:tls';
import { callAws } from './call-aws';
import { CertificateMint } from './certificate-mint';
import { connectBytes } from './first-connect';

/** AWS's longest. */
const KEEP_ALIVE_SECONDS = 1200;
const CONNECTING_AT_ONCE = 16;
const ANSWER_TIMEOUT_MS = 30_000;
/** MQTT 3.1.1 sections 3.2, 3.12 and 3.13. */
const CONNACK = '20020000';
const PINGREQ = Buffer.from('c000', 'hex');
const PINGRESP = 'd000';
const POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';

export type IdleReport = { connected: number; usable: number; refusal: string | undefined };

/** Opens MQTT connections that then say nothing, and asks each of them at the end whether it still works. */
export class IdleConnections implements Disposable {
  readonly #sockets: TLSSocket[] = [];
  #refusal: string | undefined;

  /** Resolves when all are open, or one cannot be opened. */
  async open({ api, mqttPort, caFile }: { api: string; mqttPort: number; caFile: string }, count: number) {
    const mint = new CertificateMint();
    const device = mint.device(mint.ca('Idle CA', 'ec'), 'idle');
    await callAws(api, 'POST', '/certificate/register-no-ca', {
      certificatePem: device.pem,
      status: 'ACTIVE',
    });
    await callAws(api, 'POST', '/policies/idle', { policyDocument: POLICY });
    const target = `arn:aws:iot:us-east-2:123456789012:cert/${device.certificateId}`;
    await callAws(api, 'PUT', '/target-policies/idle', { target });
    const trust = { ca: readFileSync(caFile) };
    const secureContext = createSecureContext({ ...trust, cert: device.pem, key: device.keyPem });
    const numbers = Array.from({ length: count }, (_, index) => index).values();
    const openThem = async () => {
      for (const number of numbers) {
        if (this.#refusal !== undefined) return;
        try {
          const options = { port: mqttPort, host: '127.0.0.1', servername: 'localhost', secureContext };
          const socket = connect(options);
          this.#sockets.push(socket);
          socket.on('error', (error) => {
            this.#refusal ??= error.message;
          });
          await answered(socket, connectBytes(`idle-${number}`, KEEP_ALIVE_SECONDS), CONNACK);
        } catch (error) {
          this.#refusal ??= String(error);
        }
      }
    };
    await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, openThem));
  }

  /** Pings every connection. */
  async check(): Promise<IdleReport> {
    const connected = this.#sockets.filter((socket) => socket.readyState === 'open').length;
    const pings = await Promise.allSettled(
      this.#sockets.map((socket) => answered(socket, PINGREQ, PINGRESP)),
    );
    const usable = pings.filter(({ status }) => status === 'fulfilled').length;
    return { connected, usable, refusal: this.#refusal };
  }

  [Symbol.dispose](): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** Sends bytes and waits for exactly these in answer. */
function answered(socket: TLSSocket, bytes: Uint8Array, answerHex: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (error?: Error) => {
      clearTimeout(timer);
      socket.off('close', onClose);
      socket.off('data', onData);
      if (error) reject(error);
      else resolve();
    };
    const onClose = () => end(new Error('the sandbox closed the connection'));
    const onData = (chunk: Buffer) =>
      end(chunk.toString('hex') === answerHex ? undefined : new Error(`answered ${chunk.toString('hex')}`));
    const timer = setTimeout(() => end(new Error('no answer')), ANSWER_TIMEOUT_MS);
    socket.once('close', onClose);
    socket.once('data', onData);
    socket.write(bytes);
  });
}
