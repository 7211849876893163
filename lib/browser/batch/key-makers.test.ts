import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { KEY_FRAME_SCRIPT } from '@/lib/browser/key-frame';
import { makeDeviceKey } from '@/lib/pki/bulk/leaf-issuer';
import type { PublicKeyInfo } from '@/lib/pki/bulk/public-key-info';
import { DER_TAG, encodeElement } from '@/lib/pki/der';
import { KeyMakers } from './key-makers';
import type { KeysRequest } from './key-stock';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

function spkiOf({ algorithm, bits }: PublicKeyInfo) {
  const bitString = encodeElement(DER_TAG.bitString, Uint8Array.of(0), bits);
  return encodeElement(DER_TAG.sequence, algorithm, bitString);
}

/** The frame's script as it stands, with nothing around it but WebCrypto. @returns the vault's port, and how many keys it made */
function startFrame({ isSilent = false } = {}) {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  const counted = { made: 0 };
  const subtle = {
    async generateKey(algorithm: RsaHashedKeyGenParams, extractable: boolean, usages: KeyUsage[]) {
      counted.made += 1;
      if (isSilent) await new Promise(() => undefined);
      return crypto.subtle.generateKey(algorithm, extractable, usages);
    },
    exportKey: crypto.subtle.exportKey.bind(crypto.subtle),
  };
  const frame: { onmessage?: (event: { ports: MessagePort[] }) => void } = {};
  runInNewContext(KEY_FRAME_SCRIPT, Object.assign(frame, { crypto: { subtle } }));
  frame.onmessage?.({ ports: [port2] });
  return { port: port1, counted };
}

async function makers(port: MessagePort, answerMsMax?: number) {
  const keys = new KeyMakers(crypto, answerMsMax === undefined ? {} : { answerMsMax });
  open.push(keys);
  keys.takeFrame(port);
  // What the frame says first has to arrive.
  await new Promise((resolve) => setTimeout(resolve, 20));
  return keys;
}

describe('RSA keys', () => {
  it('come from the frame and from here, half and half, each another', { timeout: 60_000 }, async () => {
    const { port, counted } = startFrame();
    const keys = await makers(port);
    const made = await Promise.all(Array.from({ length: 4 }, () => keys.make('RSA-2048')));
    expect(counted.made).toBe(2);
    expect(new Set(made.map(({ publicKey }) => publicKey.bits.join())).size).toBe(4);
    for (const { key, publicKey } of made) {
      const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
      const signer = await crypto.subtle.importKey('pkcs8', key, algorithm, false, ['sign']);
      const verifier = await crypto.subtle.importKey('spki', spkiOf(publicKey), algorithm, false, ['verify']);
      const signature = await crypto.subtle.sign(algorithm, signer, key);
      expect(await crypto.subtle.verify(algorithm, verifier, signature, key)).toBe(true);
    }
  });

  it.each([
    { how: 'is silent', go: () => undefined, answerMsMax: 50 },
    { how: 'goes away with the batch', go: (keys: KeyMakers) => keys.close(), answerMsMax: 60_000 },
  ])('are made here where the frame $how', { timeout: 60_000 }, async ({ go, answerMsMax }) => {
    const { port, counted } = startFrame({ isSilent: true });
    const keys = await makers(port, answerMsMax);
    const made = Promise.all([keys.make('RSA-2048'), keys.make('RSA-2048')]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(counted.made).toBe(1);
    go(keys);
    expect(await made).toHaveLength(2);
    await keys.make('RSA-2048');
    expect(counted.made).toBe(1);
  });

  it('are made here alone where the frame was not let run', { timeout: 60_000 }, async () => {
    const { port1 } = new MessageChannel();
    open.push(port1);
    const keys = await makers(port1);
    expect(await Promise.all([keys.make('RSA-2048'), keys.make('RSA-2048')])).toHaveLength(2);
  });
});

describe('EC keys', () => {
  it('are never asked of the frame', async () => {
    const { port, counted } = startFrame();
    const keys = await makers(port);
    await Promise.all(Array.from({ length: 8 }, () => keys.make('P-256')));
    expect(counted.made).toBe(0);
  });

  it('are made here until the stock has some, come from it then, each once, and are overwritten at the end', async () => {
    const stocked: Uint8Array<ArrayBuffer>[] = [];
    const requests: KeysRequest[] = [];
    const target = new EventTarget();
    let isTerminated = false;
    const startWorker = () => ({
      postMessage: (request: KeysRequest) => void requests.push(request),
      addEventListener: target.addEventListener.bind(target),
      terminate() {
        isTerminated = true;
      },
    });
    const keys = new KeyMakers(crypto, { startWorker });
    await keys.make('P-256');
    const [{ algorithm = 'P-384', count = 0 } = {}] = requests;
    expect(algorithm).toBe('P-256');
    for (let made = 0; made < count; made += 1) stocked.push((await makeDeviceKey(algorithm, crypto)).key);
    target.dispatchEvent(new MessageEvent('message', { data: stocked }));

    const taken = await Promise.all([keys.make('P-256'), keys.make('P-256')]);
    expect(taken.map(({ key }) => stocked.indexOf(key)).sort()).toEqual([count - 2, count - 1]);
    const [first] = stocked;
    expect(isTerminated).toBe(false);
    keys.close();
    expect(isTerminated).toBe(true);
    expect(first?.every((octet) => octet === 0)).toBe(true);
    expect(taken[0]?.key.every((octet) => octet === 0)).toBe(false);
  });

  it('do not end a thread that is still loading, which Chromium does not survive, but as soon as it is there', async () => {
    const target = new EventTarget();
    const terminate = vi.fn();
    const worker = {
      postMessage: vi.fn(),
      addEventListener: target.addEventListener.bind(target),
      terminate,
    };
    const keys = new KeyMakers(crypto, { startWorker: () => worker });
    await keys.make('P-256');
    keys.close();
    expect(terminate).not.toHaveBeenCalled();
    const late = [Uint8Array.of(1, 2, 3)];
    target.dispatchEvent(new MessageEvent('message', { data: late }));
    expect(terminate).toHaveBeenCalled();
    expect(late[0]).toEqual(new Uint8Array(3));
  });

  it.each([
    { how: 'has answered', unansweredMax: 0 },
    { how: 'still owes keys', unansweredMax: 2 },
  ])('are made by another thread after ten thousand, where the first $how', async ({ unansweredMax }) => {
    const { key } = await makeDeviceKey('P-256', crypto);
    const waiting: (() => void)[] = [];
    const threads: { asked: number; owed: number; owedAtEnd: number[] }[] = [];
    const startWorker = () => {
      const target = new EventTarget();
      const thread = { asked: 0, owed: 0, owedAtEnd: [] as number[] };
      threads.push(thread);
      return {
        postMessage({ count }: KeysRequest) {
          thread.asked += count;
          thread.owed += count;
          waiting.push(() => {
            thread.owed -= count;
            const data = Array.from({ length: count }, () => key.slice());
            target.dispatchEvent(new MessageEvent('message', { data }));
          });
        },
        addEventListener: target.addEventListener.bind(target),
        terminate: () => void thread.owedAtEnd.push(thread.owed),
      };
    };
    const keys = new KeyMakers(crypto, { startWorker });
    open.push(keys);
    for (let made = 0; made < 12_000; made += 1) {
      await keys.make('P-256');
      while (waiting.length > unansweredMax) waiting.shift()?.();
    }
    expect(threads.map(({ owedAtEnd }) => owedAtEnd)).toEqual([[0], []]);
    expect(threads[0]?.asked).toBe(10_240);
  });
});
