import { expect, it } from 'vitest';
import type { BatchPlan } from '@/lib/batch/batch-plan';
import { ok } from '@/lib/result';
import type { BatchFiles } from './batch-files';
import { Checkpoint, type CheckpointFile } from './checkpoint';
import { OpenBatch } from './open-batch';

const PLAN: BatchPlan = {
  settings: {
    keyOrigin: 'console',
    algorithm: 'P-256',
    validityDays: 1,
    formats: ['pem'],
    pkcs12Mac: 'SHA-256',
    layout: 'flat',
    passphraseRule: 'none',
  },
  templateBody: undefined,
  subjects: [{ commonName: 'pump-1' }],
};

/** Enough of one for what is appended in a test; `log` hears of its end. */
function memoryFile(log: string[]): CheckpointFile {
  const held = { bytes: new Uint8Array() };
  return {
    read(buffer, { at }) {
      const found = held.bytes.subarray(at, at + buffer.length);
      buffer.set(found);
      return found.length;
    },
    write(buffer, { at }) {
      held.bytes = Uint8Array.of(...held.bytes.subarray(0, at), ...buffer);
      return buffer.length;
    },
    truncate: (size) => {
      held.bytes = held.bytes.slice(0, size);
    },
    flush: () => undefined,
    getSize: () => held.bytes.length,
    close: () => void log.push('checkpoint closed'),
  };
}

it('closes its output after what is being written, and its checkpoint last', async () => {
  const log: string[] = [];
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  const checkpoint = await Checkpoint.open(memoryFile(log), key, 'b', crypto);
  const open = await OpenBatch.begin(checkpoint, PLAN);
  await checkpoint.append(new Uint8Array(8));
  const files: BatchFiles = {
    async write() {
      await new Promise((resolve) => setTimeout(resolve, 20));
      log.push('written');
      return ok(null);
    },
    end: () => Promise.reject(new Error('not asked for')),
    close: async () => void log.push('output closed'),
  };
  await open.takeFiles(files);
  const written = open.write(1);
  await open.close();
  expect(log).toEqual(['written', 'output closed', 'checkpoint closed']);
  expect(await written).toEqual(ok(null));
  expect(await open.write(1)).toBeUndefined();
});
