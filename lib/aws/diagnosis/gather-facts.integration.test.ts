/** Facts from a running sandbox, with real TLS clients, and what a diagnosis makes of them. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createSecureContext } from 'node:tls';
import { CreateRoleCommand } from '@aws-sdk/client-iam';
import {
  CreateTopicRuleCommand,
  DescribeCertificateCommand,
  DetachPolicyCommand,
  DisableTopicRuleCommand,
  GetRegistrationCodeCommand,
  ListAttachedPoliciesCommand,
  RegisterCACertificateCommand,
  type RegistrationConfig,
  UpdateCACertificateCommand,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import type { Environment } from '@/lib/config/environments';
import { diagnose } from '@/lib/diagnosis/diagnose';
import { CALLS_PER_DIAGNOSIS_MAX } from '@/lib/diagnosis/facts-needed';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { CertificateMint, type MintedCa, type MintedDevice } from '@/lib/sandbox/testing/certificate-mint';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { firstConnect } from '@/lib/sandbox/testing/first-connect';
import { makeFleetRole } from '@/lib/sandbox/testing/fleet-ca';
import { gatherFacts } from './gather-facts';
import type { DiagnosedDevice } from './inquiry';

const GOOD_ROLE = 'arn:aws:iam::123456789012:role/FleetProvisioning';
const OPEN_POLICY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';
const OWN_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'iot:Connect',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable is written so.
      Resource: 'arn:aws:iot:eu-central-1:123456789012:client/${iot:Connection.Thing.ThingName}',
    },
  ],
});

let sandbox: Sandbox;
const mint = new CertificateMint(2);
const sdk = () => clientsFor(sandbox.api, 'eu-central-1');
const environment = () => sandboxEnvironment(sandbox);
/** A minute on: what is pending by then does not come any more. */
const later = () => new Date(Date.now() + 60_000);

beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  sandbox = await startSandbox();
  await makeFleetRole(sandbox.api);
});
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});

const template = (policy: object, more: object = {}): string =>
  JSON.stringify({
    Parameters: {
      'AWS::IoT::Certificate::CommonName': { Type: 'String' },
      'AWS::IoT::Certificate::Id': { Type: 'String' },
    },
    Resources: {
      thing: {
        Type: 'AWS::IoT::Thing',
        Properties: { ThingName: { Ref: 'AWS::IoT::Certificate::CommonName' }, ...more },
      },
      certificate: {
        Type: 'AWS::IoT::Certificate',
        Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE' },
      },
      policy: { Type: 'AWS::IoT::Policy', Properties: policy },
    },
  });

const inline = (templateBody: string, roleArn = GOOD_ROLE): RegistrationConfig => ({ templateBody, roleArn });

/** A registered CA of its own, and a device of it. */
async function fleet(name: string, registrationConfig?: RegistrationConfig) {
  const ca = mint.ca(`${name} TESTING ONLY`, 'ec');
  const { iot } = sdk();
  const { registrationCode = '' } = await iot.send(new GetRegistrationCodeCommand({}));
  const { certificateId: caId = '' } = await iot.send(
    new RegisterCACertificateCommand({
      caCertificate: ca.pem,
      verificationCertificate: mint.device(ca, registrationCode).pem,
      setAsActive: true,
      allowAutoRegistration: true,
      ...(registrationConfig && { registrationConfig }),
    }),
  );
  return { ca, caId, device: mint.device(ca, name) };
}

async function contact({ chainPem, keyPem }: MintedDevice, clientId: string): Promise<void> {
  const secureContext = createSecureContext({ cert: chainPem, key: keyPem });
  await firstConnect(sandbox.mqtt.port, { secureContext, clientId });
}

async function untilActive(device: MintedDevice): Promise<string> {
  return vi.waitFor(async () => {
    const { certificateDescription } = await sdk().iot.send(
      new DescribeCertificateCommand({ certificateId: device.certificateId }),
    );
    expect(certificateDescription?.status).toBe('ACTIVE');
    return certificateDescription?.certificateArn ?? '';
  });
}

async function diagnosed(
  device: MintedDevice,
  more: Partial<DiagnosedDevice> = {},
  {
    isCloudTrailWanted = false,
    ...endpoints
  }: Partial<Environment['endpoints']> & {
    isCloudTrailWanted?: boolean;
  } = {},
) {
  const { facts, calls } = await gatherFacts(
    { ...environment(), endpoints: { ...environment().endpoints, ...endpoints } },
    {
      certificateId: device.certificateId,
      certificatePem: device.pem,
      subject: undefined,
      given: undefined,
      ledger: undefined,
      clientId: undefined,
      topics: [],
      ...more,
    },
    { now: later, isCloudTrailWanted },
  );
  expect(calls).toBeLessThanOrEqual(CALLS_PER_DIAGNOSIS_MAX);
  const diagnosis = diagnose(facts, later());
  return { ...diagnosis, calls, codes: diagnosis.findings.map(({ code }) => code) };
}

