import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CreateThingCommand, RegisterCertificateCommand, UpdateThingCommand } from '@aws-sdk/client-iot';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ProvisioningRoleFacts } from '@/lib/registry/provisioning-role';
import type { Result } from '@/lib/result';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { CertificateMaker, type Made } from '@/lib/sandbox/testing/certificate-maker';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { checkProvisioningRole } from './check-provisioning-role';
import { iamFor } from './iam-gateway';
import { type IotGateway, iotFor } from './iot-gateway';
import { stsFor } from './sts-gateway';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from './testing/sandbox-environment';
import { serverTrustFor } from './trust/server-trust';

let sandbox: Sandbox;
let make: CertificateMaker;
let ca: Made;
let iot: IotGateway;

const environment = () => sandboxEnvironment(sandbox);
/** What the gateways do not offer, since the console never does it. */
const sdk = () => clientsFor(sandbox.api, environment().region).iot;

beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  sandbox = await startSandbox();
  make = await CertificateMaker.open();
  iot = iotFor(environment());
  ca = await make.ca({ subject: '/C=IN/O=Gateway TESTING ONLY' });
  const code = must(await iot.registrationCode());
  const verification = await make.leaf(ca, { subject: `/CN=${code}` });
  must(
    await iot.registerCaCertificate({
      certificatePem: ca.pem,
      proof: { mode: 'DEFAULT', verificationPem: verification.pem },
      setAsActive: true,
      autoRegistration: true,
      registrationConfig: undefined,
    }),
  );
});
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await make[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});

