/**
 * A root, an intermediate below it, and a device of that, as the page makes them; then OpenSSL and mosquitto judge the bundle, the
 * latter against the sandbox with the intermediate alone registered.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetRegistrationCodeCommand, RegisterCACertificateCommand } from '@aws-sdk/client-iot';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PreparedDevice } from '@/lib/browser/pki.protocol';
import { mosquittoPub } from '@/lib/sandbox/mqtt/testing/mosquitto';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { FLEET_REGISTRATION, makeFleetRole } from '@/lib/sandbox/testing/fleet-ca';
import { expectOk } from '@/lib/testing/expect-ok';
import { OpenSsl } from '@/lib/testing/openssl';
import { createPkiService, type PkiService } from './pki-service';

const PASSPHRASE = 'correct horse battery';
const WORDS = {
  title: 'Title',
  firstConnect: 'First',
  expectedDrop: 'Dropped',
  subscribe: 'Subscribe',
  publish: 'Publish',
  ownKey: 'Own key',
  hierarchy: 'What the device sends',
};

let service: PkiService;
let root: { caPem: string; file: string };
let line: { keyHandle: string; caPem: string; issuerPems: string[] };

async function openRoot(): Promise<string> {
  const { file, caPem } = root;
  return expectOk(await service.openCaKeyFile({ file, passphrase: PASSPHRASE, caPem })).keyHandle;
}

async function makeLine(parentHandle: string, commonName: string) {
  const subject = { organization: 'Fab', commonName };
  return service.createCa({ subject, algorithm: 'P-256', validityDays: 300, parentHandle });
}

beforeAll(async () => {
  service = createPkiService(crypto, () => new Date());
  const made = expectOk(
    await service.createCa({ subject: { commonName: 'Root' }, algorithm: 'P-384', validityDays: 3000 }),
  );
  const { keyHandle } = made;
  const exported = expectOk(await service.exportCaKey({ keyHandle, passphrase: PASSPHRASE }));
  await service.discard({ handle: keyHandle });
  root = { caPem: made.caPem, file: exported.encryptedKeyPem };
  line = expectOk(await makeLine(await openRoot(), 'Line 1'));
});

test('the key above signs once and is gone from the worker', async () => {
  const parentHandle = await openRoot();
  expectOk(await makeLine(parentHandle, 'Line 2'));
  expect(await makeLine(parentHandle, 'Line 3')).toEqual({ ok: false, failure: { kind: 'handle-unknown' } });
});

test('a refusal leaves the key above open for another try', async () => {
  const parentHandle = await openRoot();
  const refused = await service.createCa({
    subject: { commonName: 'Root' },
    algorithm: 'P-256',
    validityDays: 300,
    parentHandle,
  });
  expect(refused).toMatchObject({ failure: { kind: 'subject-is-parents' } });
  expectOk(await makeLine(parentHandle, 'Line 4'));
});

test('a request and its key leave together, and OpenSSL opens both', async () => {
  using openssl = new OpenSsl();
  const { csrPem, encryptedKeyPem } = expectOk(
    await service.createCaRequest({
      subject: { commonName: 'Site' },
      algorithm: 'RSA-2048',
      passphrase: PASSPHRASE,
    }),
  );
  openssl.write('site.csr', csrPem);
  openssl.write('site.key', encryptedKeyPem);
  expect(openssl.shell('openssl req -verify -noout -subject -in site.csr 2>&1')).toMatch(
    /OK[\s\S]*CN = Site/,
  );
  const publicOf = openssl.execute(['pkey', '-in', 'site.key', '-passin', `pass:${PASSPHRASE}`, '-pubout']);
  expect(openssl.run('req -in site.csr -noout -pubkey')).toBe(publicOf);
});

describe('a device below the intermediate', () => {
  let sandbox: Sandbox;
  let prepared: PreparedDevice;
  let files: Record<string, string>;
  const directory = mkdtempSync(path.join(tmpdir(), 'hierarchy-'));

  beforeAll(async () => {
    sandbox = await startSandbox({ provisioningDelayMs: 0 });
    const { iot } = clientsFor(sandbox.api);
    await makeFleetRole(sandbox.api);
    const { registrationCode = '' } = await iot.send(new GetRegistrationCodeCommand({}));
    const { keyHandle } = line;
    const proof = expectOk(await service.makeVerification({ keyHandle, registrationCode }));
    await iot.send(
      new RegisterCACertificateCommand({
        caCertificate: line.caPem,
        verificationCertificate: proof.certificatePem,
        ...FLEET_REGISTRATION,
      }),
    );
    const subject = { commonName: 'pump-1' };
    const source = { kind: 'new-key', subject, algorithm: 'P-256' } as const;
    prepared = expectOk(await service.prepareDevice({ caHandle: keyHandle, validityDays: 30, source }));
    const target = {
      host: 'localhost',
      port: 8883,
      thingName: 'pump-1',
      serverRootPem: 'ROOT\n',
      words: WORDS,
    };
    const bundle = expectOk(await service.finishBundle({ draftHandle: prepared.draftHandle, target }));
    files = Object.fromEntries(
      Object.entries(unzipSync(bundle.bytes)).map(([name, content]) => [name, strFromU8(content)]),
    );
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(directory, name), text);
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(directory, { recursive: true, force: true });
  });

  test('has leaf and intermediate in its chain and the root beside it, named in manifest and README', () => {
    using openssl = new OpenSsl();
    const { certificate, chain, caRoot = '', manifest, readme } = prepared.fileNames;
    expect(Object.keys(files)).toContain(caRoot);
    expect(files[chain]).toBe(`${files[certificate]}${line.caPem}`);
    expect(files[caRoot]).toBe(root.caPem);
    for (const name of [certificate, chain, caRoot]) openssl.write(name, files[name] ?? '');
    expect(
      openssl.run(
        `verify -x509_strict -purpose sslclient -CAfile ${caRoot} -untrusted ${chain} ${certificate}`,
      ),
    ).toContain('OK');
    const rootId = openssl.shell(`openssl x509 -in ${caRoot} -outform der | sha256sum`).slice(0, 64);
    expect(JSON.parse(files[manifest] ?? '')).toMatchObject({
      certificateId: prepared.certificateId,
      issuerCertificateIds: [rootId],
      files: expect.arrayContaining([expect.objectContaining({ name: caRoot })]),
    });
    expect(files[readme]).toContain(WORDS.hierarchy);
  });

  test('connects with what is in the bundle, the root registered nowhere', async () => {
    const { certificate, chain, key = '' } = prepared.fileNames;
    const at = (name: string) => path.join(directory, name);
    const connect = (cert: string) =>
      mosquittoPub([
        ...['--cafile', sandbox.caFile, '--cert', at(cert), '--key', at(key)],
        ...['-h', 'localhost', '-p', String(sandbox.mqtt.port), '-i', 'pump-1'],
        ...['-q', '1', '-t', 'pump-1/test', '-m', 'Hello'],
      ]);
    expect((await connect(chain)).output).toContain('connection was lost');
    let told = await connect(certificate);
    for (let attempt = 0; attempt < 5 && told.code !== 0; attempt += 1) told = await connect(certificate);
    expect(told.output).toContain('received PUBACK');
    expect(told.code).toBe(0);
  });
});
