/** Rehearsals against a running sandbox: a fleet that is provisioned, one that waits for a person, and what goes wrong on the way. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RegisterCACertificateCommand, UpdateCertificateCommand } from '@aws-sdk/client-iot';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { CertificateMint, type MintedCa } from '@/lib/sandbox/testing/certificate-mint';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { makeFleetRole, registerFleetCa } from '@/lib/sandbox/testing/fleet-ca';
import { expectOk } from '@/lib/testing/expect-ok';
import { type RehearsedDevice, readDevice } from './read-device';
import { rehearse } from './rehearse';

let sandbox: Sandbox;
const folder = mkdtempSync(path.join(tmpdir(), 'jitp-console-rehearsal-'));
const mint = new CertificateMint(4);
const fleet = mint.ca('Rehearsal TESTING ONLY', 'ec');
const waiting = mint.ca('Rehearsal by hand TESTING ONLY', 'ec');

beforeAll(async () => {
  sandbox = await startSandbox();
  await makeFleetRole(sandbox.api);
  await registerFleetCa(sandbox.api, fleet, mint);
  await clientsFor(sandbox.api).iot.send(
    new RegisterCACertificateCommand({
      caCertificate: waiting.pem,
      certificateMode: 'SNI_ONLY',
      setAsActive: true,
      allowAutoRegistration: true,
    }),
  );
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A ZIP as the console makes it, as far as a connection needs it. */
function bundleOf(ca: MintedCa, name: string, change: { key?: string; root?: string } = {}) {
  const { pem, keyPem, certificateId } = mint.device(ca, name);
  const manifest = {
    manifestVersion: 1,
    certificateId,
    endpoint: 'localhost',
    port: sandbox.mqtt.port,
    thingName: name,
  };
  const texts = {
    [`${name}.crt`]: pem,
    [`${name}-chain.crt`]: pem + ca.pem,
    [`${name}.key`]: change.key ?? keyPem,
    'server-root.pem': change.root ?? readFileSync(sandbox.caFile, 'utf8'),
    'manifest.json': JSON.stringify(manifest),
  };
  const file = path.join(folder, `${name}.zip`);
  const bytes = Object.entries(texts).map(
    ([entry, text]) => [entry, new TextEncoder().encode(text)] as const,
  );
  writeFileSync(file, zipSync(Object.fromEntries(bytes)));
  return { file, certificateId };
}

async function run(device: RehearsedDevice, waitMs: number) {
  const said: string[] = [];
  const isThrough = await rehearse(device, waitMs, (step, text) => said.push(`${step} ${text}`));
  return { isThrough, said, steps: said.map((line) => line.split(' ')[0]) };
}
const open = async (file: string, overrides = {}) => expectOk(await readDevice([file], overrides));

describe('a rehearsal', () => {
  it('of a device that is provisioned tells each step, and is through at once the second time', async () => {
    const { file } = bundleOf(fleet, 'rehearse-1');
    const first = await run(await open(file), 20_000);
    expect(first.isThrough).toBe(true);
    expect(first.steps.filter((step) => step !== 'WAIT')).toEqual([
      'TLS',
      'CONNECT',
      'DROP',
      'RECONNECT',
      'PUBLISH',
      'END',
    ]);
    const second = await run(await open(file), 20_000);
    expect(second).toMatchObject({
      isThrough: true,
      steps: ['TLS', 'CONNECT', 'RECONNECT', 'PUBLISH', 'END'],
    });
  }, 30_000);

  it('of a device that waits for a person, or was rejected, ends and names its certificate', async () => {
    const { file, certificateId } = bundleOf(waiting, 'rehearse-2');
    const device = await open(file);
    const first = await run(device, 1500);
    expect(first.isThrough).toBe(false);
    expect(first.said.at(-1)).toContain(certificateId);
    const { iot } = clientsFor(sandbox.api);
    await iot.send(new UpdateCertificateCommand({ certificateId, newStatus: 'REVOKED' }));
    expect((await run(device, 1500)).isThrough).toBe(false);
  }, 30_000);

  it('of a bundle that trusts another server says so, and does not connect', async () => {
    const { file } = bundleOf(fleet, 'rehearse-3', { root: mint.ca('Another root', 'ec').pem });
    expect(await run(await open(file), 5000)).toMatchObject({ isThrough: false, steps: ['TLS', 'END'] });
  });

  it('says when nobody answers', async () => {
    const { file } = bundleOf(fleet, 'rehearse-4');
    const { said } = await run(await open(file, { port: 1 }), 5000);
    expect(said[0]).toMatch(/nobody answers at localhost:1 \(ECONNREFUSED\)/);
  });
});

describe('a bundle', () => {
  it.each([
    { change: { key: 'no key' }, sentence: /key is not in it/, why: 'the device keeps its own key' },
    {
      change: { key: mint.device(fleet, 'x').keyPem },
      sentence: /another certificate's/,
      why: 'a foreign key',
    },
  ])('is refused with what to do: $why', async ({ change, sentence }) => {
    const { file } = bundleOf(fleet, 'rehearse-5', change);
    expect(await readDevice([file], {})).toEqual({ ok: false, failure: expect.stringMatching(sentence) });
  });

  it('that is not there, or is none, is refused', async () => {
    expect(await readDevice([path.join(folder, 'nothing.zip')], {})).toMatchObject({ ok: false });
    writeFileSync(path.join(folder, 'text.txt'), 'hello');
    expect(await readDevice([path.join(folder, 'text.txt')], {})).toMatchObject({
      ok: false,
      failure: expect.stringContaining('no device certificate'),
    });
  });
});
