/** Plans of acts against a running sandbox, with calls that fail on purpose. */
import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  DescribeCertificateCommand,
  RegisterCertificateWithoutCACommand,
} from '@aws-sdk/client-iot';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type IotGateway, iotFor } from '@/lib/aws/iot-gateway';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import type { CertificateAct } from '@/lib/registry/act';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { CertificateMint } from '@/lib/sandbox/testing/certificate-mint';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { actOnCertificate } from './act-on-certificate';
import type { ActReport } from './act-report';
import { deleteThingWithPlan } from './delete-thing';

const POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';
/** The SDK makes three attempts of a call: as many have to fail before we hear of it. */
const ATTEMPTS = 3;

let sandbox: Sandbox;
let iot: IotGateway;
const mint = new CertificateMint(2);
const ca = mint.ca('Acts TESTING ONLY', 'ec');
const sdk = () => clientsFor(sandbox.api, 'eu-central-1').iot;
let serial = 0;

beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  sandbox = await startSandbox();
  iot = iotFor(sandboxEnvironment(sandbox));
  await sdk().send(new CreatePolicyCommand({ policyName: 'acts', policyDocument: POLICY }));
});
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});
afterEach(() => fetch(`${sandbox.api}/_sandbox/faults`, { method: 'DELETE' }));

type Device = { certificateId: string; arn: string; thingName: string };

/** A certificate with a policy and a thing. */
async function device(status: 'ACTIVE' | 'INACTIVE' | 'REVOKED' = 'ACTIVE'): Promise<Device> {
  serial += 1;
  const thingName = `acts-${serial}`;
  const { certificateId = '', certificateArn: arn = '' } = await sdk().send(
    new RegisterCertificateWithoutCACommand({ certificatePem: mint.device(ca, thingName).pem, status }),
  );
  await sdk().send(new CreateThingCommand({ thingName }));
  await sdk().send(new AttachThingPrincipalCommand({ thingName, principal: arn }));
  await sdk().send(new AttachPolicyCommand({ policyName: 'acts', target: arn }));
  return { certificateId, arn, thingName };
}

