/**
 * The page's side of the PKI worker: one worker a tab, started at first use.
 * @module
 */
import type { DraftHandle, KeyHandle, Operation, PkiAnswer, PkiCrash, PkiOperations } from './pki.protocol';

/** The part of a `Worker` that is used. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

export type PkiClient = {
  /** Answers as the operation promises; rejects only for bugs and when the worker cannot run. */
  call<Name extends Operation>(
    operation: Name,
    input: PkiOperations[Name]['input'],
  ): Promise<PkiOperations[Name]['answer']>;
  /** Discards what the handle names, if there is a worker that could have it; never rejects and starts none. */
  forget(handle: KeyHandle | DraftHandle): void;
  /** Ends the worker, if there is one, and with it every key; the next call starts a new one. */
  terminate(): void;
  /** Tells when the worker has ended, by `terminate` or by a failure: no handle names anything any more. */
  onEnded(listener: () => void): () => void;
};

type Waiting = { settle(answer: PkiAnswer): void; reject(error: Error): void };

export function createPkiClient(startWorker: () => WorkerLike): PkiClient {
  const waiting = new Map<number, Waiting>();
  const endListeners = new Set<() => void>();
  let worker: WorkerLike | undefined;
  let lastId = 0;

  function terminate(reason = 'the PKI worker was ended') {
    if (worker === undefined) return;
    worker.terminate();
    worker = undefined;
    for (const { reject } of waiting.values()) reject(new Error(reason));
    waiting.clear();
    for (const listener of endListeners) listener();
  }

  function start(): WorkerLike {
    const started = startWorker();
    started.addEventListener('message', ({ data }: MessageEvent<PkiAnswer | PkiCrash>) => {
      const waiter = waiting.get(data.id);
      waiting.delete(data.id);
      if ('crash' in data) waiter?.reject(new Error(data.crash));
      else waiter?.settle(data);
    });
    // The script could not be loaded or threw outside a request; nothing will be answered any more.
    started.addEventListener('error', ({ message }: ErrorEvent) =>
      terminate(message || 'the PKI worker failed'),
    );
    return started;
  }

  const client: PkiClient = {
    terminate: () => terminate(),
    onEnded(listener) {
      endListeners.add(listener);
      return () => endListeners.delete(listener);
    },
    forget(handle) {
      if (worker === undefined) return;
      // A worker that cannot discard any more has ended, and its keys with it.
      client.call('discard', { handle }).catch(() => undefined);
    },
    call(operation, input) {
      lastId += 1;
      const id = lastId;
      // What cannot be started or posted to rejects, as everything else that goes wrong.
      return new Promise((resolve, reject) => {
        worker ??= start();
        const target = worker;
        waiting.set(id, {
          reject,
          settle(answer) {
            if (isAnswerTo(operation, answer)) resolve(answer.answer);
            else reject(new Error(`the PKI worker answered ${answer.operation} to ${operation}`));
          },
        });
        target.postMessage({ id, operation, input }, portsIn(input));
      });
    },
  };
  return client;
}

/** A port can only move. */
function portsIn(input: PkiOperations[Operation]['input']): Transferable[] {
  return input !== null && 'port' in input ? [input.port] : [];
}

function isAnswerTo<Name extends Operation>(
  operation: Name,
  reply: { operation: Operation; answer: unknown },
): reply is { operation: Name; answer: PkiOperations[Name]['answer'] } {
  return reply.operation === operation;
}

let shared: PkiClient | undefined;

/** The tab's one client. Browser only. */
export function pkiClient(): PkiClient {
  shared ??= createPkiClient(
    () => new Worker(new URL('./pki.worker.ts', import.meta.url), { type: 'module' }),
  );
  return shared;
}
