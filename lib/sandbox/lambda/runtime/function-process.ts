import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { type AnswerMessage, readMessage } from './channel-message';

/** What a function may print in one invocation; CloudWatch keeps more, a person reads less. */
const LOG_CHARACTERS_MAX = 64 * 1024;
/** One line of JSON holds a response as a string, escaped; beyond this it is not even looked at. */
const LINE_CHARACTERS_MAX = 16 * 1024 * 1024;

/** Lambda quotas, "Invocation payload"; the text is Lambda's. */
const RESPONSE_BYTES_MAX = 6_291_556;
const RESPONSE_TOO_LARGE = {
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size exceeded maximum allowed payload size (${RESPONSE_BYTES_MAX} bytes).`,
};

export type Invocation = {
  id: string;
  /** JSON text. */
  event: string;
  /** ARN as it was called. */
  arn: string;
  timeoutMs: number;
  /** Sent back by the function's requests. */
  trace: string;
};

export type InvocationOutcome = {
  /** JSON text: what the handler returned, or the error. */
  payload: string;
  isError: boolean;
  log: string;
};

type Pending = { invocation: Invocation; finish(outcome: Omit<InvocationOutcome, 'log'>): void };

/** One child that serves invocations one after the other. */
export class FunctionProcess {
  readonly #child: ChildProcess;
  readonly #channel: Duplex;
  #pending: Pending | undefined;
  #log = '';
  /** Of a line that has no end yet. */
  #parts: string[] = [];
  #partCharacters = 0;
  #isDead = false;

  /** @param watch - looks after a child that may use so much; its sentence ends it */
  constructor(child: ChildProcess, watch: (onExceeded: (reason: string) => void) => () => void) {
    this.#child = child;
    const channel = child.stdio[3];
    if (!(channel instanceof Duplex)) throw new TypeError('the child was spawned without its channel');
    this.#channel = channel;
    channel.setEncoding('utf8');
    channel.on('data', (text: string) => this.#read(text));
    channel.on('error', () => this.kill()); // it has closed its end
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.#print(text));
    }
    child.on('error', (error) => this.#ended(`cannot be started: ${error.message}`));
    child.on('exit', (code, signal) => this.#ended(`exit status ${code ?? signal}`));
    child.on(
      'exit',
      watch((reason) => this.#exceeded(reason)),
    );
    const lifeline = child.stdio[4];
    // Its end ends the watch of the group, and whatever the function has left behind.
    child.on('exit', () => lifeline?.destroy());
    lifeline?.on('error', () => undefined); // the watch was quicker
  }

  /** Ended, or about to be: no more invocations. */
  get isDead(): boolean {
    return this.#isDead;
  }

  /** Runs one event; never rejects. A handler that takes too long ends with its process. */
  async invoke(invocation: Invocation): Promise<InvocationOutcome> {
    this.#log = '';
    const outcome = await new Promise<Omit<InvocationOutcome, 'log'>>((resolve) => {
      const timer = setTimeout(() => this.#timedOut(invocation), invocation.timeoutMs);
      this.#pending = {
        invocation,
        finish: (result) => {
          clearTimeout(timer);
          this.#pending = undefined;
          resolve(result);
        },
      };
      const { timeoutMs, ...told } = invocation;
      this.#channel.write(`${JSON.stringify({ ...told, deadline: Date.now() + timeoutMs })}\n`);
    });
    return { ...outcome, log: this.#log };
  }

  /** Ends the child and all it has started. */
  kill(): void {
    this.#isDead = true;
    if (this.#child.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null)
      return;
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      this.#child.kill('SIGKILL'); // the group is not there yet, or no more
    }
  }

  /** Kills, and waits for the end. */
  async close(): Promise<void> {
    const isRunning =
      this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
    const end = isRunning ? once(this.#child, 'exit') : undefined;
    this.kill();
    await end;
  }

  #read(text: string): void {
    // Joined once it has its end: a response of megabytes comes in hundreds of pieces.
    const [first = '', ...others] = text.split('\n');
    this.#parts.push(first);
    this.#partCharacters += first.length;
    if (this.#partCharacters > LINE_CHARACTERS_MAX) this.kill();
    if (others.length === 0) return;
    const lines = [this.#parts.join(''), ...others];
    const rest = lines.pop() ?? '';
    this.#parts = [rest];
    this.#partCharacters = rest.length;
    for (const line of lines) {
      if (this.isDead) return; // it is ended for what it has sent
      this.#take(line);
    }
  }

  #take(line: string): void {
    const message = readMessage(line);
    // Not by the protocol: the function has written to the channel itself.
    if (message === undefined) this.kill();
    else if ('log' in message) this.#print(message.log);
    else if (message.id === this.#pending?.invocation.id) this.#answered(message);
  }

  #answered(message: AnswerMessage): void {
    if ('result' in message) {
      if (Buffer.byteLength(message.result) > RESPONSE_BYTES_MAX) this.#fail(RESPONSE_TOO_LARGE);
      else this.#pending?.finish({ payload: message.result, isError: false });
      return;
    }
    if (message.exit === true) this.#isDead = true;
    this.#pending?.finish({ payload: JSON.stringify(message.error), isError: true });
  }

  #print(text: string): void {
    if (this.#log.length < LOG_CHARACTERS_MAX)
      this.#log += text.slice(0, LOG_CHARACTERS_MAX - this.#log.length);
  }

  #timedOut({ id, timeoutMs }: Invocation): void {
    this.kill();
    const seconds = (timeoutMs / 1000).toFixed(2);
    const errorMessage = `RequestId: ${id} Error: Task timed out after ${seconds} seconds`;
    this.#print(`${new Date().toISOString()} ${id} Task timed out after ${seconds} seconds\n\n`);
    this.#fail({ errorType: 'Sandbox.Timedout', errorMessage });
  }

  #exceeded(reason: string): void {
    this.kill();
    this.#ended(reason);
  }

  #ended(how: string): void {
    this.#isDead = true;
    const id = this.#pending?.invocation.id;
    const errorMessage = `RequestId: ${id} Error: Runtime exited with error: ${how}`;
    this.#fail({ errorType: 'Runtime.ExitError', errorMessage });
  }

  #fail(error: { errorType: string; errorMessage: string }): void {
    this.#pending?.finish({ payload: JSON.stringify(error), isError: true });
  }
}
