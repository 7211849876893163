import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { crc32 } from './crc32';
import type { ArchivePart } from './part-buffer';
import { AsideBuffer } from './set-aside';
import { ZipWriter } from './zip-writer';

const directory = mkdtempSync(path.join(tmpdir(), 'zip-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const MODIFIED = new Date('2026-03-04T05:06:08Z');

async function archive(
  entries: { name: string; content: Uint8Array; isSecret?: boolean }[],
): Promise<Uint8Array> {
  const parts: ArchivePart[] = [];
  const zip = new ZipWriter((part) => parts.push(part), MODIFIED);
  for (const entry of entries) zip.add(entry);
  zip.end();
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** Python's zipfile checks every CRC and header; it knows Zip64. */
function readByPython(file: string): {
  names: number;
  first: string;
  mode: number;
  time: number[];
  bad: string | null;
} {
  const script = [
    'import sys,zipfile,json',
    'z=zipfile.ZipFile(sys.argv[1])',
    'i=z.infolist()',
    'print(json.dumps({"names":len(i),"first":i[0].filename,"mode":i[0].external_attr>>16,"time":i[0].date_time,"bad":z.testzip()}))',
  ].join('\n');
  return JSON.parse(execFileSync('python3', ['-c', script, file]).toString());
}

describe('an archive', () => {
  it('comes back as it was put in, whatever the names and bytes', async () => {
    const entries = fc.uniqueArray(
      fc.record({
        name: fc
          .stringMatching(/^[\p{L}0-9 ._-]{1,40}(\/[\p{L}0-9._-]{1,40})?$/u)
          // The reader's answer is an object, which cannot have it as a key.
          .filter((name) => name !== '__proto__'),
        content: fc.uint8Array({ maxLength: 3000 }),
      }),
      { selector: ({ name }) => name, maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(entries, async (given) => {
        const found = unzipSync(await archive(given));
        expect(new Set(Object.keys(found))).toEqual(new Set(given.map(({ name }) => name)));
        for (const { name, content } of given)
          expect(Buffer.from(found[name] ?? []).equals(content)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('holds what was set aside as one file, and fills parts again that are given back', async () => {
    const parts: Blob[] = [];
    const zip = new ZipWriter((part) => {
      parts.push(new Blob([part]));
      zip.recycle(part);
    }, MODIFIED);
    const big = new Uint8Array(3 * 1024 * 1024).map((_, at) => at % 251);
    const aside = new AsideBuffer();
    for (const piece of [big, big.subarray(7), big]) aside.write(piece);
    zip.add({ name: 'parts', content: aside.end() });
    zip.add({ name: 'whole', content: big });
    zip.end();
    const found = new Map(Object.entries(unzipSync(new Uint8Array(await new Blob(parts).arrayBuffer()))));
    expect(Buffer.concat([big, big.subarray(7), big]).equals(found.get('parts') ?? new Uint8Array())).toBe(
      true,
    );
    expect(Buffer.from(big).equals(found.get('whole') ?? new Uint8Array())).toBe(true);
  });

  it('keeps private keys from other users when it is unpacked, and its time', async () => {
    const file = path.join(directory, 'mode.zip');
    writeFileSync(
      file,
      await archive([{ name: 'pump-1/鍵.key', content: Uint8Array.of(1), isSecret: true }]),
    );
    expect(readByPython(file)).toEqual({
      names: 1,
      first: 'pump-1/鍵.key',
      mode: 0o100600,
      time: [2026, 3, 4, 5, 6, 8],
      bad: null,
    });
  });

  it.each([
    { entries: 65_534, reason: 'the last number of entries that the plain record holds' },
    { entries: 65_535, reason: 'the first that needs Zip64' },
    { entries: 70_000, reason: 'beyond' },
  ])('holds $entries entries: $reason', { timeout: 60_000 }, async ({ entries }) => {
    const file = path.join(directory, `${entries}.zip`);
    const content = new TextEncoder().encode('x');
    const named = Array.from({ length: entries }, (_, at) => ({ name: `d${at}`, content }));
    writeFileSync(file, await archive(named));
    expect(readByPython(file)).toMatchObject({ names: entries, first: 'd0', bad: null });
  });

  it('grows beyond 4 GB', { timeout: 120_000 }, async () => {
    const file = path.join(directory, 'big.zip');
    const descriptor = openSync(file, 'w');
    const zeroes = Buffer.alloc(4 * 1024 * 1024);
    let at = 0;
    // A file of holes: the parts of zeroes take no room on the disk.
    const put = (part: Uint8Array) => {
      if (!zeroes.equals(part)) writeSync(descriptor, part, 0, part.length, at);
      at += part.length;
    };
    const tail: ArchivePart[] = [];
    const zip = new ZipWriter((part) => {
      // From the directory on, which is a Blob.
      if (part instanceof Blob || tail.length > 0) tail.push(part);
      else put(part);
    }, MODIFIED);
    const big = new Uint8Array(512 * 1024 * 1024);
    for (let number = 0; number < 9; number += 1) zip.add({ name: `big-${number}`, content: big });
    zip.add({ name: 'last', content: new TextEncoder().encode('the end') });
    zip.end();
    put(new Uint8Array(await new Blob(tail).arrayBuffer()));
    closeSync(descriptor);
    expect(statSync(file).size).toBe(at);
    const script =
      'import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);print(len(z.infolist()),z.read("last").decode(),z.getinfo("last").header_offset>2**32)';
    expect(execFileSync('python3', ['-c', script, file]).toString().trim()).toBe('10 the end True');
  });
});

it('computes CRC-32 as zlib does', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), fc.nat(7), (bytes, skip) => {
      const view = bytes.subarray(Math.min(skip, bytes.length));
      expect(crc32(view)).toBe(zlibCrc32(view));
      expect(crc32(view, crc32(bytes))).toBe(zlibCrc32(view, zlibCrc32(bytes)));
    }),
  );
});
