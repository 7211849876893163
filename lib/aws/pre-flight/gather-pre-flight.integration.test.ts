/** A pre-flight and a picture of relations against a running sandbox. */

import { readFile } from 'node:fs/promises';
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  RegisterCertificateCommand,
  UpdateCACertificateCommand,
} from '@aws-sdk/client-iot';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readRelations } from '@/lib/aws/relations/read-relations';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import { registryChecks } from '@/lib/diagnosis/pre-flight/registry-checks';
import { inspectCertificate } from '@/lib/pki/inspect-certificate';
import { RELATION_NODES_MAX } from '@/lib/registry/relations';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { CertificateMint, type MintedCa, type MintedDevice } from '@/lib/sandbox/testing/certificate-mint';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { makeFleetRole, registerFleetCa } from '@/lib/sandbox/testing/fleet-ca';
import { expectOk } from '@/lib/testing/expect-ok';
import { gatherPreFlight } from './gather-pre-flight';

let sandbox: Sandbox;
let ca: MintedCa;
let caId: string;
const mint = new CertificateMint(2);
const environment = () => ({ ...sandboxEnvironment(sandbox), region: 'us-east-2' });
const iot = () => clientsFor(sandbox.api).iot;
const NOW = new Date();

beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  sandbox = await startSandbox();
  await makeFleetRole(sandbox.api);
  ca = mint.ca('Flight TESTING ONLY', 'ec');
  await registerFleetCa(sandbox.api, ca, mint);
  const facts = expectOk(await inspectCertificate(ca.pem, globalThis.crypto));
  caId = facts.certificateId;
});
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});

async function states(
  { pem }: MintedDevice,
  { clientId, roots, host }: { clientId?: string; roots?: string[]; host?: string } = {},
): Promise<Record<string, string>> {
  const facts = await gatherPreFlight(
    environment(),
    {
      leaf: { pem, facts: expectOk(await inspectCertificate(pem, globalThis.crypto)) },
      issuer: { caId, isCa: true },
      serverRootPems: roots ?? [await readFile(sandbox.caFile, 'utf8')],
      target: { host: host ?? sandbox.mqtt.host, port: sandbox.mqtt.port, clientId },
    },
    NOW,
  );
  return Object.fromEntries(
    registryChecks(facts, NOW).map(({ id, state, code }) => [id, `${state} ${code}`]),
  );
}

describe('a pre-flight', () => {
  it('of a device that AWS will let in passes in everything', async () => {
    expect(await states(mint.device(ca, 'flight-1'), { clientId: 'flight-1' })).toEqual({
      validity: 'pass valid',
      endpoint: 'pass endpoint-right',
      'server-root': 'pass root-verifies',
      issuer: 'pass issuer-registered',
      ca: 'pass ca-ready',
      contact: 'pass contact-new',
      template: 'pass template-evaluates',
      role: 'pass role-ready',
      names: 'pass names-free',
      policy: 'pass policy-connects',
      'client-id': 'pass client-id-fits',
    });
  });

  it('says that the name is taken', async () => {
    await iot().send(new CreateThingCommand({ thingName: 'flight-2' }));
    expect(await states(mint.device(ca, 'flight-2'))).toMatchObject({ names: 'fail names-taken' });
  });

  it("says that the server does not prove itself with the devices' own CA", async () => {
    expect(await states(mint.device(ca, 'flight-3'), { roots: [ca.pem] })).toMatchObject({
      'server-root': 'fail root-wrong',
    });
  });

  it.each([
    { host: '127.0.0.1', code: 'fail endpoint-address' },
    { host: 'a1.iot.us-east-2.amazonaws.com', code: 'fail endpoint-other' },
  ])('judges $host: $code', async ({ host, code }) => {
    expect(await states(mint.device(ca, 'flight-4'), { host })).toMatchObject({ endpoint: code });
  });

  it('asks AWS itself once it has the certificate', async () => {
    const device = mint.device(ca, 'flight-5');
    const { certificateArn } = await iot().send(
      new RegisterCertificateCommand({
        certificatePem: device.pem,
        caCertificatePem: ca.pem,
        status: 'ACTIVE',
      }),
    );
    expect(await states(device, { clientId: 'flight-5' })).toMatchObject({
      contact: 'note contact-active',
      policy: 'fail policy-denies',
    });
    const policyName = 'FlightPolicy';
    const policyDocument =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:Connect","Resource":"*"}]}';
    await iot().send(new CreatePolicyCommand({ policyName, policyDocument }));
    await iot().send(new AttachPolicyCommand({ policyName, target: certificateArn }));
    expect(await states(device, { clientId: 'flight-5' })).toMatchObject({ policy: 'pass policy-connects' });
    const picture = expectOk(await readRelations(environment(), 'policy', policyName));
    expect(picture.relations.edges).toEqual([
      { from: `certificate:${device.certificateId}`, to: `policy:${policyName}` },
    ]);
  });

  it('names the cause where the CA stands in the way', async () => {
    await iot().send(new UpdateCACertificateCommand({ certificateId: caId, newStatus: 'INACTIVE' }));
    expect(await states(mint.device(ca, 'flight-6'))).toMatchObject({ ca: 'fail ca-not-ready' });
    await iot().send(new UpdateCACertificateCommand({ certificateId: caId, newStatus: 'ACTIVE' }));
  });
});

describe('a picture of relations', () => {
  it('of a CA runs from role to certificates, and is bounded', async () => {
    for (let index = 0; index < RELATION_NODES_MAX + 5; index += 1) {
      const { pem: certificatePem } = mint.device(ca, `many-${index}`);
      await iot().send(new RegisterCertificateCommand({ certificatePem, caCertificatePem: ca.pem }));
    }
    const { relations, failures } = expectOk(await readRelations(environment(), 'ca', caId));
    expect(failures).toEqual([]);
    expect(relations.nodes).toHaveLength(RELATION_NODES_MAX);
    expect(relations.further).toMatchObject([{ kind: 'certificate', atLeast: true }]);
    const kinds = new Set(relations.nodes.map(({ kind }) => kind));
    expect([...kinds]).toEqual(expect.arrayContaining(['role', 'template', 'ca', 'certificate']));
  });

  it('of something that is not there is a failure', async () => {
    expect(await readRelations(environment(), 'thing', 'no-such-thing')).toMatchObject({
      ok: false,
      failure: { kind: 'not-found' },
    });
  });
});
