/** Certificates that AWS IoT issues itself: from keys that it makes, and from signing requests. */
import { execFile } from 'node:child_process';
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { CreateKeysAndCertificateCommand } from '@aws-sdk/client-iot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto, type BotoOutput } from '@/lib/sandbox/testing/boto';
import { CertificateMaker } from '@/lib/sandbox/testing/certificate-maker';
import { clientsFor } from '@/lib/sandbox/testing/clients';

const run = promisify(execFile);
let sandbox: Sandbox;
let boto: Boto;
let maker: CertificateMaker;
let made: BotoOutput;

beforeAll(async () => {
  [sandbox, maker] = await Promise.all([startSandbox(), CertificateMaker.open()]);
  boto = new Boto(sandbox.api);
  made = await boto.ok('iot.create_keys_and_certificate', { setAsActive: true });
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await maker[Symbol.asyncDispose]();
  await sandbox.close();
});

let count = 0;
/** A signing request by OpenSSL. */
async function requestFor(subject: string, newKey: readonly string[], digest = '-sha256'): Promise<string> {
  count += 1;
  const file = path.join(maker.directory, `request-${count}.csr`);
  await run('openssl', [
    ...['req', '-new', '-newkey', ...newKey, '-nodes', '-utf8', '-config', '/dev/null', digest],
    ...['-subj', subject, '-keyout', `${file}.key`, '-out', file],
  ]);
  return readFile(file, 'utf8');
}
const EC = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
const issue = (certificateSigningRequest: string, more: object = {}) =>
  boto.ok('iot.create_certificate_from_csr', { certificateSigningRequest, ...more });

/** What OpenSSL prints of a certificate. */
async function printed(pem: string): Promise<string> {
  const child = run('openssl', ['x509', '-noout', '-text', '-nameopt', 'RFC2253,sep_multiline']);
  child.child.stdin?.end(pem);
  return (await child).stdout;
}

describe('CreateKeysAndCertificate', () => {
  behaviour(
    'CreateKeysAndCertificate makes an RSA key of 2048 bits and answers it with its certificate',
    { known: 'documented', source: 'API reference, CreateKeysAndCertificate' },
    () => {
      const key = createPrivateKey(made['keyPair'].PrivateKey);
      expect(made['keyPair'].PrivateKey).toMatch(/^-----BEGIN RSA PRIVATE KEY-----/);
      expect(key.asymmetricKeyDetails?.modulusLength).toBe(2048);
      const certificate = new X509Certificate(made['certificatePem']);
      expect(certificate.checkPrivateKey(key)).toBe(true);
      expect(made['keyPair'].PublicKey).toBe(certificate.publicKey.export({ type: 'spki', format: 'pem' }));
    },
  );

  behaviour(
    'A certificate that AWS issues is version 3, signed with RSA and SHA-256, CN=AWS IoT Certificate, valid to the end of 2049, and no CA',
    { known: 'measured', source: 'certificates printed with OpenSSL in public repositories' },
    async () => {
      const text = await printed(made['certificatePem']);
      expect(text).toMatch(/Version: 3 /);
      expect(text).toMatch(/Signature Algorithm: sha256WithRSAEncryption/);
      expect(text).toContain('Not After : Dec 31 23:59:59 2049 GMT');
      expect(text).toMatch(
        /Issuer:\s+OU=Amazon Web Services O\\?=Amazon\.com Inc\. L\\?=Seattle ST\\?=Washington C\\?=US\n/,
      );
      expect(text).toMatch(/Subject:\s+CN=AWS IoT Certificate\n/);
      expect(text).toMatch(/Basic Constraints: critical\s+CA:FALSE/);
      expect(text).toMatch(/Key Usage: critical\s+Digital Signature\n/);
      expect(text).toMatch(/Subject Key Identifier/);
      expect(text).toMatch(/Authority Key Identifier/);
    },
  );

  behaviour(
    'The certificate id is the SHA-256 of the DER in lower-case hex',
    { known: 'measured', source: 'getmoto/moto #3321' },
    () => {
      const { raw } = new X509Certificate(made['certificatePem']);
      const id = createHash('sha256').update(raw).digest('hex');
      expect(made).toMatchObject({
        certificateId: id,
        certificateArn: `arn:aws:iot:us-east-2:123456789012:cert/${id}`,
      });
    },
  );

  behaviour(
    'A certificate that AWS issues has no CA of the account, and is INACTIVE unless setAsActive',
    { known: 'documented', source: 'guide, "Create AWS IoT client certificates"' },
    async () => {
      const { certificateId } = made;
      const { certificateDescription } = await boto.ok('iot.describe_certificate', { certificateId });
      expect(certificateDescription).toMatchObject({ status: 'ACTIVE', certificateMode: 'DEFAULT' });
      expect(certificateDescription.caCertificateId).toBeUndefined();
      const { iot } = clientsFor(sandbox.api);
      const second = await iot.send(new CreateKeysAndCertificateCommand({}));
      const described = await boto.ok('iot.describe_certificate', { certificateId: second.certificateId });
      expect(described['certificateDescription'].status).toBe('INACTIVE');
    },
  );

  behaviour(
    'Registering a certificate that AWS issued and still keeps is ResourceAlreadyExistsException, though no CA of the account signed it',
    { known: 'measured', source: 'getmoto/moto, tests of IoT certificates' },
    async () => {
      const { certificatePem } = made;
      for (const call of ['register_certificate', 'register_certificate_without_ca']) {
        const refused = await boto.refusal(`iot.${call}`, { certificatePem });
        expect(refused).toMatchObject({ name: 'ResourceAlreadyExistsException', status: 409 });
      }
    },
  );

  it('keeps the private key nowhere', () => {
    const [line = ''] = made['keyPair'].PrivateKey.split('\n').slice(4, 5);
    expect(line).toHaveLength(64);
    expect(JSON.stringify([...sandbox.state.region('us-east-2').certificates.values()])).not.toContain(line);
    expect(JSON.stringify(sandbox.state.explanations.after(0))).not.toContain(line);
  });
});

