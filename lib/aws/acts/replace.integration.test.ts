/** One certificate in the place of another against a running sandbox, with calls that fail on purpose. */
import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  DescribeCertificateCommand,
  GetRegistrationCodeCommand,
  RegisterCACertificateCommand,
  RegisterCertificateCommand,
  UpdateCACertificateCommand,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type IotGateway, iotFor } from '@/lib/aws/iot-gateway';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import { readCertificate } from '@/lib/pki/certificate';
import { certificateId } from '@/lib/pki/certificate-id';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { CertificateMint } from '@/lib/sandbox/testing/certificate-mint';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { expectOk } from '@/lib/testing/expect-ok';
import { readState } from './act-on-certificate';
import { type Replacing, replaceCertificate } from './replace-certificate';

const POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';
/** The SDK makes three attempts of a call: as many have to fail before we hear of it. */
const ATTEMPTS = 3;

let sandbox: Sandbox;
let iot: IotGateway;
const mint = new CertificateMint(4);
const oldCa = mint.ca('Old line TESTING ONLY', 'ec');
const newCa = mint.ca('New line TESTING ONLY', 'ec');
const sdk = () => clientsFor(sandbox.api, 'eu-central-1').iot;
let serial = 0;

beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  sandbox = await startSandbox();
  iot = iotFor(sandboxEnvironment(sandbox));
  const { registrationCode = '' } = await sdk().send(new GetRegistrationCodeCommand({}));
  for (const ca of [oldCa, newCa]) {
    await sdk().send(
      new RegisterCACertificateCommand({
        caCertificate: ca.pem,
        verificationCertificate: mint.device(ca, registrationCode).pem,
        setAsActive: true,
      }),
    );
  }
  for (const policyName of ['fleet', 'extra']) {
    await sdk().send(new CreatePolicyCommand({ policyName, policyDocument: POLICY }));
  }
});
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});
afterEach(() => fetch(`${sandbox.api}/_sandbox/faults`, { method: 'DELETE' }));

const idOf = (pem: string) => certificateId(new Uint8Array(expectOk(readCertificate(pem)).rawData), crypto);

/** A device that works, and a certificate that is to take its certificate's place. */
async function device(): Promise<Replacing & { thingName: string }> {
  serial += 1;
  const thingName = `replaced-${serial}`;
  const { certificateId: oldCertificateId = '', certificateArn: principal = '' } = await sdk().send(
    new RegisterCertificateCommand({
      certificatePem: mint.device(oldCa, thingName).pem,
      caCertificatePem: oldCa.pem,
      status: 'ACTIVE',
    }),
  );
  await sdk().send(new CreateThingCommand({ thingName }));
  await sdk().send(new AttachThingPrincipalCommand({ thingName, principal }));
  for (const policyName of ['fleet', 'extra']) {
    await sdk().send(new AttachPolicyCommand({ policyName, target: principal }));
  }
  const newCertificatePem = mint.device(newCa, thingName).pem;
  const [newCertificateId, newCaId] = await Promise.all([idOf(newCertificatePem), idOf(newCa.pem)]);
  return { thingName, oldCertificateId, newCertificateId, newCertificatePem, newCaId };
}

async function letFail(operation: string): Promise<void> {
  await fetch(`${sandbox.api}/_sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operation, fault: 'server-error', count: ATTEMPTS }),
  });
}

const replace = (replacing: Replacing, mayGoWithoutCa = false) =>
  replaceCertificate(iot, replacing, { mayGoWithoutCa });
const told = ({ steps }: Awaited<ReturnType<typeof replace>>) =>
  steps.map(({ step, state }) => `${step.kind} ${state}`);

it('gives the new certificate thing and policies, lets it in last, and leaves the old one as it was', async () => {
  const replacing = await device();
  const before = expectOk(await readState(iot, replacing.oldCertificateId));
  const run = await replace(replacing);
  expect(run.result).toEqual({ ok: true, value: undefined });
  expect(told(run)).toEqual([
    'register-certificate done',
    'attach-policy done',
    'attach-policy done',
    'attach-thing-principal done',
    'update-certificate done',
  ]);
  const next = expectOk(await readState(iot, replacing.newCertificateId));
  expect(next).toMatchObject({ status: 'ACTIVE', thingNames: [replacing.thingName] });
  expect(next.policyNames.toSorted()).toEqual(['extra', 'fleet']);
  expect(expectOk(await readState(iot, replacing.oldCertificateId))).toEqual(before);
  const { certificateDescription } = await sdk().send(
    new DescribeCertificateCommand({ certificateId: replacing.newCertificateId }),
  );
  expect(certificateDescription).toMatchObject({
    caCertificateId: replacing.newCaId,
    certificateMode: 'DEFAULT',
  });
});

it('repeated, does nothing', async () => {
  const replacing = await device();
  await replace(replacing);
  expect(await replace(replacing)).toMatchObject({ steps: [], result: { ok: true } });
});

it.each([
  { operation: 'RegisterCertificate', done: 0, status: undefined },
  { operation: 'AttachPolicy', done: 1, status: 'INACTIVE' },
  { operation: 'AttachThingPrincipal', done: 3, status: 'INACTIVE' },
  { operation: 'UpdateCertificate', done: 4, status: 'INACTIVE' },
])(
  'stopped by a failing $operation lets nobody in, and goes on there',
  async ({ operation, done, status }) => {
    const replacing = await device();
    await letFail(operation);
    const stopped = await replace(replacing);
    expect(stopped.result.ok).toBe(false);
    expect(stopped.steps.filter(({ state }) => state === 'done')).toHaveLength(done);
    const between = await readState(iot, replacing.newCertificateId);
    expect(between.ok ? between.value.status : undefined).toBe(status);

    const resumed = await replace(replacing);
    expect(resumed.result.ok).toBe(true);
    expect(resumed.steps).toHaveLength(5 - done);
    expect(expectOk(await readState(iot, replacing.newCertificateId)).status).toBe('ACTIVE');
  },
);

it('finishes what AWS registered when the device came first', async () => {
  const replacing = await device();
  const registering = { certificatePem: replacing.newCertificatePem, caCertificatePem: newCa.pem };
  await sdk().send(new RegisterCertificateCommand({ ...registering, status: 'INACTIVE' }));
  expect(told(await replace(replacing))[0]).toBe('attach-policy done');
});

it('does not bring back what was revoked', async () => {
  const replacing = await device();
  await replace(replacing);
  const { newCertificateId } = replacing;
  await sdk().send(new UpdateCertificateCommand({ certificateId: newCertificateId, newStatus: 'REVOKED' }));
  expect((await replace(replacing)).result).toEqual({
    ok: false,
    failure: { kind: 'conflict', reason: 'certificate-revoked' },
  });
});

it('registers under an inactive CA only without it, and only for who may', async () => {
  const replacing = await device();
  const { newCaId, newCertificateId } = replacing;
  const setCa = (newStatus: 'ACTIVE' | 'INACTIVE') =>
    sdk().send(new UpdateCACertificateCommand({ certificateId: newCaId, newStatus }));
  await setCa('INACTIVE');
  expect(await replace(replacing)).toMatchObject({
    steps: [],
    result: { failure: { kind: 'conflict', reason: 'ca-inactive' } },
  });
  const run = await replace(replacing, true);
  await setCa('ACTIVE');
  expect(run.result.ok).toBe(true);
  const { certificateDescription } = await sdk().send(
    new DescribeCertificateCommand({ certificateId: newCertificateId }),
  );
  expect(certificateDescription?.certificateMode).toBe('SNI_ONLY');
});
