/** Just-in-time registration by hand, with a real device, a real ledger and a running sandbox. */

import { createHash, createPrivateKey } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { actOnCertificate } from '@/lib/aws/acts/act-on-certificate';
import { approveCertificate } from '@/lib/aws/acts/approve-certificate';
import { type IotGateway, iotFor } from '@/lib/aws/iot-gateway';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import type { Environment } from '@/lib/config/environments';
import { database } from '@/lib/db/database';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { keepJitrSetUp } from '@/lib/ledger/jitr-set-ups';
import { find } from '@/lib/ledger/read';
import { reserve } from '@/lib/ledger/record';
import { defaultJitrSettings, type JitrSettings } from '@/lib/provisioning/jitr/settings';
import type { Approval } from '@/lib/registry/approval';
import { rehearse } from '@/lib/rehearsal/rehearse';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { CertificateMint, type MintedDevice } from '@/lib/sandbox/testing/certificate-mint';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { expectOk } from '@/lib/testing/expect-ok';
import { setUpPolicyDocument } from './jitr-set-up';
import { lookAtPending } from './look-at-pending';

const APPROVAL: Approval = {
  policy: { kind: 'scoped', name: 'look-scoped' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder
  thing: { kind: 'create', name: '${CommonName}', attributes: {}, groupNames: [] },
};

let ledger: AsyncDisposable;
let sandbox: Sandbox;
let environment: Environment;
let iot: IotGateway;
const mint = new CertificateMint(3);
const ca = mint.ca('By hand TESTING ONLY', 'ec');
const caId = createHash('sha256').update(ca.der).digest('hex');

beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  [ledger, sandbox] = await Promise.all([startEmbeddedDatabase(), startSandbox()]);
  environment = sandboxEnvironment(sandbox);
  iot = iotFor(environment);
  const registered = await iot.registerCaCertificate({
    certificatePem: ca.pem,
    proof: { mode: 'SNI_ONLY' },
    setAsActive: true,
    autoRegistration: true,
    registrationConfig: undefined,
  });
  expectOk(registered);
}, 120_000);
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await ledger[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});

/** Connects as the device does, for a moment; whether it got in. */
async function knock({ pem, keyPem, certificateId }: MintedDevice, name: string): Promise<boolean> {
  const device = {
    certificateId,
    name,
    chainPem: pem + ca.pem,
    hasIssuer: true,
    key: createPrivateKey(keyPem),
    serverRoots: [sandbox.caPem],
    host: 'localhost',
    port: sandbox.mqtt.port,
    clientId: name,
  };
  return rehearse(device, 1, () => undefined);
}

const lookAt = async (certificateId: string) => (await lookAtPending(environment, [certificateId])).looks[0];

describe('a device of a CA without a template', () => {
  it('waits after its first contact, is known with its CA and the ledger, and gets in once it is approved', async () => {
    const device = mint.device(ca, 'welcome-1');
    const { certificateId } = device;
    await reserve({
      environment: environment.id,
      certificateId,
      caId,
      serial: '1a',
      subject: {},
      commonName: 'welcome-1',
      notBefore: new Date(),
      notAfter: new Date(Date.now() + 86_400_000),
      batch: 'hall-7',
      operatorId: 'o1',
      operatorName: 'Ada',
    });
    expect(await knock(device, 'welcome-1')).toBe(false);
    expect(await lookAt(certificateId)).toMatchObject({
      kind: 'waiting',
      subject: { commonName: 'welcome-1', isExpired: false },
      ca: { caId, name: 'By hand TESTING ONLY', road: 'jitr', approval: undefined },
      objections: [],
      ledger: { origin: 'issued', operatorName: 'Ada', batch: 'hall-7' },
    });
    expect(await find(environment.id, certificateId)).toMatchObject({ lastSeenState: 'PENDING_ACTIVATION' });

    for (const [origin, told] of [
      ['sweep', 'swept'],
      ['csv', 'imported'],
    ] as const) {
      await database()
        .update(issuedCertificates)
        .set({ origin })
        .where(eq(issuedCertificates.certificateId, certificateId));
      expect(await lookAt(certificateId)).toMatchObject({ ledger: { origin: told } });
    }

    expectOk((await approveCertificate(iot, environment, APPROVAL, certificateId)).result);
    expect(await lookAt(certificateId)).toEqual({ certificateId, kind: 'moved-on' });
    expect(await knock(device, 'welcome-1')).toBe(true);
  });

  it('is kept out for good once it is rejected', async () => {
    const device = mint.device(ca, 'stranger-1');
    await knock(device, 'stranger-1');
    expect(await lookAt(device.certificateId)).toMatchObject({ kind: 'waiting', ledger: undefined });
    expectOk((await actOnCertificate(iot, 'reject', device.certificateId)).result);
    expect(await knock(device, 'stranger-1')).toBe(false);
    const approval = await approveCertificate(iot, environment, APPROVAL, device.certificateId);
    expect(approval.result).toMatchObject({ failure: { reason: 'certificate-revoked' } });
    expect(await knock(device, 'stranger-1')).toBe(false);
  });
});

