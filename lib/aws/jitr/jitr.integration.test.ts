/** A set-up that is deployed by the console and run by the sandbox, with mosquitto for devices. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { iamFor } from '@/lib/aws/iam-gateway';
import { iotFor } from '@/lib/aws/iot-gateway';
import { lambdaFor } from '@/lib/aws/lambda-gateway';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import type { Environment } from '@/lib/config/environments';
import { jitrArtefacts, registrationSql } from '@/lib/provisioning/jitr/artefacts';
import { type JitrAct, jitrCalls } from '@/lib/provisioning/jitr/calls';
import { jitrState, presenceOf } from '@/lib/provisioning/jitr/drift';
import { FUNCTION_TRUST_POLICY } from '@/lib/provisioning/jitr/execution-role';
import { deployScript } from '@/lib/provisioning/jitr/export-files';
import { defaultJitrSettings, type JitrSettings } from '@/lib/provisioning/jitr/settings';
import { storedZip } from '@/lib/provisioning/jitr/stored-zip';
import { PUBLISHED_HANDLER } from '@/lib/provisioning/jitr/testing/published-handler';
import { DeviceWorkshop, type MadeCa, type MadeDevice } from '@/lib/sandbox/mqtt/testing/device-workshop';
import { mosquittoPub, Subscriber } from '@/lib/sandbox/mqtt/testing/mosquitto';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { CertificateMint } from '@/lib/sandbox/testing/certificate-mint';
import { firstConnect } from '@/lib/sandbox/testing/first-connect';
import { expectOk } from '@/lib/testing/expect-ok';
import { makeJitrCall } from './make-call';
import { packageSha256 } from './package-sha256';
import { readDeployment } from './read-deployment';
import { readRegistrationRules } from './read-rules';

let sandbox: Sandbox;
let environment: Environment;
let workshop: DeviceWorkshop;
beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  sandbox = await startSandbox();
  environment = { ...sandboxEnvironment(sandbox), region: 'us-east-2' };
  workshop = await DeviceWorkshop.open();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await sandbox.close();
  await workshop[Symbol.asyncDispose]();
});

const OWN_TOPICS = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['iot:Connect', 'iot:Publish'],
      Resource: [
        `arn:aws:iot:us-east-2:123456789012:client/\${iot:Connection.Thing.ThingName}`,
        `arn:aws:iot:us-east-2:123456789012:topic/\${iot:Connection.Thing.ThingName}/*`,
      ],
    },
  ],
});

async function registerCa(subject: string): Promise<{ ca: MadeCa; caId: string }> {
  const iot = iotFor(environment);
  const ca = await workshop.makeCa({ subject, key: 'EC' });
  const { caId } = expectOk(
    await iot.registerCaCertificate({
      certificatePem: ca.pem,
      proof: {
        mode: 'DEFAULT',
        verificationPem: await workshop.makeProof(ca, expectOk(await iot.registrationCode())),
      },
      setAsActive: true,
      autoRegistration: true,
      registrationConfig: undefined,
    }),
  );
  return { ca, caId };
}

function setUp(caId: string, changes: Partial<JitrSettings> = {}, allowedIds: readonly string[] = []) {
  const policy = { kind: 'create', name: 'devices', document: OWN_TOPICS } as const;
  const settings = { ...defaultJitrSettings(caId, policy), ...changes };
  const { accountId, region } = environment;
  const artefacts = jitrArtefacts(settings, { accountId, region, caId }, allowedIds);
  const read = async () => expectOk(await readDeployment(environment, artefacts));
  return {
    settings,
    artefacts,
    state: async () => jitrState(await read(), artefacts, packageSha256(artefacts.packageZip)),
    async carryOut(act: JitrAct): Promise<string[]> {
      const outcomes: string[] = [];
      for (const call of jitrCalls(act, presenceOf(await read()))) {
        outcomes.push(`${call}: ${expectOk(await makeJitrCall(environment, artefacts, call)).kind}`);
      }
      return outcomes;
    },
  };
}

const connect = (device: MadeDevice, certFile: string, clientId: string) =>
  mosquittoPub([
    ...['--cafile', sandbox.caFile, '--cert', certFile, '--key', device.keyFile],
    ...['-h', sandbox.mqtt.host, '-p', String(sandbox.mqtt.port), '-q', '1', '-i', clientId],
    ...['-t', `${clientId}/test`, '-m', 'Hello'],
  ]);

const statusOf = async ({ id }: MadeDevice) =>
  expectOk(await iotFor(environment).describeCertificate(id)).status;

/** The lines that the function has logged of a device. */
const decisionsOn = ({ id }: MadeDevice): unknown[] =>
  sandbox.state.explanations
    .after(0)
    .filter(({ code, certificateId }) => code === 'lambda-log' && certificateId === id)
    .flatMap(({ message }) => [...message.matchAll(/\{.*\}/g)].map(([line]) => JSON.parse(line)));