/** Nothing else is registered under this name. */
const unregistered = (): { ca: MintedCa; device: MintedDevice } => {
  const ca = mint.ca('nowhere TESTING ONLY', 'ec');
  return { ca, device: mint.device(ca, 'stray') };
};

describe('a device that AWS has not seen', () => {
  it('under a CA that is not registered', async () => {
    const { codes, ladder } = await diagnosed(unregistered().device);
    expect([codes, ladder.hangsAt]).toEqual([['issuing-ca-not-registered'], 'contact']);
  });

  it('under a CA that is ready: it has never reached AWS', async () => {
    const { device } = await fleet('ready', inline(template({ PolicyDocument: OPEN_POLICY })));
    const { codes, findings } = await diagnosed(device);
    expect(codes[0]).toBe('never-reached');
    expect(findings.every(({ certainty }) => certainty !== 'certain')).toBe(true);
  });

  it('with two causes at once: the CA is inactive, and the policy of its template is not there', async () => {
    const { caId, device } = await fleet('two-causes', inline(template({ PolicyName: 'NoSuchPolicy' })));
    await sdk().iot.send(new UpdateCACertificateCommand({ certificateId: caId, newStatus: 'INACTIVE' }));
    const { findings } = await diagnosed(device);
    expect(findings.map(({ code, certainty, isAhead }) => [code, certainty, isAhead])).toEqual([
      ['ca-inactive', 'certain', false],
      ['names-missing', 'certain', true],
    ]);
  });
});

describe('a device whose certificate is pending', () => {
  it.each([
    {
      name: 'no-policy',
      config: inline(template({ PolicyName: 'NoSuchPolicy' })),
      expected: ['names-missing'],
    },
    {
      name: 'no-type',
      config: inline(template({ PolicyDocument: OPEN_POLICY }, { ThingTypeName: 'NoSuchType' })),
      expected: ['names-missing'],
    },
    {
      name: 'no-country',
      config: inline(
        template(
          { PolicyDocument: OPEN_POLICY },
          { AttributePayload: { country: { Ref: 'AWS::IoT::Certificate::Country' } } },
        ),
      ),
      expected: ['template-value-missing'],
    },
    {
      name: 'a space',
      config: inline(template({ PolicyDocument: OPEN_POLICY })),
      expected: ['name-invalid'],
    },
  ])('because of its template: $name', async ({ name, config, expected }) => {
    const { device } = await fleet(name, config);
    await contact(device, name);
    const { codes, ladder } = await diagnosed(device);
    expect([codes, ladder.phase, ladder.hangsAt]).toEqual([expected, 'provisioning', 'thing']);
  });

  it('because its role may do nothing', async () => {
    const { Role } = await sdk().iam.send(
      new CreateRoleCommand({
        RoleName: 'Powerless',
        AssumeRolePolicyDocument:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"iot.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
      }),
    );
    const { device } = await fleet('powerless', inline(template({ PolicyDocument: OPEN_POLICY }), Role?.Arn));
    await contact(device, 'powerless');
    const { findings } = await diagnosed(device);
    expect(findings[0]).toMatchObject({
      code: 'role-denied',
      certainty: 'certain',
      who: 'aws-admin',
      params: { actions: expect.stringContaining('iot:CreateThing') },
    });
  });

  it('and CloudTrail says why', async () => {
    const { device } = await fleet('on-record', inline(template({ PolicyName: 'NoSuchPolicy' })));
    await contact(device, 'on-record');
    // A refused connection may be answered before its provisioning has failed.
    await vi.waitFor(async () => {
      const { findings } = await diagnosed(device, {}, { isCloudTrailWanted: true });
      expect(findings).toContainEqual(
        expect.objectContaining({
          code: 'register-thing-failed',
          certainty: 'certain',
          params: expect.objectContaining({ error: expect.stringMatching(/Exception$/) }),
        }),
      );
    });
  });

  it('because no rule hears of it, under a CA without a template', async () => {
    const { device } = await fleet('jitr');
    await contact(device, 'jitr');
    const { codes, ladder } = await diagnosed(device);
    expect([codes[0], ladder.phase, ladder.hangsAt]).toEqual([
      'registration-rule-missing',
      'by-hand',
      'active',
    ]);
  });
});

describe('a device that waits for a rule', () => {
  const functionArn = 'arn:aws:lambda:eu-central-1:123456789012:function:Activate';
  const hearing = async (name: string) => {
    const made = await fleet(name);
    await sdk().iot.send(
      new CreateTopicRuleCommand({
        ruleName: name,
        topicRulePayload: {
          sql: `SELECT * FROM '$aws/events/certificates/registered/${made.caId}'`,
          actions: [{ lambda: { functionArn } }],
        },
      }),
    );
    await contact(made.device, name);
    return made;
  };

  it('whose function lets nobody call it', async () => {
    const { device } = await hearing('Barred');
    const { findings } = await diagnosed(device);
    expect(findings[0]).toMatchObject({
      code: 'function-may-not-be-called',
      certainty: 'certain',
      params: { rule: 'Barred', function: 'Activate' },
    });
  });

  it('that sleeps', async () => {
    const { device } = await hearing('Asleep');
    await sdk().iot.send(new DisableTopicRuleCommand({ ruleName: 'Asleep' }));
    const { findings } = await diagnosed(device);
    expect(findings[0]).toMatchObject({ code: 'registration-rule-disabled', params: { rule: 'Asleep' } });
  });
});

