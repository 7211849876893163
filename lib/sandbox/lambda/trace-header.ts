/**
 * How the sandbox knows what a function asks of it as a part of what the function was invoked for: by the header in which Lambda does.
 * AWS's SDKs take it from the environment of a function and send it with every request. Lambda Developer Guide, "Recursive loop detection";
 * X-Ray Developer Guide, "Tracing header".
 * @module
 */
import { randomBytes } from 'node:crypto';
import type { MessageChain } from '@/lib/sandbox/rules/message-chain';

export const TRACE_HEADER = 'x-amzn-trace-id';

/** As many as events may wait; a request of a function that ended so long ago begins a chain of its own. */
const KEPT_MAX = 10_000;

export class TraceHeaders {
  readonly #chains = new Map<string, MessageChain>();

  /** A header for one invocation, by which its chain is found again. */
  of(chain: MessageChain): string {
    const [oldest] = this.#chains.keys();
    if (this.#chains.size >= KEPT_MAX && oldest !== undefined) this.#chains.delete(oldest);
    const parent = randomBytes(8).toString('hex');
    this.#chains.set(parent, chain);
    const root = randomBytes(16).toString('hex');
    return `Root=1-${root.slice(0, 8)}-${root.slice(8)};Parent=${parent};Sampled=0;Lineage=1:${parent.slice(0, 8)}:${chain.functions}`;
  }

  /** Undefined for what nobody was given. */
  chainOf(header: string | readonly string[] | undefined): MessageChain | undefined {
    if (typeof header !== 'string') return undefined;
    return this.#chains.get(/Parent=([0-9a-f]{16})/.exec(header)?.[1] ?? '');
  }
}
