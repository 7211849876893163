/** Approvals and rejections of certificates that wait in a running sandbox, with calls that fail on purpose. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type IotGateway, iotFor } from '@/lib/aws/iot-gateway';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import type { Environment } from '@/lib/config/environments';
import type { Approval } from '@/lib/registry/approval';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { CertificateMint } from '@/lib/sandbox/testing/certificate-mint';
import { expectOk } from '@/lib/testing/expect-ok';
import { actOnCertificate } from './act-on-certificate';
import type { ActReport } from './act-report';
import { approveCertificate } from './approve-certificate';

/** The SDK makes three attempts of a call: as many have to fail before we hear of it. */
const ATTEMPTS = 3;
const OPEN = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';
const APPROVAL: Approval = {
  policy: { kind: 'scoped', name: 'approve-scoped' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder
  thing: { kind: 'create', name: '${CommonName}', attributes: { fleet: 'one' }, groupNames: [] },
};
const WHOLE = [
  'attach-policy done',
  'create-thing done',
  'attach-thing-principal done',
  'update-certificate done',
];

let sandbox: Sandbox;
let iot: IotGateway;
let place: Environment;
const mint = new CertificateMint(2);
const ca = mint.ca('Approve TESTING ONLY', 'ec');
let serial = 0;

beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  sandbox = await startSandbox();
  place = sandboxEnvironment(sandbox);
  iot = iotFor(place);
});
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});
afterEach(() => fetch(`${sandbox.api}/_sandbox/faults`, { method: 'DELETE' }));

/** Registered on its own and inactive: to an approval the same as one that is pending. */
async function waiting(): Promise<{ certificateId: string; thingName: string }> {
  serial += 1;
  const thingName = `approve-${serial}`;
  const { pem, certificateId } = mint.device(ca, thingName);
  expectOk(await iot.registerCertificate({ certificatePem: pem, caPem: undefined, status: 'INACTIVE' }));
  return { certificateId, thingName };
}

const letFail = (operation: string) =>
  fetch(`${sandbox.api}/_sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operation, fault: 'server-error', count: ATTEMPTS }),
  });
const stepsOf = ({ steps }: ActReport) => steps.map(({ step, state }) => `${step.kind} ${state}`);
const approve = (certificateId: string, approval = APPROVAL) =>
  approveCertificate(iot, place, approval, certificateId);

describe('an approval', () => {
  it('makes the policy for the first device and uses it for the next, and changes nothing when repeated', async () => {
    const first = await waiting();
    expect(stepsOf(await approve(first.certificateId))).toEqual(['create-policy done', ...WHOLE]);
    const second = await waiting();
    expect(stepsOf(await approve(second.certificateId))).toEqual(WHOLE);
    expect(await approve(second.certificateId)).toMatchObject({ steps: [], result: { ok: true } });

    const { arn, status } = expectOk(await iot.describeCertificate(second.certificateId));
    expect(status).toBe('ACTIVE');
    const page = { pageSize: 10, token: undefined };
    expect(expectOk(await iot.listPrincipalThings(arn, page)).items).toEqual([second.thingName]);
    expect(expectOk(await iot.listAttachedPolicies(arn, page)).items).toMatchObject([
      { name: 'approve-scoped' },
    ]);
  });

  it.each([
    { operation: 'GetPolicy', done: [], why: 'before anything was done' },
    { operation: 'AttachPolicy', done: ['attach-policy failed'], why: 'at the first step' },
    { operation: 'CreateThing', done: ['attach-policy done', 'create-thing failed'], why: 'half-way' },
    {
      operation: 'UpdateCertificate',
      done: [...WHOLE.slice(0, 3), 'update-certificate failed'],
      why: 'at the last step, with the device still out',
    },
  ])('that stops at $operation, $why, goes on where it ended', async ({ operation, done }) => {
    expectOk((await approve((await waiting()).certificateId)).result);
    const { certificateId } = await waiting();
    await letFail(operation);
    const first = await approve(certificateId);
    expect(first.result.ok).toBe(false);
    expect(stepsOf(first)).toEqual(done);
    expect(expectOk(await iot.describeCertificate(certificateId)).status).toBe('INACTIVE');
    const second = await approve(certificateId);
    expectOk(second.result);
    const before = done.filter((step) => step.endsWith('done'));
    expect([...before, ...stepsOf(second)]).toEqual(WHOLE);
  });

  it('of many at once shares the policy: whoever comes second finds it there', async () => {
    const many = await Promise.all(Array.from({ length: 8 }, waiting));
    const approval: Approval = { ...APPROVAL, policy: { kind: 'scoped', name: 'approve-race' } };
    const reports = await Promise.all(many.map(({ certificateId }) => approve(certificateId, approval)));
    expect(reports.map(({ result }) => result.ok)).toEqual(many.map(() => true));
  });

  it.each([
    {
      approval: { ...APPROVAL, policy: { kind: 'existing', name: 'nobody' } },
      reason: 'policy-absent',
    },
    {
      approval: { ...APPROVAL, policy: { kind: 'scoped', name: 'approve-other' } },
      reason: 'policy-differs',
    },
  ] satisfies { approval: Approval; reason: string }[])(
    'is refused as $reason, with nothing done',
    async (row) => {
      await iot.createPolicy({ name: 'approve-other', document: OPEN });
      const { certificateId } = await waiting();
      expect(await approve(certificateId, row.approval)).toMatchObject({
        steps: [],
        result: { failure: { kind: 'conflict', reason: row.reason } },
      });
    },
  );
});

it('a rejected certificate cannot be approved any more', async () => {
  const { certificateId } = await waiting();
  expectOk((await actOnCertificate(iot, 'reject', certificateId)).result);
  expect(expectOk(await iot.describeCertificate(certificateId)).status).toBe('REVOKED');
  expect(await approve(certificateId)).toMatchObject({
    result: { failure: { kind: 'conflict', reason: 'certificate-revoked' } },
  });
});