describe('a device that the set-up of its CA has not let in', () => {
  const document =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';

  const keep = (settings: JitrSettings, deployedAt: Date) =>
    keepJitrSetUp({
      environment: environment.id,
      caId,
      settings: { ...settings, allowList: { kind: 'ledger' } },
      changedById: 'o1',
      changedByName: 'Ada',
      changedAt: new Date(),
      deployedAt,
      deployedAllowed: 0,
    });

  it('is not on the list of a function that was deployed before it was issued', async () => {
    const device = mint.device(ca, 'later-1');
    const { certificateId } = device;
    await reserve({
      environment: environment.id,
      certificateId,
      caId,
      serial: '1b',
      subject: {},
      commonName: 'later-1',
      notBefore: new Date(),
      notAfter: new Date(Date.now() + 86_400_000),
      batch: undefined,
      operatorId: 'o1',
      operatorName: 'Ada',
    });
    expect(await knock(device, 'later-1')).toBe(false);
    const settings = defaultJitrSettings(caId, { kind: 'none' });
    await keep(settings, new Date(Date.now() - 86_400_000));
    expect(await lookAt(certificateId)).toMatchObject({ objections: [{ code: 'not-on-allow-list' }] });
    await keep(settings, new Date(Date.now() + 1000));
    expect(await lookAt(certificateId)).toMatchObject({ objections: [] });
  });

  it('has its cause told, and gets by hand the very policy that the function would have made', async () => {
    const settings = defaultJitrSettings(caId, { kind: 'create', name: 'look-set-up', document });
    await keep({ ...settings, commonNames: ['press-*'] }, new Date());
    const device = mint.device(ca, 'kept-out-1');
    const { certificateId } = device;
    expect(await knock(device, 'kept-out-1')).toBe(false);
    const look = await lookAt(certificateId);
    expect(look).toMatchObject({
      objections: [{ code: 'not-on-allow-list' }, { code: 'common-name-differs', value: 'kept-out-1' }],
    });

    const approval = look?.kind === 'waiting' ? look.ca?.approval : undefined;
    if (approval === undefined) throw new Error('the set-up gives no approval');
    const kept = await setUpPolicyDocument(environment.id, approval);
    const approve = (mayCreate: boolean) =>
      approveCertificate(iot, environment, approval, certificateId, { document: kept, mayCreate });
    expect(await approve(false)).toMatchObject({
      steps: [],
      result: { failure: { kind: 'forbidden', permission: 'policy:create' } },
    });
    expectOk((await approve(true)).result);
    expect(JSON.parse(expectOk(await iot.getPolicy('look-set-up')).document)).toEqual(JSON.parse(document));
    expect(await knock(device, 'kept-out-1')).toBe(true);

    // For the next one it is there, so that nobody has to be allowed to make it.
    const next = mint.device(ca, 'kept-out-2');
    await knock(next, 'kept-out-2');
    const second = await approveCertificate(iot, environment, approval, next.certificateId);
    expectOk(second.result);
    expect(await knock(next, 'kept-out-2')).toBe(true);
  });
});

it('a certificate that AWS does not have has moved on', async () => {
  expect(await lookAt('e'.repeat(64))).toEqual({ certificateId: 'e'.repeat(64), kind: 'moved-on' });
});
