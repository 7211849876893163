import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadOrCreateServerIdentity } from './server-identity';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'identity-test-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' }).toString();

describe('loadOrCreateServerIdentity', () => {
  it('makes a certificate that OpenSSL accepts for localhost and both loopback addresses', async () => {
    const identity = await loadOrCreateServerIdentity(dataDir);
    const certificate = join(dataDir, 'server.pem');
    writeFileSync(certificate, identity.certPem);
    for (const name of [
      ['-verify_hostname', 'localhost'],
      ['-verify_ip', '127.0.0.1'],
      ['-verify_ip', '::1'],
    ]) {
      const said = openssl('verify', '-x509_strict', ...name, '-CAfile', identity.caFile, certificate);
      expect(said).toContain('OK');
    }
    expect(openssl('x509', '-noout', '-subject', '-in', certificate)).toContain('for testing only');
    expect(openssl('x509', '-noout', '-subject', '-in', identity.caFile)).toContain('for testing only');
    expect(openssl('x509', '-noout', '-text', '-in', certificate)).toContain('NIST CURVE: P-256');
  });

  it('keeps the identity over a restart, readable by its owner alone', async () => {
    const { dispose: _, ...first } = await loadOrCreateServerIdentity(dataDir);
    const { dispose: __, ...second } = await loadOrCreateServerIdentity(dataDir);
    expect(second).toEqual(first);
    expect(statSync(join(dataDir, 'server-identity.json')).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['{"caPem":"', 'cut short'],
    ['{"caPem":"x","keyPem":"y","certPem":"z"}', 'not PEM'],
    ['[]', 'another shape'],
  ])('makes a new one where the file cannot be used: %s (%s)', async (text) => {
    writeFileSync(join(dataDir, 'server-identity.json'), text);
    const identity = await loadOrCreateServerIdentity(dataDir);
    expect(readFileSync(identity.caFile, 'utf8')).toBe(identity.caPem);
    expect(openssl('verify', '-CAfile', identity.caFile, identity.caFile)).toContain('OK');
  });

  it('makes a new one when the old one is about to end', async () => {
    const first = await loadOrCreateServerIdentity(dataDir, new Date('2030-01-01'));
    const later = await loadOrCreateServerIdentity(dataDir, new Date('2039-12-20'));
    expect(later.certPem).not.toBe(first.certPem);
  });

  it('without a data directory leaves nothing behind', async () => {
    const identity = await loadOrCreateServerIdentity(undefined);
    expect(readFileSync(identity.caFile, 'utf8')).toBe(identity.caPem);
    await identity.dispose();
    expect(existsSync(identity.caFile)).toBe(false);
  });
});
