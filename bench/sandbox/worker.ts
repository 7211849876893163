import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** A process of the benchmark beside this one; it takes one order at a time and answers with one message. */
export class Worker implements Disposable {
  readonly #child: ChildProcess;
  readonly #ended: Promise<never>;

  /** @param name - of the file beside `main.ts`, without its ending */
  constructor(name: string) {
    this.#child = fork(path.join(import.meta.dirname, `${name}.mjs`), { execArgv: [] });
    this.#ended = once(this.#child, 'exit').then(() => {
      throw new Error(`${name} ended early`);
    });
    this.#ended.catch(() => undefined); // told to whoever asks
  }

  async next(): Promise<unknown> {
    const message: unknown = await Promise.race([this.#message(), this.#ended]);
    if (typeof message === 'object' && message !== null && 'failed' in message) {
      throw new Error(String(message.failed));
    }
    return message;
  }

  #message(): Promise<unknown> {
    return new Promise((resolve) => this.#child.once('message', resolve));
  }

  async ask<Answer>(order: object): Promise<Answer> {
    const answer = this.next();
    this.#child.send(order);
    // Both ends are built together from load-messages.ts.
    return (await answer) as Answer;
  }

  [Symbol.dispose](): void {
    this.#child.disconnect();
  }
}