const settled = { timeout: 30_000, interval: 50 };

describe('a set-up', () => {
  it('is deployed, found as planned, switched off and on, and removed without a trace', async () => {
    const { caId } = await registerCa('/O=Life');
    const { carryOut, state, artefacts } = setUp(caId);
    expect(await state()).toEqual({ kind: 'absent' });
    expect(await carryOut('deploy')).toEqual([
      'create-role: made',
      'put-role-policy: made',
      'create-function: made',
      'add-permission: made',
      'create-topic-rule: made',
    ]);
    expect(await state()).toEqual({ kind: 'there', isEnabled: true, deviations: [] });
    expect(await carryOut('deploy')).toEqual([
      'put-role-policy: was-there',
      'update-function-configuration: was-there',
      'update-function-code: was-there',
      'add-permission: was-there',
      'replace-topic-rule: was-there',
    ]);
    expect(await carryOut('disable')).toEqual(['disable-topic-rule: changed']);
    expect(await state()).toEqual({ kind: 'there', isEnabled: false, deviations: [] });
    expect(await carryOut('enable')).toEqual(['enable-topic-rule: changed']);

    const other = setUp(caId, { name: artefacts.name, scope: 'all-cas', thing: undefined });
    expect(await other.state()).toEqual({
      kind: 'there',
      isEnabled: true,
      deviations: ['role-policy', 'function-code', 'rule-sql'],
    });
    expect(await other.carryOut('deploy')).toEqual([
      'put-role-policy: changed',
      'update-function-configuration: was-there',
      'update-function-code: changed',
      'add-permission: was-there',
      'replace-topic-rule: changed',
    ]);
    expect(await other.state()).toEqual({ kind: 'there', isEnabled: true, deviations: [] });

    expect(await carryOut('remove')).toEqual([
      'delete-topic-rule: changed',
      'delete-function: changed',
      'delete-role-policy: changed',
      'delete-role: changed',
    ]);
    expect(await state()).toEqual({ kind: 'absent' });
    expect((await carryOut('remove')).every((outcome) => outcome.endsWith(': gone'))).toBe(true);
  });

  it('goes on where it was interrupted', async () => {
    const { caId } = await registerCa('/O=Interrupted');
    const { carryOut, state, artefacts } = setUp(caId);
    for (const call of ['create-role', 'put-role-policy'] as const) {
      expectOk(await makeJitrCall(environment, artefacts, call));
    }
    expect(await state()).toMatchObject({ deviations: ['function-missing', 'rule-missing'] });
    await carryOut('deploy');
    expect(await state()).toEqual({ kind: 'there', isEnabled: true, deviations: [] });
  });

  it('leaves alone what somebody else has made under its name', async () => {
    const { caId } = await registerCa('/O=Foreign');
    const { carryOut, state, artefacts } = setUp(caId, { name: 'theirs' });
    const payload = {
      sql: 'SELECT * FROM "x"',
      description: 'mine',
      awsIotSqlVersion: '2016-03-23',
      ruleDisabled: false,
      actions: [{ lambda: { functionArn: artefacts.functionArn } }],
    };
    expectOk(await iotFor(environment).createTopicRule({ name: 'theirs', payload }));
    expect(await state()).toEqual({ kind: 'not-ours', resources: ['rule'] });
    expect(await carryOut('deploy')).toContain('replace-topic-rule: not-ours');
    expect(await carryOut('remove')).toContain('delete-topic-rule: not-ours');
    expect(expectOk(await iotFor(environment).getTopicRule('theirs'))?.description).toBe('mine');
  });

  it('is the same by the commands that are shown, run by the AWS CLI', async () => {
    const { caId } = await registerCa('/O=Commands');
    const { artefacts, state } = setUp(caId);
    const directory = await mkdtemp(join(tmpdir(), 'jitr-'));
    const target = {
      region: environment.region,
      endpoints: { iot: sandbox.api, iam: sandbox.api, lambda: sandbox.api },
    };
    const run = async (script: string) => {
      const env = { ...process.env, ...SANDBOX_CREDENTIALS, AWS_PAGER: '' };
      await promisify(execFile)('sh', ['-c', script], { cwd: directory, env });
    };
    try {
      await writeFile(join(directory, 'function.zip'), artefacts.packageZip);
      await run(deployScript(artefacts, target));
      expect(await state()).toEqual({ kind: 'there', isEnabled: true, deviations: [] });
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});

describe('a device', () => {
  it('is let in with thing, attributes, type, group and policy, and a repeated event changes nothing', async () => {
    const { ca, caId } = await registerCa('/C=IN/O=Pumps');
    const iot = iotFor(environment);
    expectOk(await iot.createThingType('Pump'));
    expectOk(await iot.createThingGroup('pumps'));
    const { carryOut } = setUp(caId, {
      commonNames: ['pump-*'],
      thing: {
        name: `\${CommonName}`,
        typeName: 'Pump',
        groups: ['pumps'],
        attributes: { country: `\${Country}` },
        taken: 'refuse',
      },
    });
    await carryOut('deploy');
    const device = await workshop.makeDevice(ca, { subject: '/C=IN/CN=pump-1', key: 'EC' });
    // Three times at once: two of the events repeat the first.
    const first = await Promise.all([1, 2, 3].map(() => connect(device, device.chainFile, 'pump-1')));
    expect(first.every(({ code }) => code !== 0)).toBe(true);
    await expect.poll(() => statusOf(device), settled).toBe('ACTIVE');

    const thing = expectOk(await iot.describeThing('pump-1'));
    expect(thing).toMatchObject({ typeName: 'Pump', attributes: { country: 'IN' } });
    expect(sandbox.state.explanations.after(0).filter(({ code }) => code === 'lambda-given-up')).toEqual([]);
    const second = await connect(device, device.certFile, 'pump-1');
    expect(second.output).toContain('received PUBACK');

    await expect.poll(() => decisionsOn(device).length, settled).toBeGreaterThanOrEqual(1);
    expect(decisionsOn(device)).toContainEqual(
      expect.objectContaining({ jitr: 'activated', thing: 'pump-1', policy: 'devices' }),
    );
  });

  it('stays out when it does not pass, and the log says why', async () => {
    const { ca, caId } = await registerCa('/O=Strangers');
    const known = await workshop.makeDevice(ca, { subject: '/CN=known', key: 'EC' });
    const stranger = await workshop.makeDevice(ca, { subject: '/CN=stranger', key: 'EC' });
    const { carryOut } = setUp(caId, { allowList: { kind: 'ledger' } }, [known.id]);
    await carryOut('deploy');
    await connect(known, known.chainFile, 'known');
    await connect(stranger, stranger.chainFile, 'stranger');
    await expect.poll(() => statusOf(known), settled).toBe('ACTIVE');
    await expect
      .poll(() => decisionsOn(stranger), settled)
      .toEqual([
        expect.objectContaining({
          jitr: 'rejected',
          reasons: [{ code: 'not-on-allow-list' }],
          act: 'leave-pending',
        }),
      ]);
    expect((await connect(stranger, stranger.certFile, 'stranger')).code).not.toBe(0);
    expect(await statusOf(stranger)).toBe('PENDING_ACTIVATION');
  });

  it('gets no other device’s thing', async () => {
    const { ca, caId } = await registerCa('/O=Clones');
    const { carryOut } = setUp(caId, { rejection: 'deactivate' });
    await carryOut('deploy');
    const first = await workshop.makeDevice(ca, { subject: '/CN=twin', key: 'EC' });
    const clone = await workshop.makeDevice(ca, { subject: '/CN=twin', key: 'EC' });
    await connect(first, first.chainFile, 'twin');
    await expect.poll(() => statusOf(first), settled).toBe('ACTIVE');
    await connect(clone, clone.chainFile, 'twin');
    await expect.poll(() => statusOf(clone), settled).toBe('INACTIVE');
    await expect
      .poll(() => decisionsOn(clone), settled)
      .toEqual([
        expect.objectContaining({ jitr: 'rejected', reasons: [{ code: 'thing-taken', value: 'twin' }] }),
      ]);
  });
});

describe('the published rule with its Python handler', () => {
  it('works as it stands, and is recognised with its two faults, the second of which is seen to happen', async () => {
    const { ca, caId } = await registerCa('/O=Published');
    const roleName = 'published_role';
    const iam = iamFor(environment);
    const { arn: roleArn } = expectOk(
      await iam.createRole({ name: roleName, description: '', trustPolicy: FUNCTION_TRUST_POLICY }),
    );
    const lambda = lambdaFor(environment);
    const settings = {
      name: 'published',
      description: '',
      runtime: 'python3.12',
      handler: 'lambda_function.lambda_handler',
      roleArn,
      timeoutSeconds: 30,
      memoryMegabytes: 128,
    } as const;
    const bytes = new TextEncoder().encode(PUBLISHED_HANDLER);
    expectOk(await lambda.createFunction(settings, storedZip([{ name: 'lambda_function.py', bytes }])));
    const { arn: functionArn } = expectOk(await lambda.getFunction('published')) ?? { arn: '' };
    const ruleArn = 'arn:aws:iot:us-east-2:123456789012:rule/published';
    const permission = { functionName: 'published', statementId: 'rule', ruleArn, accountId: '123456789012' };
    expectOk(await lambda.addRulePermission(permission));
    const payload = {
      sql: registrationSql(caId),
      description: '',
      awsIotSqlVersion: '2016-03-23',
      ruleDisabled: false,
      actions: [{ lambda: { functionArn } }],
    };
    expectOk(await iotFor(environment).createTopicRule({ name: 'published', payload }));

    expect(expectOk(await readRegistrationRules(environment, caId))).toEqual([
      {
        name: 'published',
        sql: payload.sql,
        isEnabled: true,
        isConsoles: false,
        functions: [
          {
            name: 'published',
            state: 'there',
            runtime: 'python3.12',
            mayRuleCall: true,
            handler: {
              language: 'python',
              file: 'lambda_function.py',
              deeds: ['activates', 'makes-policy-per-certificate', 'attaches-policy-by-old-call'],
              faults: ['open-policy', 'fails-when-repeated'],
            },
          },
        ],
      },
    ]);

    // The rule is told of although its function may not be read. The SDK makes three attempts.
    const fault = { operation: 'GetFunction', fault: 'server-error', count: 3 };
    await fetch(`${sandbox.api}/_sandbox/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    });
    expect(expectOk(await readRegistrationRules(environment, caId))).toMatchObject([
      { name: 'published', functions: [{ name: 'published', state: 'unread', mayRuleCall: undefined }] },
    ]);
    await fetch(`${sandbox.api}/_sandbox/faults`, { method: 'DELETE' });

    const device = await workshop.makeDevice(ca, { subject: '/CN=python-1', key: 'EC' });
    await connect(device, device.chainFile, 'python-1');
    await expect.poll(() => statusOf(device), settled).toBe('ACTIVE');
    await expect.poll(async () => (await connect(device, device.certFile, 'python-1')).code, settled).toBe(0);
    // The same event again, as a device that is impatient brings it.
    const event = {
      certificateId: device.id,
      caCertificateId: caId,
      certificateStatus: 'PENDING_ACTIVATION',
    };
    expectOk(await iotFor(environment).updateCertificate(device.id, 'INACTIVE'));
    await sandbox.state.messageBus?.publish({
      region: 'us-east-2',
      topic: `$aws/events/certificates/registered/${caId}`,
      payload: Buffer.from(JSON.stringify(event)),
      qos: 0,
      retain: false,
    });
    const failed = () =>
      sandbox.state.explanations
        .after(0)
        .some(({ message }) => message.includes('ResourceAlreadyExistsException'));
    await expect.poll(failed, settled).toBe(true);
  });
});

describe('five hundred devices at once', () => {
  it('are all active soon after', async () => {
    const mint = new CertificateMint(4);
    const ca = mint.ca('Many', 'ec');
    const iot = iotFor(environment);
    const verificationPem = mint.device(ca, expectOk(await iot.registrationCode())).pem;
    const { caId } = expectOk(
      await iot.registerCaCertificate({
        certificatePem: ca.pem,
        proof: { mode: 'DEFAULT', verificationPem },
        setAsActive: true,
        autoRegistration: true,
        registrationConfig: undefined,
      }),
    );
    await setUp(caId).carryOut('deploy');
    const devices = Array.from({ length: 500 }, (_, at) => ({
      ...mint.device(ca, `many-${at}`),
      name: `many-${at}`,
    }));
    await Promise.all(
      devices.map(({ chainPem, keyPem, name }) =>
        firstConnect(sandbox.mqtt.port, {
          secureContext: createSecureContext({ cert: chainPem, key: keyPem }),
          clientId: name,
        }),
      ),
    );
    const { certificates } = sandbox.state.region('us-east-2');
    const waiting = () =>
      devices.filter(({ certificateId }) => certificates.get(certificateId)?.status !== 'ACTIVE').length;
    await expect.poll(waiting, { timeout: 90_000, interval: 250 }).toBe(0);
    const policies = expectOk(await iot.listPolicies({ pageSize: 250, token: undefined })).items;
    expect(policies.filter(({ name }) => name === 'devices')).toHaveLength(1);
  }, 120_000);
});

describe('the procedure by hand', () => {
  it('shows the event to a client outside, with exactly its fields, until somebody activates the certificate', async () => {
    const { ca, caId } = await registerCa('/O=Hand');
    const iot = iotFor(environment);
    const allowAll =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';
    expectOk(await iot.createPolicy({ name: 'hand', document: allowAll }));
    // The client outside is a device of another day: activated by hand as well.
    const watcher = await workshop.makeDevice(ca, { subject: '/CN=watcher', key: 'EC' });
    const letIn = async ({ id }: MadeDevice) => {
      const { arn } = expectOk(await iot.describeCertificate(id));
      expectOk(await iot.attachPolicy({ policyName: 'hand', targetArn: arn }));
      expectOk(await iot.updateCertificate(id, 'ACTIVE'));
    };
    await connect(watcher, watcher.chainFile, 'watcher');
    await letIn(watcher);
    await using subscriber = await Subscriber.start([
      ...['--cafile', sandbox.caFile, '--cert', watcher.certFile, '--key', watcher.keyFile],
      ...['-h', sandbox.mqtt.host, '-p', String(sandbox.mqtt.port), '-q', '1', '-i', 'watcher'],
      ...['-t', `$aws/events/certificates/registered/${caId}`],
    ]);
    const device = await workshop.makeDevice(ca, { subject: '/CN=by-hand', key: 'EC' });
    expect((await connect(device, device.chainFile, 'by-hand')).code).not.toBe(0);
    const message = await subscriber.received(/registered/);
    expect(JSON.parse(message.slice(message.indexOf('{')))).toEqual({
      certificateId: device.id,
      caCertificateId: caId,
      timestamp: expect.any(Number),
      certificateStatus: 'PENDING_ACTIVATION',
      awsAccountId: '123456789012',
      certificateRegistrationTimestamp: null,
    });
    await letIn(device);
    expect((await connect(device, device.certFile, 'by-hand')).output).toContain('received PUBACK');
  });
});
