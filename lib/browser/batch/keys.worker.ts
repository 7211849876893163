import { makeDeviceKey } from '@/lib/pki/bulk/leaf-issuer';
import type { KeysRequest } from './key-stock';

// A worker file only carries messages.
addEventListener('message', ({ data }: MessageEvent<KeysRequest>) => {
  void makeKeys(data).then((keys) => postMessage(keys, { transfer: keys.map(({ buffer }) => buffer) }));
});

async function makeKeys({ algorithm, count }: KeysRequest): Promise<Uint8Array<ArrayBuffer>[]> {
  const keys: Uint8Array<ArrayBuffer>[] = [];
  while (keys.length < count) keys.push((await makeDeviceKey(algorithm, crypto)).key);
  return keys;
}
