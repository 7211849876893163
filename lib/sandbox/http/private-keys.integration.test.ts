import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startSandbox } from '@/lib/sandbox/start-sandbox';
import { Boto } from '@/lib/sandbox/testing/boto';
import { CertificateMaker } from '@/lib/sandbox/testing/certificate-maker';

it('refuses a private key that came along by mistake, and keeps it nowhere', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'private-keys-'));
  await using maker = await CertificateMaker.open();
  const ca = await maker.ca();
  const { pem, keyFile } = await maker.leaf(ca);
  const key = await readFile(keyFile, 'utf8');
  const middle = key.split('\n')[2] ?? '';
  expect(middle.length).toBeGreaterThan(20);
  try {
    await using sandbox = await startSandbox({ dataDir });
    using boto = new Boto(sandbox.api);
    for (const [call, input] of [
      ['iot.register_certificate_without_ca', { certificatePem: pem + key }],
      ['iot.register_certificate_without_ca', { certificatePem: key }],
      ['iot.register_ca_certificate', { caCertificate: ca.pem + key, certificateMode: 'SNI_ONLY' }],
      ['iot.create_thing', { thingName: 'x', attributePayload: { attributes: { note: key } } }],
    ] as const) {
      const refusal = await boto.refusal(call, input);
      expect(refusal).toMatchObject({ name: 'InvalidRequestException', status: 400 });
      expect(refusal.message).toMatch(/holds a private key/);
    }
    expect(JSON.stringify(await boto.ok('cloudtrail.lookup_events'))).not.toContain(middle);
    await sandbox.close();
    for (const file of await readdir(dataDir)) {
      expect(await readFile(path.join(dataDir, file), 'utf8')).not.toContain(middle);
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});
