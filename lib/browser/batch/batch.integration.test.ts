import { execFileSync } from 'node:child_process';
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { devicesOfPattern } from '@/lib/batch/batch-device';
import { readPattern } from '@/lib/batch/pattern';
import { createLeafIssuer, type LeafIssuer, makeDeviceKey } from '@/lib/pki/bulk/leaf-issuer';
import { issueCaCertificate } from '@/lib/pki/ca-certificate';
import type { DeviceFormat } from '@/lib/pki/formats/device-format';
import { generateKeyPair } from '@/lib/pki/key-algorithm';
import { expectOk } from '@/lib/testing/expect-ok';
import { issueChunk, readChunk } from './batch-issuer';
import { BatchOutput, type BatchOutputPlan } from './batch-output';
import { type Folder, folderSink, type PartWriter, zipBlobSink, zipFileSink } from './batch-sink';
import { Checkpoint, type CheckpointFile } from './checkpoint';
import { FailedInARow } from './failed-in-a-row';

const directory = mkdtempSync(path.join(tmpdir(), 'batch-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const now = new Date();
const DEVICES = devicesOfPattern(expectOk(readPattern('pump-{1..40}')), { organization: 'Fab' }).devices;

let issuer: LeafIssuer;
let ca: { pem: string; der: Uint8Array<ArrayBuffer> };
beforeAll(async () => {
  const keys = await generateKeyPair('P-256', crypto);
  ca = expectOk(
    await issueCaCertificate({ subject: { organization: 'Fab' }, validityDays: 30, keys }, { crypto, now }),
  );
  const request = { caPem: ca.pem, caKey: keys.privateKey, validityDays: 10, algorithm: 'P-256' as const };
  issuer = expectOk(await createLeafIssuer(request, { crypto, now }));
});

/** Bytes in memory behind the browser's interface. */
function memoryFile(): CheckpointFile {
  let bytes = new Uint8Array();
  return {
    read(buffer, { at }) {
      const found = bytes.subarray(at, at + buffer.length);
      buffer.set(found);
      return found.length;
    },
    write(buffer, { at }) {
      const grown = new Uint8Array(Math.max(bytes.length, at + buffer.length));
      grown.set(bytes);
      grown.set(buffer, at);
      bytes = grown;
      return buffer.length;
    },
    truncate(size) {
      bytes = bytes.slice(0, size);
    },
    flush: () => undefined,
    getSize: () => bytes.length,
    close: () => undefined,
  };
}

async function issueAll({ hasOwnPassphrases = false } = {}) {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  const checkpoint = await Checkpoint.open(memoryFile(), key, 'b', crypto);
  const indexed = DEVICES.map((device, index) => ({ index, device }));
  const chunks = [];
  for (const devices of [indexed.slice(0, 25), indexed.slice(25)]) {
    const request = {
      devices,
      makeKey: () => makeDeviceKey('P-256', crypto),
      hasOwnPassphrases,
      row: new FailedInARow(),
    };
    const { issued } = await issueChunk(request, issuer, checkpoint, crypto);
    if (issued !== undefined) chunks.push(issued);
  }
  return { checkpoint, chunks };
}

function planOf(formats: readonly DeviceFormat[], rest: Partial<BatchOutputPlan> = {}): BatchOutputPlan {
  return {
    choice: { formats, pkcs12Mac: 'SHA-256', deviceClientDirectory: '/etc/device' },
    layout: 'folders',
    passphrase: undefined,
    passphraseList: 'apart',
    surroundings: { issuers: [ca.der], serverRootPem: 'root\n', host: 'localhost', port: 8883 },
    caRootPem: undefined,
    names(index) {
      const name = DEVICES[index]?.subject.commonName ?? '';
      return { commonName: name, thingName: name };
    },
    readme: 'Read me\n',
    ...rest,
  };
}

function fileWriter(name: string): PartWriter {
  const parts: Uint8Array[] = [];
  return {
    write: async (part) => void parts.push(new Uint8Array(await new Blob([part]).arrayBuffer())),
    close: async () => writeFileSync(name, Buffer.concat(parts)),
    abort: async () => undefined,
  };
}

function unzip(name: string): string {
  const into = mkdtempSync(path.join(directory, 'unzipped-'));
  execFileSync('python3', [
    '-c',
    'import sys,zipfile;zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])',
    name,
    into,
  ]);
  return into;
}

describe('a batch', () => {
  it('tells the ledger each device once, in the order of the list, and again after a restart of the page', async () => {
    const { checkpoint, chunks } = await issueAll();
    expect(chunks.flatMap(({ devices }) => devices.map(({ index }) => index))).toEqual(
      DEVICES.map((_, at) => at),
    );
    for (const chunk of chunks) expect(await readChunk(chunk.chunk, checkpoint)).toEqual(chunk);
  });

  it('comes out as a ZIP in which every key is its certificate’s, and the manifest is true', async () => {
    const { checkpoint, chunks } = await issueAll();
    const file = path.join(directory, 'batch.zip');
    const output = new BatchOutput(planOf(['pem']), zipFileSink(fileWriter(file), now), crypto);
    for (const { chunk } of chunks) await output.write(await checkpoint.read(chunk));
    const { manifestSha256, devices, archive } = await output.end();
    expect([devices, archive]).toEqual([DEVICES.length, undefined]);

    const root = unzip(file);
    const manifest = readFileSync(path.join(root, 'manifest.jsonl'));
    expect(createHash('sha256').update(manifest).digest('hex')).toBe(manifestSha256);
    const lines = manifest
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ commonName }) => commonName)).toEqual(
      DEVICES.map(({ subject }) => subject.commonName),
    );
    for (const { commonName, certificateId, serialNumber, files } of lines) {
      for (const { name, sha256 } of files) {
        expect(
          createHash('sha256')
            .update(readFileSync(path.join(root, name)))
            .digest('hex'),
        ).toBe(sha256);
      }
      const stem = `${commonName}-${certificateId.slice(0, 8)}`;
      const read = (suffix: string) => readFileSync(path.join(root, stem, `${stem}${suffix}`));
      const certificate = new X509Certificate(read('.crt'));
      expect(certificate.serialNumber.toLowerCase()).toBe(serialNumber);
      expect(certificate.checkPrivateKey(createPrivateKey(read('.key')))).toBe(true);
      expect(certificate.verify(new X509Certificate(ca.pem).publicKey)).toBe(true);
      expect(read('-chain.crt').toString()).toBe(read('.crt').toString() + ca.pem);
    }
    const rows = readFileSync(path.join(root, 'manifest.csv'), 'utf8').trim().split('\n');
    expect(rows).toHaveLength(1 + DEVICES.length * 3);
    expect(readFileSync(path.join(root, 'server-root.pem'), 'utf8')).toBe('root\n');
    expect(readFileSync(path.join(root, 'README.txt'), 'utf8')).toBe('Read me\n');
    // Whatever the formats: those of PEM name no endpoint.
    expect(JSON.parse(readFileSync(path.join(root, 'endpoint.json'), 'utf8'))).toEqual({
      endpoint: 'localhost',
      port: 8883,
      serverRoot: 'server-root.pem',
    });
  });

  it('gives each device a passphrase of its own, which opens its file and no other', async () => {
    const { checkpoint, chunks } = await issueAll({ hasOwnPassphrases: true });
    const output = new BatchOutput(planOf(['pkcs12'], { layout: 'flat' }), zipBlobSink(now), crypto);
    for (const { chunk } of chunks) await output.write(await checkpoint.read(chunk));
    const { archive, passphrases } = await output.end();
    const file = path.join(directory, 'own.zip');
    writeFileSync(file, Buffer.from((await archive?.arrayBuffer()) ?? new ArrayBuffer(0)));
    const root = unzip(file);
    const list = passphrases instanceof Blob ? await passphrases.text() : '';
    const [, ...rows] = list.trim().split('\n');
    expect(new Set(rows.map((row) => row.split(',')[2])).size).toBe(DEVICES.length);
    const [[commonName = '', certificateId = '', passphrase = ''] = [], [, , other = ''] = []] = rows.map(
      (row) => row.split(','),
    );
    expect(passphrase).toMatch(/^([A-HJ-NP-Z2-9]{6}-){3}[A-HJ-NP-Z2-9]{6}$/);
    const p12 = path.join(root, `${commonName}-${certificateId.slice(0, 8)}.p12`);
    const open = (word: string) =>
      execFileSync('openssl', ['pkcs12', '-in', p12, '-passin', `pass:${word}`, '-noout'], { stdio: 'pipe' });
    expect(() => open(passphrase)).not.toThrow();
    expect(() => open(other)).toThrow();
    // Whoever has the files has no passphrase, under whatever name.
    const words = rows.map((row) => row.split(',')[2] ?? '');
    for (const name of readdirSync(root)) {
      const content = readFileSync(path.join(root, name), 'latin1');
      expect(words.filter((word) => content.includes(word))).toEqual([]);
    }
  });

  it('has the list of passphrases among its files only where it was asked to', async () => {
    const { checkpoint, chunks } = await issueAll({ hasOwnPassphrases: true });
    const root = mkdtempSync(path.join(directory, 'inside-'));
    const plan = planOf(['encrypted-key'], { layout: 'flat', passphraseList: 'inside' });
    const output = new BatchOutput(plan, folderSink(diskFolder(root)), crypto);
    const [first] = chunks;
    await output.write(await checkpoint.read(first?.chunk ?? 0));
    expect((await output.end()).passphrases).toBe('inside');
    expect(readFileSync(path.join(root, 'passphrases.csv'), 'utf8').split('\n')).toHaveLength(25 + 2);
  });

  it('goes file by file into a folder', async () => {
    const { checkpoint, chunks } = await issueAll();
    const root = mkdtempSync(path.join(directory, 'folder-'));
    const output = new BatchOutput(planOf(['der', 'pkcs7']), folderSink(diskFolder(root)), crypto);
    for (const { chunk } of chunks) await output.write(await checkpoint.read(chunk));
    await output.end();
    const found = readdirSync(root);
    expect(found).toHaveLength(DEVICES.length + 5);
    expect(found).toContain('manifest.jsonl');
    const [first = ''] = found.filter((name) => name.startsWith('pump-'));
    expect(new Set(readdirSync(path.join(root, first)))).toEqual(
      new Set([`${first}.cer`, `${first}.key.der`, `${first}.p7b`]),
    );
    expect(statSync(path.join(root, first, `${first}.cer`)).size).toBeGreaterThan(200);
  });
});

function diskFolder(root: string): Folder {
  return {
    async getDirectoryHandle(name) {
      execFileSync('mkdir', ['-p', path.join(root, name)]);
      return diskFolder(path.join(root, name));
    },
    async getFileHandle(name) {
      return { createWritable: async () => fileWriter(path.join(root, name)) };
    },
  };
}
