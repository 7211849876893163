import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { Checkpoint, CheckpointDamaged, type CheckpointFile, HEADER_BYTES, RecordTooBig } from './checkpoint';
import { type IssuedDevice, packChunk, unpackChunk } from './issued-chunk';

const directory = mkdtempSync(path.join(tmpdir(), 'checkpoint-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
let files = 0;
const TAG_BYTES = 16;

function newPath(): string {
  files += 1;
  return path.join(directory, String(files));
}

/** A file on the disk behind the browser's interface. */
function openFile(name: string): CheckpointFile {
  const descriptor = openSync(name, 'a+');
  closeSync(descriptor);
  const file = openSync(name, 'r+');
  return {
    read: (buffer, { at }) => readSync(file, buffer, 0, buffer.length, at),
    write: (buffer, { at }) => writeSync(file, buffer, 0, buffer.length, at),
    truncate: (bytes) => ftruncateSync(file, bytes),
    flush: () => fsyncSync(file),
    getSize: () => fstatSync(file).size,
    close: () => closeSync(file),
  };
}

const newKey = () =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

async function contents(checkpoint: Checkpoint): Promise<string[]> {
  const texts: string[] = [];
  for (let number = 0; number < checkpoint.records; number += 1) {
    texts.push(new TextDecoder().decode(await checkpoint.read(number)));
  }
  return texts;
}

async function write(name: string, key: CryptoKey, texts: string[]): Promise<void> {
  const checkpoint = await Checkpoint.open(openFile(name), key, 'batch-1', crypto);
  for (const text of texts) await checkpoint.append(new TextEncoder().encode(text));
  checkpoint.close();
}

it('gives back what was appended, after any number of restarts', async () => {
  const [name, key] = [newPath(), await newKey()];
  await write(name, key, ['one', '']);
  await write(name, key, ['three']);
  const checkpoint = await Checkpoint.open(openFile(name), key, 'batch-1', crypto);
  expect(await contents(checkpoint)).toEqual(['one', '', 'three']);
  checkpoint.close();
});

it('cut anywhere, loses only what was being written, and goes on from there', async () => {
  const [name, key] = [newPath(), await newKey()];
  const texts = ['first chunk', 'second', 'the third one'];
  await write(name, key, texts);
  const whole = readFileSync(name);
  const ends = endsOf(texts);
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length), async (cut) => {
      const torn = newPath();
      writeFileSync(torn, whole.subarray(0, cut));
      const survived = texts.filter((_, at) => (ends[at] ?? 0) <= cut);
      const checkpoint = await Checkpoint.open(openFile(torn), key, 'batch-1', crypto);
      expect(await contents(checkpoint)).toEqual(survived);
      await checkpoint.append(new TextEncoder().encode('after'));
      checkpoint.close();
      const again = await Checkpoint.open(openFile(torn), key, 'batch-1', crypto);
      expect(await contents(again)).toEqual([...survived, 'after']);
      again.close();
    }),
    { numRuns: 40 },
  );
});

it('is noise to another key, and not taken by another batch', async () => {
  const [name, key] = [newPath(), await newKey()];
  await write(name, key, ['secret-secret-secret']);
  expect(readFileSync(name).includes('secret')).toBe(false);
  const file = openFile(name);
  await expect(Checkpoint.open(file, key, 'batch-2', crypto)).rejects.toThrow(CheckpointDamaged);
  const checkpoint = await Checkpoint.open(file, await newKey(), 'batch-1', crypto);
  expect(checkpoint.records).toBe(0);
  checkpoint.close();
});

it('says so when the disk is full, and stays readable', async () => {
  const [name, key] = [newPath(), await newKey()];
  await write(name, key, ['one']);
  const real = openFile(name);
  const full: CheckpointFile = {
    ...real,
    write: (buffer, options) => real.write(buffer.slice(0, 10), options),
  };
  const checkpoint = await Checkpoint.open(full, key, 'batch-1', crypto);
  await expect(checkpoint.append(new TextEncoder().encode('two'))).rejects.toThrow('too little room');
  expect(await contents(checkpoint)).toEqual(['one']);
  checkpoint.close();
});