describe('CreateCertificateFromCsr', () => {
  behaviour(
    'CreateCertificateFromCsr keeps the subject of the request but for its common name',
    { known: 'measured', source: 'certificate logs of an Infineon device' },
    async () => {
      const request = await requestFor('/C=DE/O=Maker AG/CN=pump', EC);
      const { certificatePem } = await issue(request);
      expect(await printed(certificatePem)).toMatch(
        /Subject:\s+O=Maker AG\n\s+C=DE\n\s+CN=AWS IoT Certificate\n/,
      );
    },
  );

  behaviour(
    'The same signing request again gives another certificate',
    { known: 'documented', source: 'API reference, CreateCertificateFromCsr' },
    async () => {
      const request = await requestFor('/CN=again', EC);
      const [first, second] = [await issue(request), await issue(request)];
      expect(first['certificateId']).not.toBe(second['certificateId']);
      const keys = [first, second].map(({ certificatePem }) => new X509Certificate(certificatePem).publicKey);
      expect(keys[0]?.equals(keys[1] ?? createPrivateKey(made['keyPair'].PrivateKey))).toBe(true);
    },
  );

  behaviour(
    'A signing request has a key of RSA 2048 bits or more, or on P-256, P-384 or P-521',
    { known: 'documented', source: 'API reference, CreateCertificateFromCsr' },
    async () => {
      for (const curve of ['P-384', 'P-521']) {
        await issue(
          await requestFor('/CN=curve', ['ec', '-pkeyopt', `ec_paramgen_curve:${curve}`], '-sha512'),
        );
      }
      await issue(await requestFor('/CN=rsa', ['rsa:2048']));
      for (const key of [['rsa:1024'], ['ec', '-pkeyopt', 'ec_paramgen_curve:secp256k1']]) {
        const certificateSigningRequest = await requestFor('/CN=weak', key);
        expect(
          await boto.refusal('iot.create_certificate_from_csr', { certificateSigningRequest }),
        ).toMatchObject({
          name: 'InvalidRequestException',
          status: 400,
        });
      }
    },
  );

  behaviour(
    'A signing request that its own key did not sign is refused',
    { known: 'assumed', source: 'RFC 2986 section 4.2' },
    async () => {
      const request = await requestFor('/CN=forged', ['rsa:2048']);
      const der = Buffer.from(request.replace(/-----[^-]+-----|\s/g, ''), 'base64');
      der[der.length - 7] = (der[der.length - 7] ?? 0) ^ 1;
      const forged = `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----`;
      for (const certificateSigningRequest of [forged, 'nonsense', made['certificatePem']]) {
        const refused = await boto.refusal('iot.create_certificate_from_csr', { certificateSigningRequest });
        expect(refused).toMatchObject({ name: 'InvalidRequestException', status: 400 });
      }
    },
  );
});
