/**
 * CAs and device certificates as people make them today: OpenSSL's command line, files in a directory of their own.
 * @module
 */
import { execFile } from 'node:child_process';
import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type KeyKind = 'RSA' | 'EC' | 'RSA-1024';
/** Paths, and what the certificate is. */
export type MadeCa = { name: string; keyFile: string; certFile: string; pem: string };
export type MadeDevice = { certFile: string; chainFile: string; keyFile: string; pem: string; id: string };

type DeviceOrder = { subject?: string; key?: KeyKind; days?: number; extensions?: string };

/** The article's configuration file: section v3_ca makes the CA a CA. */
const CA_CONFIG = `[ req ]
distinguished_name = req_distinguished_name
extensions = v3_ca
req_extensions = v3_ca
[ v3_ca ]
basicConstraints = CA:TRUE
[ req_distinguished_name ]
countryName = Country Name (2 letter code)
countryName_default = IN
organizationName = Organization Name (eg, company)
organizationName_default = AMZ
`;

export class DeviceWorkshop implements AsyncDisposable {
  readonly directory: string;
  #count = 0;

  private constructor(directory: string) {
    this.directory = directory;
  }

  static async open(): Promise<DeviceWorkshop> {
    const workshop = new DeviceWorkshop(await mkdtemp(join(tmpdir(), 'workshop-')));
    await writeFile(workshop.#path('ca.conf'), CA_CONFIG);
    return workshop;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  /** The article's three commands. */
  async makeCa({ subject = '/C=IN/O=AMZ', key = 'RSA' as KeyKind, days = 3650 } = {}): Promise<MadeCa> {
    const name = this.#name('ca');
    const keyFile = await this.#makeKey(name, key);
    const files = { csr: this.#path(`${name}.csr`), certFile: this.#path(`${name}.pem`) };
    await this.#openssl(
      `req -new -sha256 -nodes -config ca.conf -key ${keyFile} -out ${files.csr} -subj`,
      subject,
    );
    await this.#openssl(
      `x509 -req -days ${days} -extfile ca.conf -extensions v3_ca -in ${files.csr} -signkey ${keyFile} -out ${files.certFile}`,
    );
    return { name, keyFile, certFile: files.certFile, pem: await readFile(files.certFile, 'utf8') };
  }

  /** Key, CSR, certificate, chain: without extensions, and so X.509 version 1, unless some are given. */
  async makeDevice(ca: MadeCa, order: DeviceOrder = {}): Promise<MadeDevice> {
    const { subject = '/C=IN/CN=DemoThing', key = 'RSA', days = 365, extensions } = order;
    const name = this.#name('device');
    const keyFile = await this.#makeKey(name, key);
    const csr = this.#path(`${name}.csr`);
    const certFile = this.#path(`${name}.crt`);
    const chainFile = this.#path(`${name}-chain.crt`);
    const extensionFile = this.#path(`${name}.ext`);
    if (extensions !== undefined) await writeFile(extensionFile, extensions);
    await this.#openssl(`req -new -key ${keyFile} -out ${csr} -subj`, subject);
    // A number of its own: devices that are made at once would get into each other's way in a file of serial numbers.
    await this.#openssl(
      `x509 -req -in ${csr} -CA ${ca.certFile} -CAkey ${ca.keyFile} -set_serial 0x${randomBytes(16).toString('hex')} -out ${certFile} -days ${days} -sha256${extensions === undefined ? '' : ` -extfile ${extensionFile}`}`,
    );
    const pem = await readFile(certFile, 'utf8');
    await writeFile(chainFile, pem + ca.pem);
    const id = createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');
    return { certFile, chainFile, keyFile, pem, id };
  }

  /** A certificate of the CA with nothing but a common name: the proof that AWS asks for. */
  async makeProof(ca: MadeCa, registrationCode: string): Promise<string> {
    const { pem } = await this.makeDevice(ca, { subject: `/CN=${registrationCode}`, key: 'EC', days: 500 });
    return pem;
  }

  async #makeKey(name: string, kind: KeyKind): Promise<string> {
    const file = this.#path(`${name}.key`);
    if (kind === 'EC') await this.#openssl(`ecparam -name prime256v1 -genkey -noout -out ${file}`);
    else await this.#openssl(`genrsa -out ${file} ${kind === 'RSA' ? 2048 : 1024}`);
    return file;
  }

  /** Words are split at spaces; what may contain one comes last, by itself. */
  async #openssl(command: string, last?: string): Promise<void> {
    const args = last === undefined ? command.split(' ') : [...command.split(' '), last];
    await run('openssl', args, { cwd: this.directory });
  }

  #name(kind: string): string {
    this.#count += 1;
    return `${kind}${this.#count}`;
  }

  #path(name: string): string {
    return join(this.directory, name);
  }
}