function must<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.failure)}`);
  return result.value;
}

async function registeredLeaf(commonName: string): Promise<Made> {
  const leaf = await make.leaf(ca, { subject: `/C=IN/CN=${commonName}` });
  await sdk().send(
    new RegisterCertificateCommand({ certificatePem: leaf.pem, caCertificatePem: ca.pem, status: 'ACTIVE' }),
  );
  return leaf;
}

const first = (pageSize = 25) => ({ pageSize, token: undefined });

describe('CA certificates', () => {
  it('are described in our words', async () => {
    expect(must(await iot.describeCaCertificate(ca.id))).toMatchObject({
      caId: ca.id,
      status: 'ACTIVE',
      mode: 'DEFAULT',
      autoRegistration: true,
      certificatePem: ca.pem,
      registrationConfig: undefined,
      notAfter: expect.any(Date),
    });
  });

  it('are listed with the details that AWS leaves out of its list', async () => {
    const { items } = must(await iot.listCaRows(first()));
    expect(items).toContainEqual(
      expect.objectContaining({
        caId: ca.id,
        detail: { ok: true, value: expect.objectContaining({ autoRegistration: true }) },
      }),
    );
  });

  it('take a template, give it back unchanged, and lose it', async () => {
    const registrationConfig = {
      kind: 'inline',
      templateBody: JSON.stringify({
        Parameters: { 'AWS::IoT::Certificate::Id': { Type: 'String' } },
        Resources: {
          certificate: {
            Type: 'AWS::IoT::Certificate',
            Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE' },
          },
        },
      }),
      roleArn: 'arn:aws:iam::123456789012:role/JITPRole',
    } as const;
    const keep = { status: undefined, autoRegistration: undefined } as const;
    must(await iot.updateCaCertificate(ca.id, { ...keep, registrationConfig, autoRegistration: true }));
    expect(must(await iot.describeCaCertificate(ca.id)).registrationConfig).toEqual(registrationConfig);

    must(
      await iot.updateCaCertificate(ca.id, {
        ...keep,
        autoRegistration: false,
        registrationConfig: 'remove',
      }),
    );
    expect(must(await iot.describeCaCertificate(ca.id))).toMatchObject({
      autoRegistration: false,
      registrationConfig: undefined,
    });
  });

  it('without proof are registered SNI_ONLY, and deleted once inactive', async () => {
    const other = await make.ca({ subject: '/O=SNI only TESTING ONLY' });
    const registered = must(
      await iot.registerCaCertificate({
        certificatePem: other.pem,
        proof: { mode: 'SNI_ONLY' },
        setAsActive: true,
        autoRegistration: false,
        registrationConfig: undefined,
      }),
    );
    expect(registered).toMatchObject({ caId: other.id, requestId: expect.any(String) });
    expect(await iot.deleteCaCertificate(other.id)).toMatchObject({
      failure: { kind: 'aws', name: 'CertificateStateException', status: 406 },
    });
    const change = {
      status: 'INACTIVE',
      autoRegistration: undefined,
      registrationConfig: undefined,
    } as const;
    must(await iot.updateCaCertificate(other.id, change));
    must(await iot.deleteCaCertificate(other.id));
    expect(await iot.describeCaCertificate(other.id)).toEqual({
      ok: false,
      failure: { kind: 'not-found', resource: 'ca-certificate', id: other.id },
    });
  });
});

describe('a device certificate, its thing and its policy', () => {
  it('are found from each other, and go in the order AWS wants', async () => {
    const leaf = await registeredLeaf('pump-7');
    const { arn } = must(await iot.describeCertificate(leaf.id));
    await sdk().send(new CreateThingCommand({ thingName: 'pump-7' }));
    const document =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';
    expect(must(await iot.createPolicy({ name: 'pump', document }))).toMatchObject({ name: 'pump' });
    must(await iot.attachThingPrincipal({ thingName: 'pump-7', principalArn: arn }));
    must(await iot.attachPolicy({ policyName: 'pump', targetArn: arn }));

    const principal = { kind: 'certificate', arn, certificateId: leaf.id };
    expect(must(await iot.listThingPrincipals('pump-7', first())).items).toEqual([principal]);
    expect(must(await iot.listPrincipalThings(arn, first())).items).toEqual(['pump-7']);
    expect(must(await iot.listAttachedPolicies(arn, first())).items).toMatchObject([{ name: 'pump' }]);
    expect(must(await iot.listPolicyTargets('pump', first())).items).toEqual([principal]);
    expect(must(await iot.listCertificatesByCa(ca.id, first())).items).toContainEqual(
      expect.objectContaining({ certificateId: leaf.id, status: 'ACTIVE' }),
    );
    expect(must(await iot.getPolicy('pump'))).toMatchObject({ document, defaultVersionId: '1' });
    expect(must(await iot.getPolicyVersionDocument('pump', '1'))).toBe(document);
    expect(must(await iot.listPolicyVersions('pump'))).toMatchObject([{ versionId: '1', isDefault: true }]);

    expect(await iot.deleteCertificate(leaf.id)).toMatchObject({
      failure: { name: 'CertificateStateException' },
    });
    must(await iot.updateCertificate(leaf.id, 'INACTIVE'));
    must(await iot.detachThingPrincipal({ thingName: 'pump-7', principalArn: arn }));
    must(await iot.detachPolicy({ policyName: 'pump', targetArn: arn }));
    must(await iot.deleteCertificate(leaf.id));
    must(await iot.deletePolicy('pump'));
    must(await iot.deleteThing('pump-7'));
    expect(await iot.describeCertificate(leaf.id)).toMatchObject({ failure: { kind: 'not-found' } });
    expect(await iot.getPolicy('pump')).toMatchObject({ failure: { kind: 'not-found', resource: 'policy' } });
    expect(await iot.describeThing('pump-7')).toMatchObject({
      failure: { kind: 'not-found', resource: 'thing' },
    });
  });
});

describe('lists', () => {
  it('of things go from page to page by token and can be narrowed', async () => {
    for (const name of ['list-1', 'list-2', 'list-3']) {
      const attributes = { batch: name === 'list-2' ? 'b' : 'a' };
      await sdk().send(new CreateThingCommand({ thingName: name, attributePayload: { attributes } }));
    }
    const all = { attribute: undefined, typeName: undefined };
    const one = must(await iot.listThings(all, { pageSize: 2, token: undefined }));
    expect(one.items).toHaveLength(2);
    const two = must(await iot.listThings(all, { pageSize: 2, token: one.nextToken }));
    expect(two.nextToken).toBeUndefined();
    expect(new Set([...one.items, ...two.items].map(({ name }) => name))).toEqual(
      new Set(['list-1', 'list-2', 'list-3']),
    );

    const narrowed = await iot.listThings({ ...all, attribute: { name: 'batch', value: 'b' } }, first());
    expect(must(narrowed).items.map(({ name }) => name)).toEqual(['list-2']);

    await sdk().send(new UpdateThingCommand({ thingName: 'list-1', attributePayload: { attributes: {} } }));
    expect(must(await iot.describeThing('list-1'))).toMatchObject({
      version: 2,
      defaultClientId: 'list-1',
    });
  });

  it('of certificates page by marker', async () => {
    const made = [await registeredLeaf('page-1'), await registeredLeaf('page-2')];
    const one = must(await iot.listCertificates({ pageSize: 1, token: undefined }));
    const two = must(await iot.listCertificates({ pageSize: 1, token: one.nextToken }));
    const ids = [...one.items, ...two.items].map(({ certificateId }) => certificateId);
    expect(new Set(ids)).toEqual(new Set(made.map(({ id }) => id)));
  });
});

describe('a provisioning role', () => {
  const trusting = (service: string) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
    });
  const needed = ['iot:CreateThing', 'iot:DeleteThing'];

  it('made and given the managed policy can do what AWS wrote it for, and no more', async () => {
    const iam = iamFor(environment());
    const role = must(
      await iam.createRole({
        name: 'Made',
        description: 'made by a test',
        trustPolicy: trusting('iot.amazonaws.com'),
      }),
    );
    const policyArn = 'arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration';
    must(await iam.attachRolePolicy({ roleName: 'Made', policyArn }));

    expect(must(await iam.listRoles(first())).items).toContainEqual(
      expect.objectContaining({ name: 'Made', trustPolicy: trusting('iot.amazonaws.com') }),
    );
    expect(must(await checkProvisioningRole(environment(), role.arn, needed))).toMatchObject({
      kind: 'seen',
      trust: { kind: 'trusted' },
      permissions: {
        kind: 'seen',
        actions: [
          { action: 'iot:CreateThing', verdict: 'allowed' },
          { action: 'iot:DeleteThing', verdict: 'implicit-deny' },
        ],
        malformed: [],
      },
    });
  });

  it('that trusts somebody else is seen to', async () => {
    const trustPolicy = trusting('lambda.amazonaws.com');
    const role = must(
      await iamFor(environment()).createRole({ name: 'Lambda', description: '', trustPolicy }),
    );
    expect(must(await checkProvisioningRole(environment(), role.arn, needed))).toMatchObject({
      trust: { kind: 'not-trusted' },
    });
  });

  it.each<[string, ProvisioningRoleFacts, string]>([
    ['arn:aws:iam::123456789012:role/Absent', { kind: 'missing' }, 'no such role'],
    ['arn:aws:iam::123456789012:role/other/path/Made', { kind: 'missing' }, 'the name, but another path'],
    [
      'arn:aws:iam::210987654321:role/Made',
      { kind: 'other-account', accountId: '210987654321' },
      'elsewhere',
    ],
    ['JITPRole', { kind: 'not-a-role' }, 'no ARN'],
  ])('%s is %o (%s)', async (arn, facts) => {
    expect(await checkProvisioningRole(environment(), arn, needed)).toEqual({ ok: true, value: facts });
  });
});

describe('the account', () => {
  it('is the one the environment says, or is told apart', async () => {
    expect(must(await stsFor(environment()).callerIdentity())).toMatchObject({
      accountId: '123456789012',
      matchesEnvironment: true,
    });
    const wrong = { ...environment(), accountId: '210987654321' };
    expect(must(await stsFor(wrong).callerIdentity()).matchesEnvironment).toBe(false);
  });

  it('has an endpoint for devices', async () => {
    expect(must(await iot.dataEndpoint())).toBe('localhost');
  });
});

describe('what devices trust', () => {
  it('is the environment’s file where there is one', async () => {
    const trust = must(await serverTrustFor(environment()));
    expect(trust.pem).toBe(sandbox.caPem);
    expect(trust.subject).toMatch(/CN=/);
  });

  it.each<[string, string | undefined, string]>([
    ['absent.pem', undefined, 'no such file'],
    ['text.pem', 'no certificate', 'no certificate in it'],
    ['huge.pem', 'x'.repeat(70_000), 'too long for a handful of roots'],
  ])('is a failure that names the file for %s', async (name, text) => {
    const serverTrustFile = path.join(make.directory, name);
    if (text !== undefined) await writeFile(serverTrustFile, text);
    expect(await serverTrustFor({ ...environment(), serverTrustFile })).toEqual({
      ok: false,
      failure: { kind: 'not-found', resource: 'server-trust-file', id: serverTrustFile },
    });
  });

  it('is none of Amazon’s roots where the endpoint is not Amazon’s', async () => {
    expect(await serverTrustFor({ ...environment(), serverTrustFile: undefined })).toMatchObject({
      ok: false,
      failure: { kind: 'aws-unreachable', service: 'MQTT' },
    });
  });
});
