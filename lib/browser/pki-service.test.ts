import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { issueCaCertificate } from '@/lib/pki/ca-certificate';
import { createCsr } from '@/lib/pki/csr';
import { generateKeyPair } from '@/lib/pki/key-algorithm';
import { exportPrivateKeyPem } from '@/lib/pki/private-key-pem';
import { expectOk } from '@/lib/testing/expect-ok';
import { createPkiService, type PkiService } from './pki-service';

const PASSPHRASE = 'correct horse battery';
const NEW_CA = {
  subject: { country: 'IN', organization: 'AMZ' },
  algorithm: 'P-256',
  validityDays: 30,
} as const;
const WORDS = {
  title: 'Title',
  firstConnect: 'First',
  expectedDrop: 'Dropped',
  subscribe: 'Subscribe',
  publish: 'Publish',
  ownKey: 'Own key',
  hierarchy: 'Hierarchy',
};
const TARGET = {
  host: 'localhost',
  port: 8883,
  thingName: 'Demo Thing',
  serverRootPem: 'ROOT\n',
  words: WORDS,
};
const DEVICE = {
  kind: 'new-key',
  subject: { country: 'IN', commonName: 'Demo Thing' },
  algorithm: 'P-256',
} as const;

const start = () => createPkiService(crypto, () => new Date());

/** What left the service, as text: no answer but the bundle may hold a key. */
const spoken = (answer: unknown) => JSON.stringify(answer);

describe('a CA key', () => {
  let service: PkiService;
  let ca: { keyHandle: string; caPem: string };
  let encryptedKeyPem: string;
  beforeAll(async () => {
    service = start();
    ca = expectOk(await service.createCa(NEW_CA));
    const exported = await service.exportCaKey({ keyHandle: ca.keyHandle, passphrase: PASSPHRASE });
    encryptedKeyPem = expectOk(exported).encryptedKeyPem;
  });

  test('leaves once, encrypted, and still signs afterwards', async () => {
    expect(encryptedKeyPem).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
    expect(await service.exportCaKey({ keyHandle: ca.keyHandle, passphrase: PASSPHRASE })).toEqual({
      ok: false,
      failure: { kind: 'key-sealed' },
    });
    const code = 'ab12'.repeat(16);
    const pair = expectOk(
      await service.makeVerification({ keyHandle: ca.keyHandle, registrationCode: code }),
    );
    expect(pair.certificatePem).toMatch(/BEGIN CERTIFICATE/);
    expect(spoken([ca, pair])).not.toContain('PRIVATE KEY');
  });

  test.each([
    { passphrase: PASSPHRASE, expected: { ok: true } },
    { passphrase: 'wrong', expected: { failure: { kind: 'passphrase-wrong' } } },
    { passphrase: undefined, expected: { failure: { kind: 'passphrase-needed' } } },
  ])('opens from its saved file with $passphrase: $expected', async ({ passphrase, expected }) => {
    const file = new TextEncoder().encode(encryptedKeyPem);
    expect(await service.openCaKeyFile({ file, passphrase, caPem: ca.caPem })).toMatchObject(expected);
  });

  test('brought in an encrypted file can sign and never leave, even when asked to', async () => {
    const opened = await service.openCaKeyFile({
      file: encryptedKeyPem,
      passphrase: PASSPHRASE,
      caPem: ca.caPem,
      isExportable: true,
    });
    const { keyHandle } = expectOk(opened);
    expect(await service.exportCaKey({ keyHandle, passphrase: PASSPHRASE })).toEqual({
      ok: false,
      failure: { kind: 'key-sealed' },
    });
    const code = 'ab12'.repeat(16);
    expect((await service.makeVerification({ keyHandle, registrationCode: code })).ok).toBe(true);
  });

  test('of another certificate is refused', async () => {
    const other = expectOk(await service.createCa(NEW_CA));
    const opened = await service.openCaKeyFile({
      file: encryptedKeyPem,
      passphrase: PASSPHRASE,
      caPem: other.caPem,
    });
    expect(opened).toEqual({ ok: false, failure: { kind: 'key-mismatch' } });
  });

  test.each([
    { passphrase: 'short', reason: 'too short' },
    { passphrase: 'x'.repeat(1025), reason: 'too long' },
  ])('is not sealed by a refused export: passphrase $reason', async ({ passphrase }) => {
    const fresh = expectOk(await service.createCa(NEW_CA));
    const refused = await service.exportCaKey({ keyHandle: fresh.keyHandle, passphrase });
    expect(refused).toMatchObject({ failure: { kind: 'passphrase-length' } });
    expect((await service.exportCaKey({ keyHandle: fresh.keyHandle, passphrase: PASSPHRASE })).ok).toBe(true);
  });

  test.each(['discard', 'lock'] as const)('is gone after %s', async (how) => {
    const fresh = start();
    const { keyHandle } = expectOk(await fresh.createCa(NEW_CA));
    await (how === 'lock' ? fresh.lock(null) : fresh.discard({ handle: keyHandle }));
    const request = { caHandle: keyHandle, validityDays: 9, source: DEVICE };
    expect(await fresh.prepareDevice(request)).toEqual({ ok: false, failure: { kind: 'handle-unknown' } });
  });

  test('brought in plain can be exported encrypted once, only when asked to', async () => {
    const keys = await generateKeyPair('P-384', crypto);
    const made = await issueCaCertificate({ ...NEW_CA, keys }, { crypto, now: new Date() });
    const caPem = expectOk(made).pem;
    const file = await exportPrivateKeyPem(keys.privateKey, crypto);
    for (const isExportable of [false, true]) {
      const { keyHandle } = expectOk(await service.openCaKeyFile({ file, caPem, isExportable }));
      const exported = await service.exportCaKey({ keyHandle, passphrase: PASSPHRASE });
      expect(exported.ok).toBe(isExportable);
    }
  });
});

