import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseRoot } from './choose-root';

let dir = '';
const file = (name: string) => join(dir, name);
const read = (name: string) => readFileSync(file(name), 'utf8');
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' });

/** A self-signed root `name.pem` for the tests, with its key beside it. */
const makeRoot = (name: string) =>
  openssl(
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-keyout', `${name}.key`, '-out', `${name}.pem`, '-subj', `/CN=${name} TESTING ONLY`],
  );

/** A server certificate for localhost, signed by `root`. */
const makeServer = (root: string) =>
  openssl(
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'],
    ...['-CA', `${root}.pem`, '-CAkey', `${root}.key`, '-keyout', 'server.key', '-out', 'server.pem'],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
    ...['-addext', 'basicConstraints=critical,CA:FALSE'],
  );

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'choose-root-'));
  makeRoot('first');
  makeRoot('second');
  makeServer('second');
});
afterAll(() => rmSync(dir, { recursive: true }));

/** A broker's listener: it asks for a client certificate and sends its whole chain, root included. */
async function startServer(options: { requestCert: boolean }) {
  const cert = `${read('server.pem')}${read('second.pem')}`;
  const server = createServer({ key: read('server.key'), cert, ...options, rejectUnauthorized: false });
  server.on('secureConnection', (socket) => socket.on('error', () => undefined));
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

describe('chooseRoot', () => {
  it('takes the one of our roots that the server proves itself with', async () => {
    await using server = await startServer({ requestCert: true });
    const roots = [read('first.pem'), read('second.pem')];
    expect(await chooseRoot({ host: 'localhost', port: server.port }, roots)).toEqual({
      ok: true,
      value: read('second.pem'),
    });
  });

  it('does not take a root merely because the server sends it along', async () => {
    await using server = await startServer({ requestCert: false });
    expect(await chooseRoot({ host: 'localhost', port: server.port }, [read('first.pem')])).toMatchObject({
      ok: false,
      failure: { kind: 'aws-unreachable', reason: expect.stringMatching(/SELF_SIGNED|UNABLE_TO/) },
    });
  });

  it('takes none for a server of another name', async () => {
    await using server = await startServer({ requestCert: false });
    expect(await chooseRoot({ host: '127.0.0.1', port: server.port }, [read('second.pem')])).toMatchObject({
      failure: { kind: 'aws-unreachable', reason: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    });
  });

  it('says so when nobody answers', async () => {
    let port = 0;
    {
      await using server = await startServer({ requestCert: false });
      port = server.port;
    }
    expect(await chooseRoot({ host: 'localhost', port }, [read('second.pem')])).toMatchObject({
      failure: { kind: 'aws-unreachable', reason: 'ECONNREFUSED' },
    });
  });
});
