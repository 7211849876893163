/** Switches of a CA's road in a running sandbox, with somebody else at work and calls that fail. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { iamFor } from '@/lib/aws/iam-gateway';
import { type IotGateway, iotFor } from '@/lib/aws/iot-gateway';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import { PROVISIONING_TRUST_POLICY } from '@/lib/provisioning/provisioning-role';
import { type CaRoad, type CaSwitches, roadOf } from '@/lib/registry/ca-road';
import type { RegistrationConfig } from '@/lib/registry/certificate-authority';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { CertificateMint } from '@/lib/sandbox/testing/certificate-mint';
import { expectOk } from '@/lib/testing/expect-ok';
import { switchRoad } from './switch-road';

/** The SDK makes three attempts of a call: as many have to fail before we hear of it. */
const ATTEMPTS = 3;
const TEMPLATE = JSON.stringify({
  Parameters: { 'AWS::IoT::Certificate::Id': { Type: 'String' } },
  Resources: {
    certificate: {
      Type: 'AWS::IoT::Certificate',
      Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE' },
    },
    policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'fleet' } },
  },
});

let sandbox: Sandbox;
let iot: IotGateway;
let template: RegistrationConfig;
const mint = new CertificateMint(2);
let serial = 0;

beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  sandbox = await startSandbox();
  const environment = sandboxEnvironment(sandbox);
  iot = iotFor(environment);
  const role = { name: 'JITPRole', description: '', trustPolicy: PROVISIONING_TRUST_POLICY };
  expectOk(await iamFor(environment).createRole(role));
  const roleArn = 'arn:aws:iam::123456789012:role/JITPRole';
  template = { kind: 'inline', templateBody: TEMPLATE, roleArn };
});
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});
afterEach(() => fetch(`${sandbox.api}/_sandbox/faults`, { method: 'DELETE' }));

async function makeCa(road: CaRoad): Promise<string> {
  serial += 1;
  const registered = await iot.registerCaCertificate({
    certificatePem: mint.ca(`Road ${serial} TESTING ONLY`, 'ec').pem,
    proof: { mode: 'SNI_ONLY' },
    setAsActive: true,
    autoRegistration: road !== 'closed',
    registrationConfig: road === 'jitp' ? template : undefined,
  });
  return expectOk(registered).caId;
}

async function seen(caId: string): Promise<CaSwitches> {
  const { status, autoRegistration, registrationConfig } = expectOk(await iot.describeCaCertificate(caId));
  return { status, autoRegistration, registrationConfig };
}

function listen() {
  const heard: { before: unknown; after: unknown } = { before: undefined, after: undefined };
  const audit = {
    before: (value: unknown) => Object.assign(heard, { before: value }),
    after: (value: unknown) => Object.assign(heard, { after: value }),
    requestId: () => undefined,
  };
  return { heard, audit };
}

const go = async (caId: string, to: CaRoad, from?: CaSwitches) =>
  switchRoad(iot, { caId, from: from ?? (await seen(caId)), to, template }, listen().audit);

describe('a switch', () => {
  it.each([
    ['jitp', 'jitr'],
    ['jitp', 'closed'],
    ['jitr', 'jitp'],
    ['jitr', 'closed'],
    ['closed', 'jitp'],
    ['closed', 'jitr'],
  ] as const)('from %s to %s arrives there, and changes nothing when repeated', async (from, to) => {
    const caId = await makeCa(from);
    expectOk(await go(caId, to));
    const arrived = await seen(caId);
    expect(roadOf(arrived)).toBe(to);
    expect(await go(caId, to)).toEqual({ ok: true, value: { requestId: undefined } });
    expect(await seen(caId)).toEqual(arrived);
  });

  it('tells the audit log what was and what is', async () => {
    const caId = await makeCa('jitp');
    const { heard, audit } = listen();
    expectOk(await switchRoad(iot, { caId, from: await seen(caId), to: 'jitr', template: undefined }, audit));
    expect(heard).toEqual({
      before: { status: 'ACTIVE', autoRegistration: true, registrationConfig: template },
      after: { status: 'ACTIVE', autoRegistration: true, registrationConfig: undefined },
    });
  });

  it('is refused when somebody has changed the CA since it was seen, and changes nothing', async () => {
    const caId = await makeCa('jitp');
    const from = await seen(caId);
    expectOk(await go(caId, 'closed'));
    const now = await seen(caId);
    expect(await go(caId, 'jitr', from)).toMatchObject({
      failure: { kind: 'conflict', reason: 'ca-changed' },
    });
    expect(await seen(caId)).toEqual(now);
  });

  it('that ends between its two calls is gone on with, from what the person had seen', async () => {
    const caId = await makeCa('jitp');
    const from = await seen(caId);
    const update = iot.updateCaCertificate;
    let calls = 0;
    const interrupted: IotGateway = {
      ...iot,
      updateCaCertificate: async (id, change) => {
        calls += 1;
        if (calls === 2) {
          await fetch(`${sandbox.api}/_sandbox/faults`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({
              operation: 'UpdateCACertificate',
              fault: 'server-error',
              count: ATTEMPTS,
            }),
          });
        }
        return update(id, change);
      },
    };
    const change = { caId, from, to: 'jitr', template: undefined } as const;
    expect((await switchRoad(interrupted, change, listen().audit)).ok).toBe(false);
    expect(roadOf(await seen(caId))).toBe('closed');
    expectOk(await switchRoad(iot, change, listen().audit));
    expect(roadOf(await seen(caId))).toBe('jitr');
  });
});
