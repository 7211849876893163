import { describe, expect, it } from 'vitest';
import type { BatchPlan } from '@/lib/batch/batch-plan';
import { PEM_SETTINGS } from '@/lib/batch/testing/pem-settings';
import type { LeafIssuer } from '@/lib/pki/bulk/leaf-issuer';
import { ok } from '@/lib/result';
import { expectOk } from '@/lib/testing/expect-ok';
import type { BatchFiles } from './batch-files';
import { Checkpoint, type CheckpointFile } from './checkpoint';
import { FAILED_IN_A_ROW_MAX } from './failed-in-a-row';
import { KeyMakers } from './key-makers';
import { OpenBatch } from './open-batch';

const PLAN: BatchPlan = {
  settings: PEM_SETTINGS,
  templateBody: undefined,
  subjects: [{ commonName: 'pump-1' }],
};

/** Enough of one for what is appended in a test; `log` hears of its end. */
function memoryFile(log: string[] = []): CheckpointFile {
  const held = { bytes: new Uint8Array() };
  return {
    read(buffer, { at }) {
      const found = held.bytes.subarray(at, at + buffer.length);
      buffer.set(found);
      return found.length;
    },
    write(buffer, { at }) {
      const grown = new Uint8Array(at + buffer.length);
      grown.set(held.bytes.subarray(0, at));
      grown.set(buffer, at);
      held.bytes = grown;
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

const sealing = crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
const openCheckpoint = async (file: CheckpointFile) => Checkpoint.open(file, await sealing, 'b', crypto);

it('closes its output after what is being written, and its checkpoint last', async () => {
  const log: string[] = [];
  const checkpoint = await openCheckpoint(memoryFile(log));
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

const KEYS = new KeyMakers(crypto);

/** Certificates are of no matter here; `handedOut` are the keys it was given. */
function issuerFailing(isFailing: (commonName: string) => boolean) {
  const handedOut: Uint8Array[] = [];
  const issuer: LeafIssuer = {
    async issue(subject, { key }) {
      handedOut.push(key);
      const name = 'commonName' in subject ? (subject.commonName ?? '') : '';
      if (isFailing(name)) throw new DOMException('', 'OperationError');
      return { key, certificate: new TextEncoder().encode(name) };
    },
  };
  return { issuer, handedOut };
}

const namesOf = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `pump-${from + at}`);
const planOf = (names: string[]): BatchPlan => ({
  ...PLAN,
  subjects: names.map((commonName) => ({ commonName })),
});

/** All chunks until there is no more, or the run is stopped. */
async function issueAll(open: OpenBatch, devicesMax = 10) {
  const made: string[] = [];
  const failed: string[] = [];
  for (;;) {
    const next = await open.issueNext(devicesMax, KEYS, crypto);
    if (!next.ok || next.value === null) return { made, failed, end: next };
    made.push(...(next.value.issued?.devices ?? []).map(({ certificateBase64 }) => atob(certificateBase64)));
    failed.push(...next.value.failed.map(({ commonName }) => commonName));
  }
}

describe('devices that cannot be issued', () => {
  const FAILING = ['pump-3', 'pump-11', 'pump-30'];

  it('are named with the cause, their keys overwritten; the others are made, each once', async () => {
    const { issuer, handedOut } = issuerFailing((name) => FAILING.includes(name));
    const open = await OpenBatch.begin(await openCheckpoint(memoryFile()), planOf(namesOf(1, 30)));
    open.unlock('ca', issuer);
    const first = expectOk(await open.issueNext(5, KEYS, crypto));
    expect(first?.failed).toEqual([{ index: 2, commonName: 'pump-3', cause: 'OperationError' }]);
    expect(first?.issued?.devices.map(({ index }) => index)).toEqual([0, 1, 3, 4]);
    const { made, failed, end } = await issueAll(open);
    expect(failed).toEqual(['pump-11', 'pump-30']);
    expect(made).toEqual(namesOf(6, 29).filter((name) => name !== 'pump-11'));
    expect(end).toEqual(ok(null));
    for (const key of handedOut) expect(key.every((octet) => octet === 0)).toBe(true);
  });

  it('are just those that a re-run makes', async () => {
    const file = memoryFile();
    const open = await OpenBatch.begin(await openCheckpoint(file), planOf(namesOf(1, 30)));
    open.unlock('ca', issuerFailing((name) => FAILING.includes(name)).issuer);
    await issueAll(open);
    await open.close();
    const again = await OpenBatch.reopen(await openCheckpoint(file));
    expect(again?.standing().finished).toBe(27);
    again?.unlock('ca', issuerFailing(() => false).issuer);
    expect(again && (await issueAll(again))).toEqual({ made: FAILING, failed: [], end: ok(null) });
  });

  it('stop the run where they are many in a row, with all that was made before', async () => {
    const open = await OpenBatch.begin(await openCheckpoint(memoryFile()), planOf(namesOf(1, 5000)));
    open.unlock('ca', issuerFailing((name) => Number(name.slice(5)) > 15).issuer);
    const { made, failed, end } = await issueAll(open, 250);
    expect(made).toEqual(namesOf(1, 15));
    expect(failed.length).toBeGreaterThanOrEqual(FAILED_IN_A_ROW_MAX);
    // One of the first fifteen may be late, and the row begins anew.
    expect(failed.length).toBeLessThan(3 * FAILED_IN_A_ROW_MAX);
    expect(end).toEqual({ ok: false, failure: { kind: 'devices-fail', cause: 'OperationError' } });
    expect(open.standing().finished).toBe(15);
  });

  it('in a row over several small chunks stop it as well', async () => {
    const open = await OpenBatch.begin(await openCheckpoint(memoryFile()), planOf(namesOf(1, 500)));
    open.unlock('ca', issuerFailing(() => true).issuer);
    const { failed, end } = await issueAll(open, 3);
    expect([failed.length, end.ok]).toEqual([FAILED_IN_A_ROW_MAX, false]);
  });
});
