/**
 * What WebCrypto alone gives: a key pair and a signature of the CA for each device, and nothing done with either.
 * @module
 */
import { generateKeyPair, signingAlgorithm } from '@/lib/pki/key-algorithm';
import type { ShellAlgorithm } from './shell';

export type CeilingRequest = { algorithm: ShellAlgorithm; devices: number };

/** As the console does. */
const DEVICES_AT_ONCE = 8;
/** About a TBSCertificate. */
const SIGNED_BYTES = 400;

addEventListener('message', ({ data }: MessageEvent<CeilingRequest>) => {
  void measure(data).then((devicesPerSecond) => postMessage(devicesPerSecond));
});

async function measure({ algorithm, devices }: CeilingRequest): Promise<number> {
  const ca = await generateKeyPair(algorithm, crypto);
  const signing = signingAlgorithm(ca.privateKey);
  const data = new Uint8Array(SIGNED_BYTES);
  let left = devices;
  const makeOnes = async () => {
    while (left > 0) {
      left -= 1;
      await generateKeyPair(algorithm, crypto);
      await crypto.subtle.sign(signing, ca.privateKey, data);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: DEVICES_AT_ONCE }, makeOnes));
  return (devices * 1000) / (performance.now() - began);
}
