import { describe, expect, it } from 'vitest';
import { createRequestIssuer, requestedKey } from '@/lib/pki/bulk/request-issuer';
import { fromBase64 } from '@/lib/pki/bytes';
import { issueCaCertificate } from '@/lib/pki/ca-certificate';
import { generateKeyPair } from '@/lib/pki/key-algorithm';
import { readRequests } from '@/lib/pki/read-requests';
import { expectOk } from '@/lib/testing/expect-ok';
import { OpenSsl } from '@/lib/testing/openssl';
import { type BroughtRequest, devicesOfRequests } from './devices-of-requests';

const utf8 = (text: string) => new TextEncoder().encode(text);

/** A request as OpenSSL makes it: `key` is what `-newkey` takes. */
function request(openssl: OpenSsl, subject: string, key = 'ec -pkeyopt ec_paramgen_curve:P-256') {
  openssl.run(`req -new -newkey ${key} -nodes -keyout r.key -out r.csr -subj ${subject}`);
  return openssl.read('r.csr');
}

async function brought(files: Record<string, string>): Promise<BroughtRequest[]> {
  const read = [];
  for (const [place, text] of Object.entries(files)) {
    const { requests } = await readRequests(utf8(text), crypto);
    read.push(...requests.map((each) => ({ place, read: each })));
  }
  return read;
}

describe('the requests of a batch', () => {
  it('are issued for their own keys and names by OpenSSL’s judgement, whatever their kind', async () => {
    using openssl = new OpenSsl();
    const files = {
      'p256.csr': request(openssl, '/C=DE/O=Fab/CN=pump-1/emailAddress=a@example.com'),
      'p384.csr': request(openssl, '/CN=pump-2', 'ec -pkeyopt ec_paramgen_curve:P-384'),
      'rsa.csr': request(openssl, '/CN=pump-3', 'rsa:2048'),
    };
    const { devices, faulty, shortened } = devicesOfRequests(await brought(files), 'request', {});
    expect({ faulty, shortened }).toEqual({ faulty: [], shortened: 0 });
    const keys = await generateKeyPair('P-256', crypto);
    const context = { crypto, now: new Date() };
    const ca = expectOk(
      await issueCaCertificate({ subject: { commonName: 'CA' }, validityDays: 9, keys }, context),
    );
    openssl.write('ca.pem', ca.pem);
    const issuer = expectOk(
      await createRequestIssuer({ caPem: ca.pem, caKey: keys.privateKey, validityDays: 5 }, context),
    );
    for (const [index, text] of Object.values(files).entries()) {
      const device = devices[index];
      const name = fromBase64(device?.request?.name ?? '');
      const leaf = await issuer.issue(name ?? {}, requestedKey(device?.request?.publicKey ?? ''));
      openssl.write('r.csr', text);
      openssl.write('leaf.der', leaf.certificate);
      openssl.run('x509 -inform DER -in leaf.der -out leaf.pem');
      expect(openssl.run('verify -x509_strict -purpose sslclient -CAfile ca.pem leaf.pem')).toContain('OK');
      expect(openssl.run('x509 -in leaf.pem -noout -pubkey')).toBe(
        openssl.run('req -in r.csr -noout -pubkey'),
      );
      expect(openssl.run('x509 -in leaf.pem -noout -subject')).toBe(
        openssl.run('req -in r.csr -noout -subject'),
      );
      expect(leaf.key).toHaveLength(0);
    }
  });

  it('say per file what is wrong: damage, foreign signatures, weak keys, names and keys that stand twice', async () => {
    using openssl = new OpenSsl();
    const good = request(openssl, '/CN=pump-1');
    const changed = good.replace(
      /^(-----BEGIN[^\n]*\n.{30})(.)/,
      (_, head, one) => `${head}${one === 'A' ? 'B' : 'A'}`,
    );
    const files = {
      'good.csr': good,
      'cut.csr': good.slice(0, 120),
      'changed.csr': changed,
      'weak.csr': request(openssl, '/CN=pump-2', 'rsa:1024'),
      'curve.csr': request(openssl, '/CN=pump-3', 'ec -pkeyopt ec_paramgen_curve:secp256k1'),
      'twice.csr': request(openssl, '/CN=pump-1'),
      'copy.csr': good,
      'nameless.csr': request(openssl, '/O=Fab'),
      'other.csr': request(openssl, '/C=DE/OU=x/CN=pump-4'),
    };
    const { devices, faulty } = devicesOfRequests(await brought(files), 'request', {});
    expect(devices.map(({ place }) => place)).toEqual(['good.csr', 'other.csr']);
    expect(
      Object.fromEntries(faulty.map(({ place, faults }) => [place, faults.map(({ kind }) => kind)])),
    ).toEqual({
      'cut.csr': ['pem-truncated'],
      'changed.csr': [expect.stringMatching(/^csr-(signature|malformed)$/)],
      'weak.csr': ['public-key-too-short'],
      'curve.csr': [expect.stringMatching(/^(public-key-unsupported|csr-signature)$/)],
      'twice.csr': ['common-name-twice'],
      'copy.csr': ['public-key-twice', 'common-name-twice'],
      'nameless.csr': ['common-name-missing'],
    });
  });

  it('take their names from files where the person wants it, and what is common where they say nothing', async () => {
    using openssl = new OpenSsl();
    const files = { 'site/press-7.v2.csr': request(openssl, '/O=Own/emailAddress=a@example.com') };
    const { devices, shortened } = devicesOfRequests(await brought(files), 'file', {
      country: 'DE',
      organization: 'Common',
    });
    expect(devices[0]?.subject).toEqual({ country: 'DE', organization: 'Own', commonName: 'press-7.v2' });
    expect(devices[0]?.request?.name).toBeUndefined();
    expect(shortened).toBe(1);
  });
});

describe('a file', () => {
  it('may hold many requests, and tells of a private key without giving it out', async () => {
    using openssl = new OpenSsl();
    const many = `${request(openssl, '/CN=a')}${openssl.read('r.key')}${request(openssl, '/CN=b')}`;
    const read = await readRequests(utf8(many), crypto);
    expect(read.hasPrivateKey).toBe(true);
    expect(read.requests.map((each) => expectOk(each).subject.commonName)).toEqual(['a', 'b']);
    expect(JSON.stringify(read)).not.toContain(openssl.read('r.key').split('\n')[1]);
  });

  it.each([
    ['hello', false, 'a note'],
    ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', false, 'another PEM file'],
    ['-----BEGIN PRIVATE KEY-----\nAAAA\n', true, 'a key that is cut off'],
  ])('%j has no request in it (%s, %s)', async (text, hasPrivateKey) => {
    const read = await readRequests(utf8(text), crypto);
    expect(read.requests.filter(({ ok }) => ok)).toEqual([]);
    expect(read.hasPrivateKey).toBe(hasPrivateKey);
  });
});
