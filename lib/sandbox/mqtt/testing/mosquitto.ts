/**
 * The MQTT client that everybody has.
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export type Told = { code: number | null; output: string };

/** Longest a client of a test may live, in milliseconds. */
const CLIENT_MS = 20_000;

/** Runs `mosquitto_pub -d …` to its end. */
export async function mosquittoPub(args: readonly string[]): Promise<Told> {
  const client = spawn('mosquitto_pub', [...args, '-d'], { timeout: CLIENT_MS });
  const output = collect(client);
  const [code] = await once(client, 'close');
  return { code: typeof code === 'number' ? code : null, output: output() };
}

/** `mosquitto_sub -d -v …` that has its SUBACK. */
export class Subscriber implements AsyncDisposable {
  readonly #client: ChildProcess;
  readonly #output: () => string;

  private constructor(args: readonly string[]) {
    // Into a pipe the client writes only when its buffer is full, unless told otherwise.
    const command = ['-oL', 'mosquitto_sub', ...args, '-d', '-v'];
    this.#client = spawn('stdbuf', command, { timeout: CLIENT_MS });
    this.#output = collect(this.#client);
  }

  /** Resolves once the broker has answered the subscription, or the client has given up. */
  static async start(args: readonly string[]): Promise<Subscriber> {
    const subscriber = new Subscriber(args);
    await subscriber.#until((output) => /Subscribed|Error|denied|CONNECT[\s\S]*CONNECT/.test(output));
    return subscriber;
  }

  get output(): string {
    return this.#output();
  }

  /** What was received, `topic payload` a line. */
  get messages(): string[] {
    return this.output
      .split('\n')
      .filter((line) => line !== '' && !/^(Client|Subscribed|Error|Warning)/.test(line));
  }

  /** Waits until a message satisfies the test. */
  async received(test: RegExp): Promise<string> {
    await this.#until(() => this.messages.some((message) => test.test(message)));
    return this.messages.find((message) => test.test(message)) ?? '';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#client.exitCode !== null) return;
    this.#client.kill();
    await once(this.#client, 'close');
  }

  async #until(test: (output: string) => boolean): Promise<void> {
    while (!test(this.output)) {
      if (this.#client.exitCode !== null) return;
      await Promise.race([
        once(this.#client.stdout ?? this.#client, 'data'),
        once(this.#client.stderr ?? this.#client, 'data'),
        once(this.#client, 'close'),
      ]);
    }
  }
}

function collect(client: ChildProcess): () => string {
  const chunks: Buffer[] = [];
  client.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  client.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}
