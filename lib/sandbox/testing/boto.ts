/**
 * boto3, an AWS client that we did not write, kept running so that a call costs milliseconds.
 * @module
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export type BotoRefusal = { name: string; status: number; message: string };
/** What boto3 read from an answer: members by AWS's names; dates as ISO text, bytes as `{base64}`. */
// biome-ignore lint/suspicious/noExplicitAny: outside data of a test, whose assertions are its schema
export type BotoOutput = Record<string, any>;

const answerSchema = z.object({
  output: z.record(z.string(), z.unknown()).optional(),
  refusal: z.object({ name: z.string(), status: z.number(), message: z.string() }).optional(),
  fault: z.string().optional(),
});

const DRIVER = fileURLToPath(new URL('./boto_driver.py', import.meta.url));

/** boto3 clients of one endpoint. One call at a time; calls wait for each other. */
export class Boto implements Disposable {
  readonly #python: ChildProcessByStdio<Writable, Readable, null>;
  readonly #answers: AsyncIterator<string>;
  readonly #endpoint: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
    this.#python = spawn('python3', [DRIVER], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#answers = createInterface({ input: this.#python.stdout })[Symbol.asyncIterator]();
  }

  /**
   * @param call - service and method in boto3's names: `iot.create_thing`
   * @throws Error when AWS refuses, or boto3 cannot read the answer
   */
  async ok(call: string, input: object = {}, region?: string): Promise<BotoOutput> {
    const { output, refusal, fault } = await this.#call(call, { input, region });
    if (output !== undefined) return output;
    throw new Error(`${call}: ${fault ?? JSON.stringify(refusal)}`);
  }

  /** What AWS refuses the call with. @throws Error when it does not */
  async refusal(call: string, input: object = {}, region?: string): Promise<BotoRefusal> {
    const { output, refusal, fault } = await this.#call(call, { input, region });
    if (refusal !== undefined) return refusal;
    throw new Error(`${call} was not refused: ${fault ?? JSON.stringify(output)}`);
  }

  [Symbol.dispose](): void {
    this.#python.kill();
  }

  #call(call: string, { input, region = 'us-east-2' }: { input: object; region: string | undefined }) {
    const [service, method] = call.split('.');
    const request = { service, method, region, endpoint: this.#endpoint, input };
    const answer = this.#last.then(async () => {
      this.#python.stdin.write(`${JSON.stringify(request)}\n`);
      const { value } = await this.#answers.next();
      return answerSchema.parse(JSON.parse(value ?? '{"fault":"boto3 has ended"}'));
    });
    this.#last = answer.catch(() => undefined);
    return answer;
  }
}
