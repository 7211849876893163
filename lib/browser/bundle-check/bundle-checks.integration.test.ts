import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SetAside } from '@/lib/browser/archive/set-aside';
import { ZipWriter } from '@/lib/browser/archive/zip-writer';
import { BatchManifest } from '@/lib/browser/batch/batch-manifest';
import { createLeafIssuer, makeDeviceKey } from '@/lib/pki/bulk/leaf-issuer';
import { fileStem } from '@/lib/pki/bundle-names';
import { issueCaCertificate } from '@/lib/pki/ca-certificate';
import { sha256Hex } from '@/lib/pki/digest';
import { deviceFiles } from '@/lib/pki/formats/device-files';
import type { DeviceFormat } from '@/lib/pki/formats/device-format';
import { generateKeyPair, type KeyAlgorithm } from '@/lib/pki/key-algorithm';
import { expectOk } from '@/lib/testing/expect-ok';
import type { CheckAgainst, CheckedDevices } from './bundle-check.protocol';
import { BundleChecks } from './bundle-checks';

const now = new Date();
const context = { crypto, now };
const directory = mkdtempSync(path.join(tmpdir(), 'check-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

type Files = Map<string, Uint8Array<ArrayBuffer>>;
type Made = { files: Files; caPem: string; ids: string[] };

async function makeCa(algorithm: KeyAlgorithm) {
  const keys = await generateKeyPair(algorithm, crypto);
  const subject = { commonName: `CA ${algorithm}` };
  const { pem, der } = expectOk(await issueCaCertificate({ subject, validityDays: 30, keys }, context));
  return { caPem: pem, der, caKey: keys.privateKey, validityDays: 20 };
}

const bytesOf = async ({ parts }: SetAside) => new Uint8Array(await new Blob([...parts]).arrayBuffer());

/** The files of a batch of three, as they are written out. */
async function makeBatch(
  formats: readonly DeviceFormat[] = ['pem', 'der'],
  { ca: caAlgorithm = 'P-256', device = 'P-256' }: { ca?: KeyAlgorithm; device?: KeyAlgorithm } = {},
): Promise<Made> {
  const ca = await makeCa(caAlgorithm);
  const issuer = expectOk(await createLeafIssuer({ ...ca, algorithm: device }, context));
  const files: Files = new Map();
  const manifest = new BatchManifest(crypto);
  const ids: string[] = [];
  for (const commonName of ['pump-1', 'pump-2', 'pump, "3"']) {
    const leaf = await issuer.issue({ commonName, country: 'DE' }, await makeDeviceKey(device, crypto));
    const certificateId = sha256Hex(leaf.certificate);
    const stem = fileStem(commonName, certificateId);
    const made = await deviceFiles(
      {
        key: leaf.key,
        certificate: leaf.certificate,
        thingName: commonName,
        stem,
        passphrase: 'correct horse',
      },
      { issuers: [ca.der], serverRootPem: 'root\n', serverRootName: 'r', host: 'localhost', port: 8883 },
      { formats, pkcs12Mac: 'SHA-256', deviceClientDirectory: '/etc' },
      crypto,
    );
    const own = made.map(({ name, content }) => ({ name: `${stem}/${name}`, content }));
    for (const { name, content } of own) files.set(name, content);
    const serialNumber = new X509Certificate(leaf.certificate).serialNumber.toLowerCase();
    await manifest.add({ commonName, serialNumber, certificateId, files: own });
    ids.push(certificateId);
  }
  const { lines, table } = manifest.end();
  files.set('server-root.pem', strToU8('root\n'));
  files.set('endpoint.json', strToU8('{"endpoint":"localhost","port":8883}\n'));
  files.set('README.txt', strToU8('Read me\n'));
  files.set('manifest.jsonl', await bytesOf(lines));
  files.set('manifest.csv', await bytesOf(table));
  return { files, caPem: ca.caPem, ids };
}

function ourZip(files: Files): Blob {
  const parts: Blob[] = [];
  const zip = new ZipWriter((part) => parts.push(new Blob([part])), now);
  for (const [name, content] of files) zip.add({ name, content });
  zip.end();
  return new Blob(parts);
}

async function checkAll(checks: BundleChecks, archive: Blob, against: Partial<CheckAgainst> = {}) {
  const opened = expectOk(await checks.open({ source: { kind: 'archive', archive } }, context));
  return { opened, ...(await goThrough(checks, opened.check, against)) };
}

async function goThrough(checks: BundleChecks, check: string, against: Partial<CheckAgainst>) {
  const asked = { caPem: undefined, templateBody: undefined, ...against };
  const sums: CheckedDevices[] = [];
  for (;;) {
    const some = expectOk(await checks.next({ check, against: asked, devicesMax: 2 }, context));
    if (some === null) break;
    sums.push(some);
  }
  const rest = expectOk(await checks.end({ check }));
  const sum = (of: (some: CheckedDevices) => number) => sums.reduce((total, some) => total + of(some), 0);
  return {
    rest,
    devices: sum(({ devices }) => devices),
    keysMatching: sum(({ keysMatching }) => keysMatching),
    keysLocked: sum(({ keysLocked }) => keysLocked),
    signatures: sum(({ signatures }) => signatures),
    templates: sum(({ templates }) => templates),
    faults: sums.flatMap(({ faulty }) => faulty.map(({ line, fault }) => `${line} ${fault.kind}`)),
  };
}

const GOOD = { devices: 3, keysMatching: 3, signatures: 3, faults: [] };
const NO_REST = { unlisted: [], unlistedCount: 0, isTableEqual: true };

let good: Made;
beforeAll(async () => {
  good = await makeBatch();
});

describe('a batch that is right', () => {
  it.each([
    ['P-256', 'P-256'],
    ['P-384', 'P-384'],
    ['RSA-2048', 'P-256'],
    ['P-256', 'RSA-2048'],
  ] as const)('under a CA of %s with devices of %s has no fault', async (ca, device) => {
    const { files, caPem } = await makeBatch(['pem', 'pkcs7', 'c-header'], { ca, device });
    expect(await checkAll(new BundleChecks(), ourZip(files), { caPem })).toMatchObject({
      ...GOOD,
      rest: NO_REST,
    });
  });

  it('is known by the digest of its manifest and its first devices', async () => {
    const { opened } = await checkAll(new BundleChecks(), ourZip(good.files), { caPem: good.caPem });
    const manifest = good.files.get('manifest.jsonl') ?? new Uint8Array();
    expect(opened).toMatchObject({
      devices: 3,
      files: good.files.size,
      manifestSha256: sha256Hex(manifest),
      certificateIds: good.ids,
      serverRootPem: 'root\n',
    });
  });

  it('is right as well when it was unpacked and packed again by another tool, in a folder and deflated', async () => {
    const packed = zipSync(
      Object.fromEntries([...good.files].map(([name, content]) => [`batch/${name}`, content])),
    );
    expect(await checkAll(new BundleChecks(), new Blob([packed.slice()]))).toMatchObject({
      ...GOOD,
      rest: NO_REST,
    });
    const into = mkdtempSync(path.join(directory, 'python-'));
    for (const [name, content] of good.files)
      writeFileSync(path.join(into, name.replaceAll('/', '__')), content);
    execFileSync('python3', ['-c', PYTHON_ZIP, into]);
    const archive = new Blob([readFileSync(path.join(into, 'out.zip'))]);
    expect(await checkAll(new BundleChecks(), archive)).toMatchObject({ ...GOOD, rest: NO_REST });
  });

  it('is right as a folder', async () => {
    const checks = new BundleChecks();
    const files = [...good.files].map(([name, content]) => ({ path: name, file: new Blob([content]) }));
    const { check } = expectOk(await checks.open({ source: { kind: 'folder', files } }, context));
    expect(await goThrough(checks, check, { caPem: good.caPem })).toMatchObject({ ...GOOD, rest: NO_REST });
  });

  it('counts keys under a passphrase as locked', async () => {
    const { files, caPem } = await makeBatch(['encrypted-key', 'pkcs12']);
    expect(await checkAll(new BundleChecks(), ourZip(files), { caPem })).toMatchObject({
      ...GOOD,
      keysMatching: 0,
      keysLocked: 3,
    });
  }, 30_000);
});

/** Zip64 in every entry, as Python writes where sizes are not known before. */
const PYTHON_ZIP = `
import os,sys,zipfile
root=sys.argv[1]
with zipfile.ZipFile(os.path.join(root,'out.zip'),'w',zipfile.ZIP_DEFLATED) as out:
    for name in sorted(os.listdir(root)):
        if name=='out.zip': continue
        with out.open(name.replace('__','/'),'w',force_zip64=True) as entry:
            entry.write(open(os.path.join(root,name),'rb').read())
`;

/** Another batch's file under a name of this one. */
type Spoil = (files: Files, names: { first: string; second: string }) => void;

const SPOILED: [string, Spoil, string[]][] = [
  [
    'a file is changed',
    (files, { first }) => files.set(`${first}.crt`, strToU8('hello')),
    ['1 file-changed', '1 certificate-unreadable'],
  ],
  ['a file is missing', (files, { second }) => files.delete(`${second}.key`), ['2 file-missing']],
  [
    'two devices’ keys are swapped',
    (files, { first, second }) => {
      const key = files.get(`${first}.key`) ?? new Uint8Array();
      files.set(`${first}.key`, files.get(`${second}.key`) ?? new Uint8Array());
      files.set(`${second}.key`, key);
    },
    ['1 file-changed', '1 key-differs', '2 file-changed', '2 key-differs'],
  ],
  [
    'two devices’ certificates are swapped',
    (files, { first, second }) => files.set(`${first}.crt`, files.get(`${second}.crt`) ?? new Uint8Array()),
    ['1 file-changed', '1 certificate-differs'],
  ],
  [
    'a line of the manifest is damaged',
    (files) => files.set('manifest.jsonl', strToU8(`${textOf(files, 'manifest.jsonl')}{"commonName":1}\n`)),
    ['4 line-unreadable'],
  ],
  [
    'a device stands twice',
    (files) => {
      const text = textOf(files, 'manifest.jsonl');
      files.set('manifest.jsonl', strToU8(`${text}${text.split('\n')[0]}\n`));
    },
    ['4 device-twice'],
  ],
  [
    'the manifest gives a device another name',
    (files) =>
      files.set('manifest.jsonl', strToU8(textOf(files, 'manifest.jsonl').replace('"pump-1"', '"pump-9"'))),
    ['1 certificate-differs'],
  ],
];

const textOf = (files: Files, name: string) => Buffer.from(files.get(name) ?? []).toString();

describe('a batch that is wrong', () => {
  it.each(SPOILED)('is found out when %s', async (_, spoil, faults) => {
    const files = new Map(good.files);
    const stems = [...files.keys()]
      .filter((name) => name.endsWith('-chain.crt'))
      .map((name) => name.slice(0, -10));
    spoil(files, { first: stems[0] ?? '', second: stems[1] ?? '' });
    const checked = await checkAll(new BundleChecks(), ourZip(files), { caPem: good.caPem });
    expect(checked.faults).toEqual(faults);
  });

  it('is found out when somebody put a file beside it, or changed the table', async () => {
    const files = new Map(good.files)
      .set('extra/backdoor.key', strToU8('x'))
      .set('manifest.csv', strToU8('a,b\n'));
    const { rest } = await checkAll(new BundleChecks(), ourZip(files));
    expect(rest).toEqual({ unlisted: ['extra/backdoor.key'], unlistedCount: 1, isTableEqual: false });
  });

  it('is found out when the ledger’s CA did not sign it', async () => {
    const other = await makeCa('P-256');
    const { faults } = await checkAll(new BundleChecks(), ourZip(good.files), { caPem: other.caPem });
    expect(new Set(faults)).toEqual(new Set(['1 issuer-differs', '2 issuer-differs', '3 issuer-differs']));
  });

  it('is found out when its time is over', async () => {
    const checks = new BundleChecks();
    const { check } = expectOk(
      await checks.open({ source: { kind: 'archive', archive: ourZip(good.files) } }, context),
    );
    const later = { crypto, now: new Date(now.getTime() + 25 * 86_400_000) };
    const against = { caPem: good.caPem, templateBody: undefined };
    const some = expectOk(await checks.next({ check, against, devicesMax: 9 }, later));
    expect(some?.faulty.map(({ fault }) => fault.kind)).toEqual(['expired', 'expired', 'expired']);
  });

  it('is found out when the CA’s template would not take its devices', async () => {
    const templateBody = JSON.stringify({
      Parameters: { 'AWS::IoT::Certificate::Organization': { Type: 'String' } },
      Resources: {
        thing: {
          Type: 'AWS::IoT::Thing',
          Properties: { ThingName: { Ref: 'AWS::IoT::Certificate::Organization' } },
        },
        certificate: {
          Type: 'AWS::IoT::Certificate',
          Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE' },
        },
      },
    });
    const { faults, templates } = await checkAll(new BundleChecks(), ourZip(good.files), { templateBody });
    expect(templates).toBe(0);
    expect(faults).toEqual(['1 template-refuses', '2 template-refuses', '3 template-refuses']);
  });
});

describe('what is no batch', () => {
  const open = (archive: Blob) => new BundleChecks().open({ source: { kind: 'archive', archive } }, context);
  const zipOf = (files: Record<string, string>) =>
    zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

  it.each([
    ['archive-not-zip', () => new Uint8Array(0), 'nothing'],
    ['archive-not-zip', () => strToU8('hello'.repeat(9999)), 'another file'],
    ['archive-not-zip', () => zipOf({ 'manifest.jsonl': '{}' }).slice(0, -30), 'an archive that was cut off'],
    ['manifest-missing', () => zipOf({ 'README.txt': 'x' }), 'an archive without a manifest'],
    ['archive-damaged', () => damaged(zipOf({ 'manifest.jsonl': '{}' })), 'a directory that is no directory'],
    ['archive-encrypted', () => encrypted(zipOf({ 'manifest.jsonl': '{}' })), 'an archive under a password'],
  ])('is refused as %s', async (kind, make) => {
    const opened = await open(new Blob([make().slice()]));
    expect(opened).toMatchObject({ ok: false, failure: { kind } });
  });

  it('never throws, whichever byte of an archive is changed', async () => {
    const archive = zipOf({ 'manifest.jsonl': '{}\n{}', 'a/b.crt': 'x' });
    for (let at = 0; at < archive.length; at += 1) {
      const changed = archive.slice();
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      const checks = new BundleChecks();
      const opened = await checks.open(
        { source: { kind: 'archive', archive: new Blob([changed]) } },
        context,
      );
      if (opened.ok) await goThrough(checks, opened.value.check, {});
    }
  });

  it('is let go of when another one is opened', async () => {
    const checks = new BundleChecks();
    const archive = ourZip(good.files);
    const first = expectOk(await checks.open({ source: { kind: 'archive', archive } }, context));
    expectOk(await checks.open({ source: { kind: 'archive', archive } }, context));
    const against = { caPem: undefined, templateBody: undefined };
    const asked = await checks.next({ check: first.check, against, devicesMax: 1 }, context);
    expect(asked).toMatchObject({ ok: false, failure: { kind: 'check-closed' } });
  });
});

it('an archive of seventy thousand files, which needs Zip64, is read by its directory', async () => {
  const parts: Blob[] = [];
  const zip = new ZipWriter((part) => parts.push(new Blob([part])), now);
  for (let index = 0; index < 70_000; index += 1) zip.add({ name: `f-${index}`, content: new Uint8Array(1) });
  for (const [name, content] of good.files) zip.add({ name, content });
  zip.end();
  const checked = await checkAll(new BundleChecks(), new Blob(parts));
  expect(checked).toMatchObject({ ...GOOD, rest: { unlistedCount: 70_000, isTableEqual: true } });
  expect(checked.rest.unlisted.length).toBeLessThan(100);
});

/** The signature of the first header of the directory. */
function damaged(zip: Uint8Array): Uint8Array {
  const copy = zip.slice();
  copy[Buffer.from(copy).indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 2] = 9;
  return copy;
}

function encrypted(zip: Uint8Array): Uint8Array {
  const copy = zip.slice();
  const at = Buffer.from(copy).indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 8;
  copy[at] = (copy[at] ?? 0) | 1;
  return copy;
}