describe('a device', () => {
  let service: PkiService;
  let caHandle: string;
  beforeAll(async () => {
    service = start();
    caHandle = expectOk(await service.createCa(NEW_CA)).keyHandle;
  });

  test('is announced without its key, then bundled with it', async () => {
    const draft = expectOk(await service.prepareDevice({ caHandle, validityDays: 9, source: DEVICE }));
    expect(spoken(draft)).not.toContain('PRIVATE KEY');
    const bundle = expectOk(await service.finishBundle({ draftHandle: draft.draftHandle, target: TARGET }));
    const files = unzipSync(bundle.bytes);
    const stem = `Demo_Thing-${draft.certificateId.slice(0, 16)}`;
    expect(bundle.fileName).toBe(`${stem}.zip`);
    expect(Object.keys(files)).toEqual([
      `${stem}.key`,
      `${stem}.crt`,
      `${stem}-chain.crt`,
      'server-root.pem',
      'README.txt',
      'manifest.json',
    ]);
    const text = (name: string) => strFromU8(files[name] ?? new Uint8Array());
    expect(text(`${stem}.key`)).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(text(`${stem}-chain.crt`).match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(text('README.txt')).toContain(
      `mosquitto_pub --cafile server-root.pem --cert ${stem}-chain.crt --key ${stem}.key -h localhost -p 8883 -q 1 ` +
        `-t 'Demo Thing/test' -i 'Demo Thing' --tls-version tlsv1.2 -m Hello -d`,
    );
    expect(JSON.parse(text('manifest.json'))).toMatchObject({
      manifestVersion: 1,
      commonName: 'Demo Thing',
      certificateId: draft.certificateId,
      endpoint: 'localhost',
      port: 8883,
    });
  });

  test('with a signing request of its own gets a bundle without a key', async () => {
    const keys = await generateKeyPair('P-256', crypto);
    const csr = expectOk(await createCsr({ subject: { commonName: 'Own' }, keys }, crypto)).pem;
    const source = { kind: 'csr', csr } as const;
    const draft = expectOk(await service.prepareDevice({ caHandle, validityDays: 9, source }));
    expect(draft.fileNames.key).toBeUndefined();
    const bundle = expectOk(await service.finishBundle({ draftHandle: draft.draftHandle, target: TARGET }));
    expect(bundle.fileNames.some((name) => name.endsWith('.key'))).toBe(false);
    expect(strFromU8(bundle.bytes)).not.toContain('PRIVATE KEY');
    expect(strFromU8(bundle.bytes)).toContain('Own key');
  });

  test('can be bundled again until its draft is discarded', async () => {
    const { draftHandle } = expectOk(
      await service.prepareDevice({ caHandle, validityDays: 9, source: DEVICE }),
    );
    const first = expectOk(await service.finishBundle({ draftHandle, target: TARGET }));
    expect(expectOk(await service.finishBundle({ draftHandle, target: TARGET })).fileName).toBe(
      first.fileName,
    );
    await service.discard({ handle: draftHandle });
    expect((await service.finishBundle({ draftHandle, target: TARGET })).ok).toBe(false);
  });

  test.each([
    { change: { validityDays: 0 }, kind: 'validity-days' },
    { change: { source: { ...DEVICE, subject: { country: 'India' } } }, kind: 'subject-refused' },
    { change: { source: { kind: 'csr', csr: 'nothing' } as const }, kind: 'pem-missing' },
  ])('is refused with a code: $kind', async ({ change, kind }) => {
    const answer = await service.prepareDevice({ caHandle, validityDays: 9, source: DEVICE, ...change });
    expect(answer).toMatchObject({ ok: false, failure: { kind } });
  });
});
