import { CreateProvisioningTemplateCommand } from '@aws-sdk/client-iot';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { iamFor } from '@/lib/aws/iam-gateway';
import { type IotGateway, iotFor } from '@/lib/aws/iot-gateway';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import { PROVISIONING_TRUST_POLICY } from '@/lib/provisioning/provisioning-role';
import { starterConfig } from '@/lib/provisioning/starters';
import type { Result } from '@/lib/result';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { CertificateMaker } from '@/lib/sandbox/testing/certificate-maker';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { attachTemplate } from './attach-template';
import { changeDefaultVersion, changeEnabled, removeTemplate, removeVersion } from './change-template';
import { listJitpTemplates } from './list-jitp-templates';
import { readTemplate } from './read-template';
import { saveAsTemplate, saveAsVersion } from './save-template';
import { switchCaConfig } from './switch-ca-template';

const ROLE_ARN = 'arn:aws:iam::123456789012:role/JITPRole';
const place = { accountId: '123456789012', region: 'eu-central-1', roleArn: ROLE_ARN, policyName: 'P' };
const SCOPED = starterConfig('scoped', place).templateBody;
const OPEN = starterConfig('admin', place).templateBody;

let sandbox: Sandbox;
let make: CertificateMaker;
let iot: IotGateway;
let caCount = 0;

beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  sandbox = await startSandbox();
  make = await CertificateMaker.open();
  const environment = sandboxEnvironment(sandbox);
  iot = iotFor(environment);
  const role = { name: 'JITPRole', description: '', trustPolicy: PROVISIONING_TRUST_POLICY };
  must(await iamFor(environment).createRole(role));
});
afterEach(() => control('DELETE'));
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await make[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});

/** Lets every call of an operation fail until the test is over, or takes the faults away. */
async function control(method: 'POST' | 'DELETE', operation?: string): Promise<void> {
  const body = operation && JSON.stringify({ operation, fault: 'server-error' });
  const answer = await fetch(`${sandbox.api}/_sandbox/faults`, { method, ...(body && { body }) });
  if (!answer.ok) throw new Error(await answer.text());
}

