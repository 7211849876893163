/**
 * EC keys made ahead on a thread beside the vault's. A browser makes them right on the thread that asks, so a second thread gives the
 * vault's own to the signatures.
 * @module
 */
import { type DeviceKey, deviceKeyOf } from '@/lib/pki/bulk/leaf-issuer';
import type { KeyAlgorithm } from '@/lib/pki/key-algorithm';

export type KeysRequest = { algorithm: KeyAlgorithm; count: number };

/** The part of a `Worker` that is used; it answers a request with as many keys, PKCS#8 in the clear. */
export type KeysWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

/** A message for each key would cost as much as the key. */
const KEYS_AT_ONCE = 256;
/** Eight chunks of devices: while the vault waits for others, the keys of what comes next are made. */
const KEYS_AHEAD = 2048;
/**
 * Then another thread goes on. Chromium 156 holds 2 KB of each key pair that a thread made and nobody needs, and does not see it when
 * it decides whether to collect garbage; what a thread holds goes with the thread.
 */
const KEYS_A_THREAD = 40 * KEYS_AT_ONCE;

type Thread = { worker: KeysWorker; keysAskedFor: number; unanswered: number; hasAnswered: boolean };

export class KeyStock {
  readonly algorithm: KeyAlgorithm;
  readonly #startWorker: () => KeysWorker;
  readonly #keys: Uint8Array<ArrayBuffer>[] = [];
  #thread: Thread;
  #askedFor = 0;
  readonly #closing = new AbortController();

  constructor(startWorker: () => KeysWorker, algorithm: KeyAlgorithm) {
    this.algorithm = algorithm;
    this.#startWorker = startWorker;
    this.#thread = this.#startThread();
    this.#ask();
  }

  /** @returns undefined where none is ready: then it is sooner made than waited for */
  take(): DeviceKey | undefined {
    const key = this.#keys.pop();
    if (key === undefined) return undefined;
    this.#ask();
    return deviceKeyOf(key);
  }

  /**
   * Ends the thread; keys that nobody took are overwritten. A thread that has not answered yet ends after its first answer: Chromium 156
   * stops the parent for ever when a worker is ended while it loads its scripts.
   */
  close(): void {
    this.#closing.abort();
    if (this.#thread.hasAnswered) this.#thread.worker.terminate();
    this.#overwriteKeys();
  }

  #startThread(): Thread {
    const thread = { worker: this.#startWorker(), keysAskedFor: 0, unanswered: 0, hasAnswered: false };
    thread.worker.addEventListener('message', ({ data }: MessageEvent<Uint8Array<ArrayBuffer>[]>) => {
      thread.hasAnswered = true;
      thread.unanswered -= 1;
      this.#askedFor -= data.length;
      this.#keys.push(...data);
      const isClosed = this.#closing.signal.aborted;
      if (isClosed) this.#overwriteKeys();
      if (isClosed || (thread !== this.#thread && thread.unanswered === 0)) thread.worker.terminate();
    });
    return thread;
  }

  #ask(): void {
    while (this.#keys.length + this.#askedFor + KEYS_AT_ONCE <= KEYS_AHEAD) {
      if (this.#thread.keysAskedFor >= KEYS_A_THREAD) this.#changeThread();
      const thread = this.#thread;
      thread.keysAskedFor += KEYS_AT_ONCE;
      thread.unanswered += 1;
      this.#askedFor += KEYS_AT_ONCE;
      const request: KeysRequest = { algorithm: this.algorithm, count: KEYS_AT_ONCE };
      thread.worker.postMessage(request);
    }
  }

  /** The one before ends with its last answer. */
  #changeThread(): void {
    const before = this.#thread;
    this.#thread = this.#startThread();
    if (before.unanswered === 0) before.worker.terminate();
  }

  #overwriteKeys(): void {
    for (const key of this.#keys.splice(0)) key.fill(0);
  }
}
