/**
 * Certificates by OpenSSL, good ones and every kind of bad one that registration must refuse.
 * @module
 */
import { execFile } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type Made = { pem: string; id: string; keyFile: string; certFile: string };

export type CertificateOrder = {
  subject?: string;
  /** OpenSSL's `-newkey` argument and what follows it. */
  key?: readonly string[];
  digest?: string;
  /** Negative: ended already. */
  days?: number;
  extensions?: string;
};

const EC: readonly string[] = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
export const rsaKey = (bits: number): readonly string[] => [`rsa:${bits}`];
export const ecKey = (curve: string): readonly string[] => ['ec', '-pkeyopt', `ec_paramgen_curve:${curve}`];

export class CertificateMaker implements AsyncDisposable {
  readonly directory: string;
  #count = 0;

  private constructor(directory: string) {
    this.directory = directory;
  }

  static async open(): Promise<CertificateMaker> {
    return new CertificateMaker(await mkdtemp(path.join(tmpdir(), 'certificates-')));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  /** A self-signed certificate; CA:TRUE unless `extensions` say otherwise. */
  async ca({
    subject = '/C=IN/O=Test CA',
    extensions = 'basicConstraints=CA:TRUE',
    ...order
  }: CertificateOrder = {}) {
    return this.#make({ ...order, subject, extensions }, undefined);
  }

  /** A certificate signed by `issuer`; without extensions it is X.509 v1, as in AWS's article. */
  async leaf(issuer: Made, order: CertificateOrder = {}): Promise<Made> {
    return this.#make({ subject: '/CN=device', ...order }, issuer);
  }

  async #make(order: CertificateOrder, issuer: Made | undefined): Promise<Made> {
    const { subject = '/CN=x', key = EC, digest = 'sha256', days = 30, extensions = '' } = order;
    this.#count += 1;
    const base = path.join(this.directory, String(this.#count));
    const keyFile = `${base}.key`;
    const csr = `${base}.csr`;
    const certFile = `${base}.pem`;
    const extFile = `${base}.ext`;
    await run('openssl', [
      ...['req', '-new', '-newkey', ...key, '-nodes', '-utf8', '-config', '/dev/null'],
      ...['-keyout', keyFile, '-out', csr, '-subj', subject],
    ]);
    await writeFile(extFile, extensions);
    const signer = issuer
      ? [
          '-CA',
          issuer.certFile,
          '-CAkey',
          issuer.keyFile,
          '-set_serial',
          `0x${(this.#count + 4096).toString(16)}`,
        ]
      : ['-signkey', keyFile];
    await run('openssl', [
      ...['x509', '-req', '-in', csr, '-out', certFile, '-days', String(days), `-${digest}`],
      ...signer,
      ...(extensions === '' ? [] : ['-extfile', extFile]),
    ]);
    const pem = await readFile(certFile, 'utf8');
    const id = createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');
    return { pem, id, keyFile, certFile };
  }
}