describe('a device whose certificate is active', () => {
  it('may connect: there is nothing to say but to connect again', async () => {
    const { device } = await fleet('good', inline(template({ PolicyDocument: OWN_POLICY })));
    await contact(device, 'good');
    await untilActive(device);
    const { codes, ladder, calls } = await diagnosed(device);
    expect(codes.filter((code) => code !== 'first-connect-dropped')).toEqual([]);
    expect(ladder.phase).toBe('active');
    expect(ladder.rungs.every(({ state }) => state === 'done')).toBe(true);
    expect(calls).toBeLessThanOrEqual(7);
  });

  it('may not connect by another client id than its thing has', async () => {
    const { device } = await fleet('named', inline(template({ PolicyDocument: OWN_POLICY })));
    await contact(device, 'named');
    await untilActive(device);
    const { findings } = await diagnosed(device, { clientId: 'laptop' });
    expect(findings[0]).toMatchObject({
      code: 'client-id-not-thing-name',
      certainty: 'certain',
      params: { clientId: 'laptop', thing: 'named' },
    });
  });

  it('may not publish where no policy lets it', async () => {
    const { device } = await fleet('quiet', inline(template({ PolicyDocument: OWN_POLICY })));
    await contact(device, 'quiet');
    await untilActive(device);
    const { findings } = await diagnosed(device, { topics: [{ action: 'PUBLISH', name: 'quiet/data' }] });
    expect(findings[0]).toMatchObject({ code: 'topic-denied', params: { resource: 'quiet/data' } });
  });

  it('may do nothing once its policy is detached', async () => {
    const { device } = await fleet('bare', inline(template({ PolicyDocument: OPEN_POLICY })));
    await contact(device, 'bare');
    const arn = await untilActive(device);
    const { policies = [] } = await sdk().iot.send(new ListAttachedPoliciesCommand({ target: arn }));
    for (const { policyName } of policies) {
      await sdk().iot.send(new DetachPolicyCommand({ policyName, target: arn }));
    }
    const { codes, ladder } = await diagnosed(device);
    expect([codes[0], ladder.hangsAt]).toEqual(['policy-not-attached', 'policy']);
  });

  it('shares its thing with another active certificate', async () => {
    const { ca, device } = await fleet('twin', inline(template({ PolicyDocument: OWN_POLICY })));
    const twin = mint.device(ca, 'twin');
    for (const each of [device, twin]) {
      await contact(each, 'twin');
      await untilActive(each);
    }
    const { findings } = await diagnosed(device);
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'client-id-fought-over', certainty: 'possible' }),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'old-certificates-on-thing', params: { count: 1, thing: 'twin' } }),
    );
  });

  it('is not let in any more once it is deactivated', async () => {
    const { device } = await fleet('off', inline(template({ PolicyDocument: OPEN_POLICY })));
    await contact(device, 'off');
    await untilActive(device);
    await sdk().iot.send(
      new UpdateCertificateCommand({ certificateId: device.certificateId, newStatus: 'INACTIVE' }),
    );
    const { codes, ladder } = await diagnosed(device);
    expect([codes, ladder.hangsAt]).toEqual([['certificate-inactive'], 'active']);
  });
});

describe('a console whose AWS role lacks permissions', () => {
  const refusing = createServer((request, response) => {
    request.resume();
    const isQuery = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
    response.writeHead(403, { 'x-amzn-errortype': 'AccessDeniedException' });
    response.end(
      isQuery
        ? '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>'
        : '{"message":"no"}',
    );
  });
  let url: string;
  beforeAll(async () => {
    refusing.listen(0, '127.0.0.1');
    await once(refusing, 'listening');
    const address = refusing.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    url = `http://127.0.0.1:${address.port}`;
  });
  afterAll(() => refusing.close());

  it('to read roles still tells what the template lacks, and names what it could not see', async () => {
    const { device } = await fleet('half-blind', inline(template({ PolicyName: 'NoSuchPolicy' })));
    await contact(device, 'half-blind');
    const { codes, unseen } = await diagnosed(device, {}, { iam: url });
    expect(codes).toEqual(['names-missing']);
    expect(unseen.map(({ fact, why, evidence }) => [fact, why, evidence.source])).toEqual([
      ['role', 'not-permitted', 'GetRole'],
      ['permissions', 'not-permitted', 'SimulatePrincipalPolicy'],
    ]);
  });

  it('to read anything of IoT claims nothing', async () => {
    const { device } = await fleet('blind', inline(template({ PolicyDocument: OPEN_POLICY })));
    const { findings, unseen, ladder } = await diagnosed(device, {}, { iot: url });
    expect([findings, ladder.phase]).toEqual([[], 'unread']);
    expect(unseen.map(({ fact }) => fact)).toEqual(['certificate', 'issuers']);
  });
});