async function letFail(
  operation: string,
  fault: 'throttling' | 'server-error',
  count: number,
): Promise<void> {
  const answer = await fetch(`${sandbox.api}/_sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operation, fault, count }),
  });
  expect(answer.status).toBe(201);
}

async function statusOf({ certificateId }: Device): Promise<string | undefined> {
  const described = await iot.describeCertificate(certificateId);
  return described.ok ? described.value.status : described.failure.kind;
}

const stepsOf = ({ steps }: ActReport): string[] => steps.map(({ step, state }) => `${step.kind} ${state}`);

const WHOLE = [
  'update-certificate done',
  'detach-policy done',
  'detach-thing-principal done',
  'delete-certificate done',
];

describe('a change of status', () => {
  it.each<{ act: CertificateAct; from: 'ACTIVE' | 'INACTIVE'; to: string }>([
    { act: 'activate', from: 'INACTIVE', to: 'ACTIVE' },
    { act: 'deactivate', from: 'ACTIVE', to: 'INACTIVE' },
    { act: 'revoke', from: 'ACTIVE', to: 'REVOKED' },
  ])('$act leads from $from to $to, and done again it changes nothing', async ({ act, from, to }) => {
    const made = await device(from);
    const first = await actOnCertificate(iot, act, made.certificateId);
    expect(first).toMatchObject({
      result: { ok: true },
      before: { status: from },
      requestId: expect.any(String),
    });
    expect(stepsOf(first)).toEqual(['update-certificate done']);
    expect(await statusOf(made)).toBe(to);
    expect(await actOnCertificate(iot, act, made.certificateId)).toMatchObject({
      steps: [],
      result: { ok: true },
    });
  });

  it('of a revoked certificate is refused without a call', async () => {
    const made = await device();
    await actOnCertificate(iot, 'revoke', made.certificateId);
    expect(await actOnCertificate(iot, 'activate', made.certificateId)).toMatchObject({
      steps: [],
      result: { failure: { kind: 'conflict', reason: 'certificate-revoked' } },
    });
    expect(await statusOf(made)).toBe('REVOKED');
  });

  it('of a certificate that is not there fails', async () => {
    expect(await actOnCertificate(iot, 'activate', 'f'.repeat(64))).toMatchObject({
      result: { failure: { kind: 'not-found', resource: 'certificate' } },
    });
  });
});

describe('the deletion of a certificate', () => {
  it('deactivates, detaches and deletes, and leaves thing and policy', async () => {
    const made = await device();
    const report = await actOnCertificate(iot, 'delete-certificate', made.certificateId);
    expect(report.result).toEqual({ ok: true, value: undefined });
    expect(stepsOf(report)).toEqual(WHOLE);
    expect(report.before).toMatchObject({ status: 'ACTIVE', things: [made.thingName], policies: ['acts'] });
    expect(await statusOf(made)).toBe('not-found');
    expect((await iot.describeThing(made.thingName)).ok).toBe(true);
    expect((await iot.getPolicy('acts')).ok).toBe(true);
  });

  it('of one that is gone counts as done', async () => {
    expect(await actOnCertificate(iot, 'delete-certificate', 'e'.repeat(64))).toMatchObject({
      steps: [],
      result: { ok: true },
    });
  });

  it('by two at the same time succeeds for both', async () => {
    const made = await device();
    const reports = await Promise.all([
      actOnCertificate(iot, 'delete-certificate', made.certificateId),
      actOnCertificate(iot, 'delete-certificate', made.certificateId),
    ]);
    expect(reports.map(({ result }) => result.ok)).toEqual([true, true]);
    expect(await statusOf(made)).toBe('not-found');
  });

  it.each([
    { operation: 'DescribeCertificate', done: [], why: 'before anything was read' },
    { operation: 'ListPrincipalThings', done: [], why: 'before it is known what is attached' },
    { operation: 'ListAttachedPolicies', done: [], why: 'before it is known what is attached' },
    { operation: 'UpdateCertificate', done: ['update-certificate failed'], why: 'at the first step' },
    {
      operation: 'DetachPolicy',
      done: ['update-certificate done', 'detach-policy failed'],
      why: 'with the device out already',
    },
    {
      operation: 'DetachThingPrincipal',
      done: [...WHOLE.slice(0, 2), 'detach-thing-principal failed'],
      why: 'half detached',
    },
    {
      operation: 'DeleteCertificate',
      done: [...WHOLE.slice(0, 3), 'delete-certificate failed'],
      why: 'at the end',
    },
  ])(
    'stopped at $operation, $why, tells so and is finished by another go',
    async ({ operation, done }) => {
      const made = await device();
      await letFail(operation, 'throttling', ATTEMPTS);
      const first = await actOnCertificate(iot, 'delete-certificate', made.certificateId);
      expect(first.result).toMatchObject({
        ok: false,
        failure: { kind: 'aws', operation, name: 'ThrottlingException' },
      });
      expect(stepsOf(first)).toEqual(done);
      const second = await actOnCertificate(iot, 'delete-certificate', made.certificateId);
      expect(second.result.ok).toBe(true);
      expect(await statusOf(made)).toBe('not-found');
      const all = [...stepsOf(first).filter((step) => step.endsWith('done')), ...stepsOf(second)];
      expect(all).toEqual(WHOLE);
    },
    20_000,
  );

  it('outlasts errors of the server that the SDK asks again about', async () => {
    const made = await device();
    await letFail('*', 'server-error', ATTEMPTS - 1);
    const report = await actOnCertificate(iot, 'delete-certificate', made.certificateId);
    expect(report.result.ok).toBe(true);
  });

  it('detaches what was attached while it ran', async () => {
    const made = await device('INACTIVE');
    let isLate = false;
    const late: IotGateway = {
      ...iot,
      async detachPolicy(attachment) {
        const detached = await iot.detachPolicy(attachment);
        if (!isLate) {
          isLate = true;
          await sdk().send(new AttachPolicyCommand({ policyName: 'acts', target: made.arn }));
        }
        return detached;
      },
    };
    const report = await actOnCertificate(late, 'delete-certificate', made.certificateId);
    expect(report.result.ok).toBe(true);
    expect(stepsOf(report).filter((step) => step === 'detach-policy done')).toHaveLength(2);
    expect(await statusOf(made)).toBe('not-found');
  });
});

describe('the deletion of a thing', () => {
  it('detaches its principals, which stay, and deletes it', async () => {
    const made = await device();
    const report = await deleteThingWithPlan(iot, made.thingName);
    expect(stepsOf(report)).toEqual(['detach-thing-principal done', 'delete-thing done']);
    expect(report.before).toMatchObject({ name: made.thingName, principals: [made.arn] });
    expect((await iot.describeThing(made.thingName)).ok).toBe(false);
    const still = await sdk().send(new DescribeCertificateCommand({ certificateId: made.certificateId }));
    expect(still.certificateDescription?.status).toBe('ACTIVE');
  });

  it('of one that is gone counts as done, and one that failed is finished by another go', async () => {
    const made = await device();
    await letFail('DeleteThing', 'server-error', ATTEMPTS);
    const first = await deleteThingWithPlan(iot, made.thingName);
    expect(stepsOf(first)).toEqual(['detach-thing-principal done', 'delete-thing failed']);
    expect(first.result).toMatchObject({ failure: { kind: 'aws', operation: 'DeleteThing', status: 500 } });
    expect(stepsOf(await deleteThingWithPlan(iot, made.thingName))).toEqual(['delete-thing done']);
    expect(await deleteThingWithPlan(iot, made.thingName)).toMatchObject({ steps: [], result: { ok: true } });
  });
});
