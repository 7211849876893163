/**
 * A sandbox whose shadow service is heard, with boto3 to ask it, and a thing of its own for each test.
 * @module
 */
import { expect } from 'vitest';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { Boto, type BotoRefusal } from '@/lib/sandbox/testing/boto';

/** Where the clock stands, epoch seconds. */
export const NOW = 1_767_225_600;

/** Something that the service published, its topic from behind `shadow`. */
type Heard = { topic: string; document: Record<string, unknown> };
// biome-ignore lint/suspicious/noExplicitAny: outside data of a test, whose assertions are its schema
type Document = { version: number; state: any };

export class ShadowBench implements AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly boto: Boto;
  readonly clock: { nowMs: number };
  thingName = '';
  heard: Heard[] = [];
  #things = 0;

  private constructor(sandbox: Sandbox, clock: { nowMs: number }) {
    this.sandbox = sandbox;
    this.boto = new Boto(sandbox.api);
    this.clock = clock;
    sandbox.state.messageBus?.listen(({ topic, payload }) => {
      if (!/\/(accepted|rejected|delta|documents)$/.test(topic)) return;
      this.heard.push({
        topic: topic.replace(/^.*\/shadow/, ''),
        document: JSON.parse(`${Buffer.from(payload)}`),
      });
    });
  }

  static async open(settings: { throttled?: boolean } = {}): Promise<ShadowBench> {
    const clock = { nowMs: NOW * 1000 };
    return new ShadowBench(await startSandbox({ ...settings, now: () => new Date(clock.nowMs) }), clock);
  }

  /** Another thing, of which nothing was heard. */
  begin(): void {
    this.#things += 1;
    this.thingName = `shadowed-${this.#things}`;
    this.heard = [];
    this.clock.nowMs = NOW * 1000;
  }

  get heardTopics(): string[] {
    return this.heard.map(({ topic }) => topic);
  }

  async update(document: unknown, shadowName?: string): Promise<Document> {
    const { thingName } = this;
    const input = { thingName, shadowName, payload: base64(document) };
    return read(await this.boto.ok('iot-data.update_thing_shadow', input));
  }

  updateRefusal(document: unknown): Promise<BotoRefusal> {
    const { thingName } = this;
    return this.boto.refusal('iot-data.update_thing_shadow', { thingName, payload: base64(document) });
  }

  async get(shadowName?: string): Promise<Document> {
    return read(await this.boto.ok('iot-data.get_thing_shadow', { thingName: this.thingName, shadowName }));
  }

  /** As a device would; resolves when the answer, and what comes with it, has come. */
  async request(path: string, payload: string | Uint8Array = ''): Promise<void> {
    const answered = () =>
      this.heard.some(({ topic }) => topic.startsWith(`${path}/`) && /(accepted|rejected)$/.test(topic));
    await this.sandbox.state.messageBus?.publish({
      region: 'us-east-2',
      topic: `$aws/things/${this.thingName}/shadow${path}`,
      payload: Buffer.from(payload),
      qos: 0,
      retain: false,
    });
    await expect.poll(answered).toBe(true);
    // Events follow the answer.
    await new Promise((done) => setTimeout(done, 5));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.boto[Symbol.dispose]();
    await this.sandbox.close();
  }
}

const base64 = (value: unknown) => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { base64: Buffer.from(text).toString('base64') };
};

/** The document of an answer. */
export function read(output: { payload?: { base64: string } }): Document {
  return JSON.parse(Buffer.from(output.payload?.base64 ?? '', 'base64').toString());
}
