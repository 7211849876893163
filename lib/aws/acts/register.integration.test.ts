/** Certificates made by OpenSSL as Easy-RSA makes them, registered by hand in a running sandbox. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type IotGateway, iotFor } from '@/lib/aws/iot-gateway';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import type { Environment } from '@/lib/config/environments';
import type { Approval } from '@/lib/registry/approval';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { CertificateMint } from '@/lib/sandbox/testing/certificate-mint';
import { expectOk } from '@/lib/testing/expect-ok';
import { registerCertificate } from './register-certificate';

const APPROVAL: Approval = {
  policy: { kind: 'scoped', name: 'register-scoped' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder
  thing: { kind: 'create', name: '${CommonName}', attributes: {}, groupNames: [] },
};

let sandbox: Sandbox;
let iot: IotGateway;
let place: Environment;
const mint = new CertificateMint(2);
const ca = mint.ca('Register TESTING ONLY', 'ec');
const stranger = mint.ca('Nobody knows TESTING ONLY', 'ec');

beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  sandbox = await startSandbox();
  place = sandboxEnvironment(sandbox);
  iot = iotFor(place);
  const registered = await iot.registerCaCertificate({
    certificatePem: ca.pem,
    proof: { mode: 'SNI_ONLY' },
    setAsActive: true,
    autoRegistration: false,
    registrationConfig: undefined,
  });
  expectOk(registered);
});
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});

const stepsOf = ({ steps }: Awaited<ReturnType<typeof registerCertificate>>) =>
  steps.map(({ step, state }) => `${step.kind} ${state}`);
const register = (device: { certificateId: string; pem: string }, caPem?: string, approval?: Approval) =>
  registerCertificate(
    iot,
    place,
    { certificateId: device.certificateId, certificatePem: device.pem, caPem },
    approval,
  );

describe('a certificate that is registered by hand', () => {
  it('belongs to its CA and is active with policy and thing, in that order; repeating changes nothing', async () => {
    const device = mint.device(ca, 'register-1');
    const report = await register(device, ca.pem, APPROVAL);
    expect(stepsOf(report)).toEqual([
      'register-certificate done',
      'create-policy done',
      'attach-policy done',
      'create-thing done',
      'attach-thing-principal done',
      'update-certificate done',
    ]);
    const detail = expectOk(await iot.describeCertificate(device.certificateId));
    expect(detail).toMatchObject({ status: 'ACTIVE', caId: expect.any(String) });
    expect(stepsOf(await register(device, ca.pem, APPROVAL))).toEqual(['register-certificate skipped']);
  });

  it('stays inactive with nothing attached when nothing else is wanted', async () => {
    const device = mint.device(ca, 'register-2');
    expect(stepsOf(await register(device, ca.pem))).toEqual(['register-certificate done']);
    const detail = expectOk(await iot.describeCertificate(device.certificateId));
    expect(detail.status).toBe('INACTIVE');
  });

  it('can stand without a CA, and is known without one then', async () => {
    const device = mint.device(stranger, 'register-3');
    expect(stepsOf(await register(device))).toEqual(['register-certificate-without-ca done']);
    const detail = expectOk(await iot.describeCertificate(device.certificateId));
    expect(detail).toMatchObject({ caId: undefined, mode: 'SNI_ONLY' });
  });

  it('is refused by AWS under a CA that is not registered, and nothing else is done', async () => {
    const device = mint.device(stranger, 'register-4');
    const report = await register(device, stranger.pem, APPROVAL);
    expect(stepsOf(report)).toEqual(['register-certificate failed']);
    expect(report.result).toMatchObject({ ok: false, failure: { kind: 'aws' } });
  });
});
