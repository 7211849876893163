import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { issueCaCertificate } from './ca-certificate';
import { generateKeyPair } from './key-algorithm';
import { issueServerCertificate } from './server-certificate';

const context = { crypto: globalThis.crypto, now: new Date() };
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'pki-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('OpenSSL accepts a server certificate for its DNS names and addresses and for no other', async () => {
  const keys = await generateKeyPair('P-256', crypto);
  const ca = await issueCaCertificate({ subject: { commonName: 'Root' }, validityDays: 30, keys }, context);
  if (!ca.ok) throw new Error(ca.failure.kind);
  const server = await issueServerCertificate(
    {
      subject: { commonName: 'localhost' },
      dnsNames: ['localhost'],
      ipAddresses: ['127.0.0.1', '::1'],
      validityDays: 30,
      publicKey: (await generateKeyPair('P-256', crypto)).publicKey,
      caPem: ca.value.pem,
      caKey: keys.privateKey,
    },
    context,
  );
  if (!server.ok) throw new Error(server.failure.kind);
  writeFileSync(join(directory, 'ca.pem'), ca.value.pem);
  writeFileSync(join(directory, 'server.pem'), server.value.pem);

  const verify = (...name: string[]) =>
    execFileSync(
      'openssl',
      ['verify', '-x509_strict', '-purpose', 'sslserver', ...name, '-CAfile', 'ca.pem', 'server.pem'],
      {
        cwd: directory,
        stdio: 'pipe',
      },
    ).toString();
  expect(verify('-verify_hostname', 'localhost')).toContain('OK');
  expect(verify('-verify_ip', '127.0.0.1')).toContain('OK');
  expect(verify('-verify_ip', '::1')).toContain('OK');
  expect(() => verify('-verify_hostname', 'example.org')).toThrow();
});
