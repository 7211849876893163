/** CAs as the forms that issue get them, from a real sandbox. */
import {
  CreateProvisioningTemplateCommand,
  CreateProvisioningTemplateVersionCommand,
  type IoTClient,
  RegisterCACertificateCommand,
  UpdateProvisioningTemplateCommand,
} from '@aws-sdk/client-iot';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { PROVISIONING_TRUST_POLICY } from '@/lib/provisioning/provisioning-role';
import { starterConfig } from '@/lib/provisioning/starters';
import { type IssuingTemplate, templateBodyOf } from '@/lib/registry/issuing-ca';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { CertificateMaker } from '@/lib/sandbox/testing/certificate-maker';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { expectOk } from '@/lib/testing/expect-ok';
import { iamFor } from './iam-gateway';
import { readIssuingCa, readIssuingCas } from './issuing-cas';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from './testing/sandbox-environment';

const ROLE_ARN = 'arn:aws:iam::123456789012:role/JITPRole';
const place = { accountId: '123456789012', region: 'eu-central-1', roleArn: ROLE_ARN, policyName: 'P' };
const FIRST = starterConfig('scoped', place).templateBody;
const SECOND = starterConfig('admin', place).templateBody;
const templateName = 'Fleet';

let sandbox: Sandbox;
let make: CertificateMaker;
let iot: IoTClient;
let caId: string;

beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  [sandbox, make] = await Promise.all([startSandbox(), CertificateMaker.open()]);
  iot = clientsFor(sandbox.api, place.region).iot;
  expectOk(
    await iamFor(sandboxEnvironment(sandbox)).createRole({
      name: 'JITPRole',
      description: '',
      trustPolicy: PROVISIONING_TRUST_POLICY,
    }),
  );
  await iot.send(
    new CreateProvisioningTemplateCommand({
      ...{ templateName, templateBody: FIRST, provisioningRoleArn: ROLE_ARN },
      ...{ type: 'JITP', enabled: true },
    }),
  );
  const ca = await make.ca({ subject: '/O=Named template TESTING ONLY' });
  await iot.send(
    new RegisterCACertificateCommand({
      ...{ caCertificate: ca.pem, certificateMode: 'SNI_ONLY', setAsActive: true },
      registrationConfig: { templateName },
    }),
  );
  caId = ca.id;
});
afterEach(() => faults('DELETE'));
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await make[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});

async function faults(method: 'POST' | 'DELETE', operation?: string): Promise<void> {
  const body = operation && JSON.stringify({ operation, fault: 'server-error' });
  const answer = await fetch(`${sandbox.api}/_sandbox/faults`, { method, ...(body && { body }) });
  if (!answer.ok) throw new Error(await answer.text());
}

const read = async (): Promise<IssuingTemplate> =>
  expectOk(await readIssuingCa(sandboxEnvironment(sandbox), caId)).template;

it('a CA that names its template comes with the text of the version in force, and whether the template is enabled', async () => {
  const before = await read();
  expect(templateBodyOf(before)).toBe(FIRST);
  expect(before).toMatchObject({ inForce: { ok: true, value: { isEnabled: true, type: 'JITP' } } });

  await iot.send(
    new CreateProvisioningTemplateVersionCommand({ templateName, templateBody: SECOND, setAsDefault: true }),
  );
  await iot.send(new UpdateProvisioningTemplateCommand({ templateName, enabled: false }));
  const after = await read();
  expect(templateBodyOf(after)).toBe(SECOND);
  expect(after).toMatchObject({ inForce: { ok: true, value: { isEnabled: false } } });
});

it('a list of CAs costs no call for the template that one names', async () => {
  await faults('POST', 'DescribeProvisioningTemplate');
  const { cas } = expectOk(await readIssuingCas(sandboxEnvironment(sandbox), undefined));
  expect(cas[0]?.ca?.template).toEqual({ kind: 'named', templateName, inForce: undefined });
});

it('the CA is there all the same where AWS does not tell the text', async () => {
  await faults('POST', 'DescribeProvisioningTemplate');
  expect(await read()).toMatchObject({
    templateName,
    inForce: { ok: false, failure: { kind: 'aws', operation: 'DescribeProvisioningTemplate', status: 500 } },
  });
});
