import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeviceWorkshop, type MadeCa } from '@/lib/sandbox/mqtt/testing/device-workshop';
import { readRevocationList } from './revocation-list';

let workshop: DeviceWorkshop;
let directory: string;
let ca: MadeCa;
let pem: Uint8Array;
let der: Uint8Array;
beforeAll(async () => {
  workshop = await DeviceWorkshop.open();
  directory = await mkdtemp(join(tmpdir(), 'crl-'));
  ca = await workshop.makeCa({ subject: '/O=Revoking', key: 'EC' });
  const openssl = (...args: string[]) => promisify(execFile)('openssl', args, { cwd: directory });
  await writeFile(
    join(directory, 'ca.conf'),
    '[ca]\ndefault_ca=own\n[own]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=30\n',
  );
  const revoked = 'R\t300101000000Z\t260101000000Z';
  await appendFile(
    join(directory, 'index.txt'),
    `${revoked}\t0A1B\tunknown\t/CN=one\n${revoked}\tFF00\tunknown\t/CN=two\n`,
  );
  await openssl(
    'ca',
    '-config',
    'ca.conf',
    '-gencrl',
    '-keyfile',
    ca.keyFile,
    '-cert',
    ca.certFile,
    '-out',
    'list.pem',
  );
  await openssl('crl', '-in', 'list.pem', '-outform', 'DER', '-out', 'list.der');
  pem = await readFile(join(directory, 'list.pem'));
  der = await readFile(join(directory, 'list.der'));
});
afterAll(async () => {
  await workshop[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

describe('a list that OpenSSL has made', () => {
  it.each(['PEM', 'DER'])('is read as %s', async (form) => {
    const read = await readRevocationList(form === 'PEM' ? pem : der, ca.pem, crypto);
    expect(read).toMatchObject({ ok: true, value: { serials: ['a1b', 'ff00'] } });
    expect(read.ok && Date.parse(read.value.nextUpdate ?? '')).toBeGreaterThan(Date.now());
  });

  it('is refused with the certificate of another CA', async () => {
    const other = await workshop.makeCa({ subject: '/O=Other', key: 'EC' });
    expect(await readRevocationList(pem, other.pem, crypto)).toMatchObject({
      failure: { kind: 'issuer-differs' },
    });
  });

  it('is refused with another key of the same name', async () => {
    const twin = await workshop.makeCa({ subject: '/O=Revoking', key: 'EC' });
    expect(await readRevocationList(pem, twin.pem, crypto)).toMatchObject({
      failure: { kind: 'signature-invalid' },
    });
  });
});

it.each([
  ['text without a list', Buffer.from('hello'), 'list-missing'],
  ['a certificate', () => Buffer.from(ca.pem), 'list-missing'],
  ['bytes that are none', Buffer.from([0x30, 0x03, 0x02, 0x01, 0xff]), 'list-malformed'],
  ['half a list', () => der.subarray(0, der.length / 2), 'list-malformed'],
  ['two megabytes', Buffer.alloc(2_000_000), 'list-too-big'],
])('%s is refused', async (_what, input, kind) => {
  const bytes = typeof input === 'function' ? input() : input;
  expect(await readRevocationList(bytes, ca.pem, crypto)).toMatchObject({ failure: { kind } });
});