function must<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.failure)}`);
  return result.value;
}

function recordingAudit() {
  const heard: { before?: unknown; after?: unknown; requestId?: unknown } = {};
  return {
    heard,
    before: (value: unknown) => {
      heard.before = value;
    },
    after: (value: unknown) => {
      heard.after = value;
    },
    requestId: (id: string | undefined) => {
      heard.requestId = id;
    },
  };
}

const audit = recordingAudit();
const inline = (templateBody: string) => ({ kind: 'inline', templateBody, roleArn: ROLE_ARN }) as const;
const named = (templateName: string) => ({ kind: 'named', templateName }) as const;
const template = (templateName: string, templateBody = SCOPED) => ({
  templateName,
  description: '',
  templateBody,
  roleArn: ROLE_ARN,
  isEnabled: true,
});

async function caWith(registrationConfig: ReturnType<typeof inline> | ReturnType<typeof named>) {
  caCount += 1;
  const ca = await make.ca({ subject: `/O=Templates ${caCount} TESTING ONLY` });
  must(
    await iot.registerCaCertificate({
      certificatePem: ca.pem,
      proof: { mode: 'SNI_ONLY' },
      setAsActive: true,
      autoRegistration: true,
      registrationConfig,
    }),
  );
  return ca.id;
}

const configOf = async (caId: string) => must(await iot.describeCaCertificate(caId)).registrationConfig;

describe('a draft', () => {
  it('is saved as a template of type JITP, listed with its details and users', async () => {
    const own = recordingAudit();
    must(await saveAsTemplate(iot, { ...template('Saved'), description: 'line 4' }, own));
    expect(own.heard).toMatchObject({ requestId: expect.any(String), after: { templateBody: SCOPED } });
    const caId = await caWith(named('Saved'));
    const rows = must(await iot.listTemplateRows({ pageSize: 25, token: undefined })).items;
    expect(rows.find(({ name }) => name === 'Saved')).toMatchObject({
      type: 'JITP',
      isEnabled: true,
      description: 'line 4',
      detail: { value: { defaultVersionId: 1, templateBody: SCOPED, roleArn: ROLE_ARN } },
      users: { value: { caIds: [caId], isPartial: false } },
    });
    expect(must(await listJitpTemplates(iot))).toContainEqual({ name: 'Saved', isEnabled: true });
  });

  it('that is saved twice counts as saved, as long as the one that is there is the same', async () => {
    must(await saveAsTemplate(iot, template('Twice'), audit));
    expect(must(await saveAsTemplate(iot, template('Twice'), audit))).toEqual({ requestId: undefined });
    expect(await saveAsTemplate(iot, template('Twice', OPEN), audit)).toMatchObject({
      failure: { name: 'ResourceAlreadyExistsException' },
    });
    expect(must(await iot.describeProvisioningTemplate('Twice')).templateBody).toBe(SCOPED);
  });

  it('is refused in AWS’s words where AWS refuses it', async () => {
    expect(
      await saveAsTemplate(iot, template('Refused', '{"Parameters":{},"Resources":{}}'), audit),
    ).toMatchObject({ failure: { kind: 'aws', name: 'InvalidRequestException' } });
    expect(
      await saveAsTemplate(iot, { ...template('Refused'), roleArn: `${ROLE_ARN}Absent` }, audit),
    ).toMatchObject({ failure: { kind: 'aws', name: 'InvalidRequestException' } });
  });

  it('becomes a version, which is in force only where that was asked for', async () => {
    must(await saveAsTemplate(iot, template('Versioned'), audit));
    const version = { templateName: 'Versioned', templateBody: OPEN };
    const waiting = await saveAsVersion(iot, { ...version, isDefault: false, newestVersionId: 1 }, audit);
    expect(must(waiting)).toMatchObject({ versionId: 2 });
    expect(must(await iot.describeProvisioningTemplate('Versioned')).defaultVersionId).toBe(1);
    must(await saveAsVersion(iot, { ...version, isDefault: true, newestVersionId: 2 }, audit));
    const read = must(await readTemplate(iot, 'Versioned'));
    expect(read.versions).toMatchObject([
      { versionId: 3, isDefault: true, body: { value: OPEN } },
      { versionId: 2, isDefault: false, body: { value: OPEN } },
      { versionId: 1, isDefault: false, body: { value: SCOPED } },
    ]);
  });

  it('saved in two tabs is saved once: the second hears that the template has changed', async () => {
    must(await saveAsTemplate(iot, template('Tabs'), audit));
    const version = { templateName: 'Tabs', templateBody: OPEN, isDefault: true, newestVersionId: 1 };
    must(await saveAsVersion(iot, version, audit));
    expect(await saveAsVersion(iot, { ...version, templateBody: SCOPED }, audit)).toEqual({
      ok: false,
      failure: { kind: 'conflict', reason: 'template-changed' },
    });
    expect(must(await iot.listTemplateVersions('Tabs'))).toHaveLength(2);
  });

  it('is no version of a fleet-provisioning template, whose type never changes', async () => {
    const sdk = clientsFor(sandbox.api, 'eu-central-1').iot;
    await sdk.send(
      new CreateProvisioningTemplateCommand({
        templateName: 'Fleet',
        templateBody: SCOPED,
        provisioningRoleArn: ROLE_ARN,
      }),
    );
    const version = { templateName: 'Fleet', templateBody: OPEN, isDefault: false, newestVersionId: 1 };
    expect(await saveAsVersion(iot, version, audit)).toMatchObject({
      failure: { reason: 'template-not-jitp' },
    });
    expect(must(await listJitpTemplates(iot)).map(({ name }) => name)).not.toContain('Fleet');
  });

  it('is refused as a sixth version until another one is deleted', async () => {
    must(await saveAsTemplate(iot, template('Full'), audit));
    const save = (newestVersionId: number) =>
      saveAsVersion(
        iot,
        { templateName: 'Full', templateBody: OPEN, isDefault: false, newestVersionId },
        audit,
      );
    for (const newest of [1, 2, 3, 4]) must(await save(newest));
    expect(await save(5)).toMatchObject({ failure: { name: 'VersionsLimitExceededException' } });
    must(await removeVersion(iot, { templateName: 'Full', versionId: 5 }, audit));
    expect(must(await save(4))).toMatchObject({ versionId: 6 });
  });
});

describe('the version in force', () => {
  it('can be another one and the first again, unless somebody was faster', async () => {
    must(await saveAsTemplate(iot, template('Force'), audit));
    const version = { templateName: 'Force', templateBody: OPEN, isDefault: true, newestVersionId: 1 };
    must(await saveAsVersion(iot, version, audit));
    const back = { templateName: 'Force', versionId: 1, defaultVersionId: 2 };
    const own = recordingAudit();
    must(await changeDefaultVersion(iot, back, own));
    expect(own.heard).toMatchObject({ before: { defaultVersionId: 2 }, after: { defaultVersionId: 1 } });
    expect(must(await iot.describeProvisioningTemplate('Force')).templateBody).toBe(SCOPED);
    expect(await changeDefaultVersion(iot, back, audit)).toMatchObject({
      failure: { reason: 'template-changed' },
    });
    expect(
      await changeDefaultVersion(iot, { ...back, defaultVersionId: 1, versionId: 9 }, audit),
    ).toMatchObject({ failure: { kind: 'aws' } });
  });

  it('is not deleted, and the text of another one stays in the audit log', async () => {
    must(await saveAsTemplate(iot, template('Spare'), audit));
    const version = { templateName: 'Spare', templateBody: OPEN, isDefault: true, newestVersionId: 1 };
    must(await saveAsVersion(iot, version, audit));
    expect(await removeVersion(iot, { templateName: 'Spare', versionId: 2 }, audit)).toMatchObject({
      failure: { name: 'DeleteConflictException' },
    });
    const own = recordingAudit();
    must(await removeVersion(iot, { templateName: 'Spare', versionId: 1 }, own));
    expect(own.heard.before).toEqual({ versionId: 1, templateBody: SCOPED });
    expect(await removeVersion(iot, { templateName: 'Spare', versionId: 1 }, audit)).toMatchObject({
      failure: { kind: 'not-found', resource: 'provisioning-template-version', id: 'Spare:1' },
    });
  });
});

describe('a template', () => {
  it('is disabled, enabled and deleted', async () => {
    must(await saveAsTemplate(iot, template('Gone'), audit));
    must(await changeEnabled(iot, { templateName: 'Gone', isEnabled: false }, audit));
    expect(must(await iot.describeProvisioningTemplate('Gone')).isEnabled).toBe(false);
    must(await changeEnabled(iot, { templateName: 'Gone', isEnabled: true }, audit));
    const own = recordingAudit();
    must(await removeTemplate(iot, { templateName: 'Gone' }, own));
    expect(own.heard.before).toMatchObject({ templateBody: SCOPED, roleArn: ROLE_ARN });
    const missing = { failure: { kind: 'not-found', resource: 'provisioning-template', id: 'Gone' } };
    expect(await readTemplate(iot, 'Gone')).toMatchObject(missing);
    expect(await removeTemplate(iot, { templateName: 'Gone' }, audit)).toMatchObject(missing);
    expect(await changeEnabled(iot, { templateName: 'Gone', isEnabled: true }, audit)).toMatchObject(missing);
  });

  it('is not deleted while a CA names it, and is once the CA has the text itself', async () => {
    must(await saveAsTemplate(iot, template('Used'), audit));
    const caId = await caWith(named('Used'));
    expect(await removeTemplate(iot, { templateName: 'Used' }, audit)).toMatchObject({
      failure: { name: 'DeleteConflictException' },
    });
    must(await switchCaConfig(iot, { caId, from: named('Used'), to: inline(SCOPED) }, audit));
    must(await removeTemplate(iot, { templateName: 'Used' }, audit));
    expect(await configOf(caId)).toEqual(inline(SCOPED));
  });
});

describe('the template of a CA', () => {
  it('becomes a named one and inline again, with auto-registration on all the while', async () => {
    const caId = await caWith(inline(SCOPED));
    must(await saveAsTemplate(iot, template('Turned'), audit));
    must(await switchCaConfig(iot, { caId, from: inline(SCOPED), to: named('Turned') }, audit));
    expect(await configOf(caId)).toEqual(named('Turned'));
    must(await switchCaConfig(iot, { caId, from: named('Turned'), to: inline(SCOPED) }, audit));
    expect(must(await iot.describeCaCertificate(caId))).toMatchObject({
      registrationConfig: inline(SCOPED),
      autoRegistration: true,
      status: 'ACTIVE',
    });
  });

  it('stays as it is when a step fails, and a repetition goes on from there', async () => {
    const caId = await caWith(inline(SCOPED));
    const switching = { caId, from: inline(SCOPED), to: named('Halfway') };

    await control('POST', 'CreateProvisioningTemplate');
    expect(await saveAsTemplate(iot, template('Halfway'), audit)).toMatchObject({ ok: false });
    await control('DELETE');
    expect(await switchCaConfig(iot, switching, audit)).toMatchObject({
      failure: { kind: 'not-found', resource: 'provisioning-template' },
    });
    expect(await configOf(caId)).toEqual(inline(SCOPED));

    must(await saveAsTemplate(iot, template('Halfway'), audit));
    await control('POST', 'UpdateCACertificate');
    expect(await switchCaConfig(iot, switching, audit)).toMatchObject({ failure: { kind: 'aws' } });
    await control('DELETE');
    expect(await configOf(caId)).toEqual(inline(SCOPED));

    must(await saveAsTemplate(iot, template('Halfway'), audit));
    must(await switchCaConfig(iot, switching, audit));
    expect(must(await switchCaConfig(iot, switching, audit))).toEqual({ requestId: undefined });
    expect(await configOf(caId)).toEqual(named('Halfway'));
  });

  it('is replaced by an edited one, unless somebody else has replaced it meanwhile', async () => {
    const caId = await caWith(inline(SCOPED));
    const attaching = { caId, from: inline(SCOPED), to: inline(OPEN) };
    must(await attachTemplate(iot, attaching, audit));
    expect(await configOf(caId)).toEqual(inline(OPEN));
    must(await attachTemplate(iot, attaching, audit));

    must(await saveAsTemplate(iot, template('Attached'), audit));
    const later = { caId, from: inline(SCOPED), to: named('Attached') };
    expect(await attachTemplate(iot, later, audit)).toMatchObject({
      failure: { kind: 'conflict', reason: 'ca-template-changed' },
    });
    expect(await attachTemplate(iot, { ...later, from: undefined }, audit)).toMatchObject({ ok: false });
    expect(await configOf(caId)).toEqual(inline(OPEN));
  });

  it('is not switched when the CA, or the text of the template, is another one by now', async () => {
    const caId = await caWith(inline(OPEN));
    must(await saveAsTemplate(iot, template('Moved'), audit));
    expect(
      await switchCaConfig(iot, { caId, from: inline(SCOPED), to: named('Moved') }, audit),
    ).toMatchObject({ failure: { reason: 'ca-template-changed' } });
    expect(await switchCaConfig(iot, { caId, from: inline(OPEN), to: named('Moved') }, audit)).toMatchObject({
      failure: { reason: 'template-changed' },
    });
    expect(await switchCaConfig(iot, { caId, from: inline(OPEN), to: named('Fleet') }, audit)).toMatchObject({
      failure: { reason: 'template-not-jitp' },
    });
    expect(await configOf(caId)).toEqual(inline(OPEN));
  });
});