it('leaves nothing of an append that failed for a shorter one to stand before', async () => {
  const [name, key] = [newPath(), await newKey()];
  const real = openFile(name);
  const failures = [new DOMException('full', 'QuotaExceededError')];
  const full: CheckpointFile = {
    ...real,
    write(buffer, options) {
      const failure = failures.pop();
      if (failure === undefined) return real.write(buffer, options);
      real.write(buffer.slice(0, -1), options);
      throw failure;
    },
  };
  const checkpoint = await Checkpoint.open(full, key, 'batch-1', crypto);
  await expect(checkpoint.append(new Uint8Array(500))).rejects.toThrow('full');
  await checkpoint.append(new TextEncoder().encode('short'));
  checkpoint.close();
  const again = await Checkpoint.open(openFile(name), key, 'batch-1', crypto);
  expect(await contents(again)).toEqual(['short']);
  again.close();
});

it('refuses a record that it could not read again, before a byte of it is written', async () => {
  const [name, key] = [newPath(), await newKey()];
  const checkpoint = await Checkpoint.open(openFile(name), key, 'batch-1', crypto);
  await expect(checkpoint.append(new Uint8Array(64 * 1024 * 1024 - 15))).rejects.toThrow(RecordTooBig);
  expect(readFileSync(name).length).toBe(0);
  checkpoint.close();
});

/** Where each record ends in the file. */
function endsOf(texts: readonly string[]): number[] {
  let end = 0;
  return texts.map((text) => {
    end += HEADER_BYTES + text.length + TAG_BYTES;
    return end;
  });
}

const records = fc.array(fc.string({ unit: 'grapheme-ascii', maxLength: 200 }), {
  minLength: 2,
  maxLength: 6,
});

it('with any octet changed that another whole record follows, is refused and stays as it is', async () => {
  const key = await newKey();
  await fc.assert(
    fc.asyncProperty(records, fc.nat(), fc.integer({ min: 1, max: 255 }), async (texts, place, change) => {
      const name = newPath();
      await write(name, key, texts);
      const changed = readFileSync(name);
      const lastAt = endsOf(texts).at(-2) ?? 0;
      const at = place % lastAt;
      changed[at] = (changed[at] ?? 0) ^ change;
      await expectDamaged(changed, key);
    }),
    { numRuns: 60 },
  );
});

it('with any octet of any header changed, the last one’s too, is refused and stays as it is', async () => {
  const [name, key] = [newPath(), await newKey()];
  const texts = ['plan', 'first chunk', 'second'];
  await write(name, key, texts);
  const whole = readFileSync(name);
  for (const start of [0, ...endsOf(texts).slice(0, -1)]) {
    for (let at = start; at < start + HEADER_BYTES; at += 1) {
      for (const change of [0x01, 0x80, 0xff]) {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ change;
        await expectDamaged(changed, key);
      }
    }
  }
});

it('with a length that reaches beyond the file, or two headers gone, loses nothing that stands behind', async () => {
  const [name, key] = [newPath(), await newKey()];
  const texts = ['plan', '', 'second', 'third'];
  await write(name, key, texts);
  const long = readFileSync(name);
  long.writeUInt32BE(10_000_000, endsOf(texts)[0] ?? 0);
  await expectDamaged(long, key);
  const [first = 0, , third = 0] = endsOf(texts);
  const gone = readFileSync(name).fill(0, first, third);
  await expectDamaged(gone, key);
});

async function expectDamaged(content: Buffer, key: CryptoKey): Promise<void> {
  const name = newPath();
  writeFileSync(name, content);
  const file = openFile(name);
  await expect(Checkpoint.open(file, key, 'batch-1', crypto)).rejects.toThrow(CheckpointDamaged);
  file.close();
  expect(readFileSync(name).equals(content)).toBe(true);
}

it('cuts off a tail that has grown but was not filled', async () => {
  const [name, key] = [newPath(), await newKey()];
  await write(name, key, ['one']);
  writeFileSync(name, Buffer.concat([readFileSync(name), Buffer.alloc(70_000)]));
  const checkpoint = await Checkpoint.open(openFile(name), key, 'batch-1', crypto);
  expect(await contents(checkpoint)).toEqual(['one']);
  await checkpoint.append(new TextEncoder().encode('two'));
  checkpoint.close();
  const again = await Checkpoint.open(openFile(name), key, 'batch-1', crypto);
  expect(await contents(again)).toEqual(['one', 'two']);
  again.close();
});

it('devices come back from a chunk as they went in', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((part) => Uint8Array.from(part));
  const devices: fc.Arbitrary<IssuedDevice[]> = fc.array(
    fc.record({
      index: fc.nat(100_000),
      key: fc.option(bytes, { nil: undefined }),
      certificate: bytes,
      passphrase: fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), { nil: undefined }),
    }),
  );
  fc.assert(
    fc.property(devices, (given) => {
      expect(unpackChunk(packChunk(given))).toEqual(given);
    }),
  );
});
