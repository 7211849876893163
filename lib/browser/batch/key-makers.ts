/**
 * Where device keys come from. RSA keys are asked of the vault's own process or of a second one where there is a key frame
 * (`key-frame.ts`), whichever has less to do; EC keys come from a stock that another thread fills, or are made on the spot.
 * @module
 */
import type { KeyFrameAnswer, KeyFrameRequest } from '@/lib/browser/key-frame';
import { type DeviceKey, deviceKeyOf, makeDeviceKey } from '@/lib/pki/bulk/leaf-issuer';
import { generationAlgorithm, type KeyAlgorithm } from '@/lib/pki/key-algorithm';
import { KeyStock, type KeysWorker } from './key-stock';

/** The slowest key, RSA 4096, takes seconds, on a busy machine ten; a frame that is silent for longer is gone. */
const ANSWER_MS_MAX = 60_000;

export class KeyMakers {
  readonly #crypto: Crypto;
  readonly #startWorker: (() => KeysWorker) | undefined;
  readonly #answerMsMax: number;
  #frame: FrameKeys | undefined;
  #stock: KeyStock | undefined;
  #waitingHere = 0;

  /** @param startWorker for a stock of EC keys; undefined: there is no other thread */
  constructor(
    crypto: Crypto,
    {
      startWorker,
      answerMsMax = ANSWER_MS_MAX,
    }: { startWorker?: () => KeysWorker; answerMsMax?: number } = {},
  ) {
    this.#crypto = crypto;
    this.#startWorker = startWorker;
    this.#answerMsMax = answerMsMax;
  }

  /** A frame's port; of several the last one counts. */
  takeFrame(port: MessagePort): void {
    this.#frame?.close();
    this.#frame = new FrameKeys(port, this.#answerMsMax);
  }

  /** Has the first EC keys made before they are asked for. */
  prepare(algorithm: KeyAlgorithm): void {
    if (
      algorithm.startsWith('RSA') ||
      this.#stock?.algorithm === algorithm ||
      this.#startWorker === undefined
    )
      return;
    this.#stock?.close();
    this.#stock = new KeyStock(this.#startWorker, algorithm);
  }

  make(algorithm: KeyAlgorithm): Promise<DeviceKey> {
    return algorithm.startsWith('RSA') ? this.#makeRsa(algorithm) : this.#makeEc(algorithm);
  }

  async #makeEc(algorithm: KeyAlgorithm): Promise<DeviceKey> {
    this.prepare(algorithm);
    return this.#stock?.take() ?? makeDeviceKey(algorithm, this.#crypto);
  }

  async #makeRsa(algorithm: KeyAlgorithm): Promise<DeviceKey> {
    const frame = this.#frame;
    if (frame?.isThere && frame.waiting < this.#waitingHere) {
      const key = await frame.make(algorithm);
      if (key !== undefined) return key;
    }
    this.#waitingHere += 1;
    try {
      return await makeDeviceKey(algorithm, this.#crypto);
    } finally {
      this.#waitingHere -= 1;
    }
  }

  close(): void {
    this.#frame?.close();
    this.#frame = undefined;
    this.#stock?.close();
    this.#stock = undefined;
  }
}

type Settle = (key: DeviceKey | undefined) => void;

class FrameKeys {
  readonly #port: MessagePort;
  readonly #answerMsMax: number;
  readonly #waiting = new Map<number, Settle>();
  #lastId = 0;
  #isThere = false;

  constructor(port: MessagePort, answerMsMax: number) {
    this.#port = port;
    this.#answerMsMax = answerMsMax;
    port.addEventListener('message', ({ data }: MessageEvent<KeyFrameAnswer>) => this.#take(data));
    // Some browsers say when the other side has gone; the others are noticed by their silence.
    port.addEventListener('close', () => this.close());
    port.start();
  }

  /** The frame has said so: a browser may not have let it run. */
  get isThere(): boolean {
    return this.#isThere;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** @returns undefined where the frame does not make it */
  make(algorithm: KeyAlgorithm): Promise<DeviceKey | undefined> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.close(), this.#answerMsMax);
      this.#waiting.set(id, (key) => {
        clearTimeout(timer);
        resolve(key);
      });
      const request: KeyFrameRequest = { id, algorithm: generationAlgorithm(algorithm) };
      this.#port.postMessage(request);
    });
  }

  /** Who waits makes the key without it. */
  close(): void {
    this.#isThere = false;
    this.#port.close();
    for (const settle of this.#waiting.values()) settle(undefined);
    this.#waiting.clear();
  }

  #take(answer: KeyFrameAnswer): void {
    if ('ready' in answer) {
      this.#isThere = true;
      return;
    }
    const settle = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    settle?.('key' in answer ? deviceKeyOf(new Uint8Array(answer.key)) : undefined);
  }
}
