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
const KEYS_AT_ONCE = 128;
/** Two chunks of devices: the vault hears of new keys between chunks only. */
const KEYS_AHEAD = 512;

export class KeyStock {
  readonly algorithm: KeyAlgorithm;
  readonly #worker: KeysWorker;
  readonly #keys: Uint8Array<ArrayBuffer>[] = [];
  #askedFor = 0;
  #answers = 0;
  readonly #closing = new AbortController();

  constructor(worker: KeysWorker, algorithm: KeyAlgorithm) {
    this.algorithm = algorithm;
    this.#worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<Uint8Array<ArrayBuffer>[]>) => {
      this.#askedFor -= data.length;
      this.#answers += 1;
      this.#keys.push(...data);
      if (this.#closing.signal.aborted) this.close();
    });
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
    if (this.#answers > 0) this.#worker.terminate();
    for (const key of this.#keys.splice(0)) key.fill(0);
  }

  #ask(): void {
    while (this.#keys.length + this.#askedFor + KEYS_AT_ONCE <= KEYS_AHEAD) {
      this.#askedFor += KEYS_AT_ONCE;
      const request: KeysRequest = { algorithm: this.algorithm, count: KEYS_AT_ONCE };
      this.#worker.postMessage(request);
    }
  }
}
