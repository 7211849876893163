/**
 * A sandbox with a clock that can be set ahead, CAs of every registration, and devices that knock once.
 * @module
 */
import { readFile, writeFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { Boto } from '@/lib/sandbox/testing/boto';
import { CertificateMaker, type Made } from '@/lib/sandbox/testing/certificate-maker';
import { contact } from './first-contact';
import { FLEET_POLICY } from './template-text';

export const CONNACK_ACCEPTED = '20020000';

/** Active and open for automatic registration. */
export const OPEN = { setAsActive: true, allowAutoRegistration: true };

export class AdmissionBench implements AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly boto: Boto;
  readonly maker: CertificateMaker;
  readonly #clock: { aheadMs: number };
  #count = 0;

  private constructor(sandbox: Sandbox, maker: CertificateMaker, clock: { aheadMs: number }) {
    this.sandbox = sandbox;
    this.boto = new Boto(sandbox.api);
    this.maker = maker;
    this.#clock = clock;
  }

  static async open(): Promise<AdmissionBench> {
    const clock = { aheadMs: 0 };
    const [sandbox, maker] = await Promise.all([
      startSandbox({ now: () => new Date(Date.now() + clock.aheadMs) }),
      CertificateMaker.open(),
    ]);
    const bench = new AdmissionBench(sandbox, maker, clock);
    await bench.boto.ok('iot.create_policy', { policyName: 'Fleet', policyDocument: FLEET_POLICY });
    return bench;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.boto[Symbol.dispose]();
    await this.maker[Symbol.asyncDispose]();
    await this.sandbox.close();
  }

  /** Does something while the sandbox's clock is ahead. */
  async later(aheadMs: number, act: () => Promise<void>): Promise<void> {
    this.#clock.aheadMs = aheadMs;
    await act().finally(() => {
      this.#clock.aheadMs = 0;
    });
  }

  /** A CA of its own name in mode SNI_ONLY, registered as asked for. */
  async newCa(more: object = OPEN, regions: readonly string[] = ['us-east-2']): Promise<Made> {
    const ca = await this.#makeCa();
    const input = { caCertificate: ca.pem, certificateMode: 'SNI_ONLY', ...more };
    for (const region of regions) await this.boto.ok('iot.register_ca_certificate', input, region);
    return ca;
  }

  /** A CA with the proof of its key, which asks its devices for no server name. */
  async newDefaultCa(): Promise<Made> {
    const { registrationCode } = await this.boto.ok('iot.get_registration_code');
    const ca = await this.#makeCa();
    const { pem } = await this.maker.leaf(ca, { subject: `/CN=${registrationCode}` });
    const input = { caCertificate: ca.pem, verificationCertificate: pem, ...OPEN };
    await this.boto.ok('iot.register_ca_certificate', input);
    return ca;
  }

  /** Registers a certificate ACTIVE with a policy that allows everything. */
  async activate({ pem: certificatePem }: Made, region?: string): Promise<void> {
    const input = { certificatePem, status: 'ACTIVE' };
    const { certificateArn: target } = await this.boto.ok(
      'iot.register_certificate_without_ca',
      input,
      region,
    );
    if (region === undefined) await this.boto.ok('iot.attach_policy', { policyName: 'Fleet', target });
  }

  statusOf({ id }: Made, region = 'us-east-2'): string | undefined {
    return this.sandbox.state.region(region).certificates.get(id)?.status;
  }

  /** What the broker answers. @param serverName - `''` sends none */
  contact(device: Made, serverName?: string): Promise<string> {
    return contact(this.sandbox, device, serverName);
  }

  /** Closed without an answer, for this reason, with nothing changed. */
  async expectRefused(device: Made, code: string, serverName?: string): Promise<void> {
    const before = this.statusOf(device);
    expect(await this.contact(device, serverName)).toBe('');
    const told = this.sandbox.state.explanations
      .after(0)
      .filter(({ certificateId }) => certificateId === device.id);
    expect(told.at(-1)?.code).toBe(code);
    expect(this.statusOf(device)).toBe(before);
  }

  async #makeCa(): Promise<Made> {
    this.#count += 1;
    return this.maker.ca({ subject: `/CN=admission ${this.#count}` });
  }
}

/** The device sends its CA along. */
export async function withChain(leaf: Made, ca: Made): Promise<Made> {
  const certFile = `${leaf.certFile}.chain`;
  await writeFile(certFile, (await readFile(leaf.certFile, 'utf8')) + ca.pem);
  return { ...leaf, certFile };
}
