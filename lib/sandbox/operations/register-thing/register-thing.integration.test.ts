import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { RegisterThingCommand } from '@aws-sdk/client-iot';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FLEET_POLICY } from '@/lib/sandbox/jitp/testing/template-text';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import { CertificateMaker, type Made } from '@/lib/sandbox/testing/certificate-maker';
import { clientsFor } from '@/lib/sandbox/testing/clients';

const run = promisify(execFile);
let sandbox: Sandbox;
let boto: Boto;
let maker: CertificateMaker;

beforeAll(async () => {
  [sandbox, maker] = await Promise.all([startSandbox(), CertificateMaker.open()]);
  boto = new Boto(sandbox.api);
  await boto.ok('iot.create_policy', { policyName: 'Fleet', policyDocument: FLEET_POLICY });
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await maker[Symbol.asyncDispose]();
  await sandbox.close();
});

/** A template of a thing, a certificate with `certificate` for properties, and the policy `Fleet`. */
function templateOf(
  certificate: object,
  { thing = {}, overrides }: { thing?: object; overrides?: object } = {},
) {
  return JSON.stringify({
    Parameters: {
      Name: { Type: 'String' },
      Cert: { Type: 'String' },
      Site: { Type: 'String', Default: 'A' },
    },
    Resources: {
      thing: {
        Type: 'AWS::IoT::Thing',
        Properties: { ThingName: { Ref: 'Name' }, AttributePayload: { site: { Ref: 'Site' } }, ...thing },
      },
      certificate: { Type: 'AWS::IoT::Certificate', Properties: certificate, OverrideSettings: overrides },
      policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'Fleet' } },
    },
  });
}
const byId = { CertificateId: { Ref: 'Cert' }, Status: 'ACTIVE' };
const register = (templateBody: string, parameters: object) =>
  boto.ok('iot.register_thing', { templateBody, parameters });
const refused = (templateBody: string, parameters: object) =>
  boto.refusal('iot.register_thing', { templateBody, parameters });
const statusOf = async (certificateId: string) =>
  (await boto.ok('iot.describe_certificate', { certificateId }))['certificateDescription'].status;

let count = 0;
/** A certificate that is registered, in that status, without a CA. */
async function registered(status: string): Promise<Made> {
  count += 1;
  const made = await maker.ca({ subject: `/CN=registered ${count}` });
  await boto.ok('iot.register_certificate_without_ca', { certificatePem: made.pem, status });
  return made;
}

behaviour(
  'RegisterThing makes thing, certificate and policy one, and answers their ARNs by the names that the template gives them',
  { known: 'documented', source: 'guide, "Single thing provisioning"' },
  async () => {
    const made = await registered('INACTIVE');
    const answer = await register(templateOf(byId), { Name: 'pump-1', Cert: made.id });
    const arn = (resource: string) => `arn:aws:iot:us-east-2:123456789012:${resource}`;
    expect(answer).toEqual({
      certificatePem: made.pem,
      resourceArns: {
        thing: arn('thing/pump-1'),
        certificate: arn(`cert/${made.id}`),
        policy: arn('policy/Fleet'),
      },
    });
    expect(await statusOf(made.id)).toBe('ACTIVE');
    const thing = await boto.ok('iot.describe_thing', { thingName: 'pump-1' });
    expect(thing['attributes']).toEqual({ site: 'A' });
    const { principals } = await boto.ok('iot.list_thing_principals', { thingName: 'pump-1' });
    expect(principals).toEqual([arn(`cert/${made.id}`)]);
    const { policies } = await boto.ok('iot.list_attached_policies', { target: arn(`cert/${made.id}`) });
    expect(policies).toMatchObject([{ policyName: 'Fleet' }]);
  },
);

behaviour(
  'RegisterThing takes the certificate from a PEM of a registered CA, or issues it for a signing request',
  { known: 'documented', source: 'guide, "Provisioning templates"' },
  async () => {
    const ca = await maker.ca({ subject: '/CN=issuer' });
    const setAsActive = true;
    await boto.ok('iot.register_ca_certificate', {
      caCertificate: ca.pem,
      certificateMode: 'SNI_ONLY',
      setAsActive,
    });
    const leaf = await maker.leaf(ca, { subject: '/CN=pump-2' });
    const pemTemplate = templateOf({ CertificatePem: { Ref: 'Cert' }, CACertificatePem: ca.pem });
    await register(pemTemplate, { Name: 'pump-2', Cert: leaf.pem, Site: 'B' });
    const { certificateDescription } = await boto.ok('iot.describe_certificate', { certificateId: leaf.id });
    expect(certificateDescription).toMatchObject({ status: 'ACTIVE', caCertificateId: ca.id });

    const csr = path.join(maker.directory, 'pump-3.csr');
    await run('openssl', [
      ...[
        'req',
        '-new',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-config',
        '/dev/null',
      ],
      ...['-subj', '/CN=pump-3', '-keyout', `${csr}.key`, '-out', csr],
    ]);
    const csrTemplate = templateOf({ CertificateSigningRequest: { Ref: 'Cert' }, Status: 'INACTIVE' });
    const { iot } = clientsFor(sandbox.api);
    const answer = await iot.send(
      new RegisterThingCommand({
        templateBody: csrTemplate,
        parameters: { Name: 'pump-3', Cert: await readFile(csr, 'utf8') },
      }),
    );
    expect(answer.certificatePem).toMatch(/^-----BEGIN CERTIFICATE-----/);
    const id = answer.resourceArns?.['certificate']?.slice(-64) ?? '';
    expect(await statusOf(id)).toBe('INACTIVE');
  },
);

behaviour(
  'RegisterThing with a Ref that has neither value nor Default is InvalidRequestException 400 and makes nothing',
  { known: 'measured', source: 'CloudTrail events of RegisterThing in public reports' },
  async () => {
    const made = await registered('INACTIVE');
    expect(await refused(templateOf(byId), { Cert: made.id })).toEqual({
      name: 'InvalidRequestException',
      status: 400,
      message: 'Invalid registration template. Cannot resolve reference value: {Ref=Name}',
    });
    const parameters = { Name: 'pump-4', Cert: made.id };
    const region = templateOf(byId, { thing: { AttributePayload: { region: { Ref: 'AWS::Region' } } } });
    expect((await refused(region, parameters)).message).toContain('Cannot resolve reference value');
    expect((await boto.refusal('iot.describe_thing', { thingName: 'pump-4' })).status).toBe(404);
    expect(await statusOf(made.id)).toBe('INACTIVE');
  },
);

behaviour(
  'RegisterThing with a resource that is not there is ResourceRegistrationFailureException 400 and makes nothing',
  { known: 'measured', source: 'yilmaznaslan/aws-iot-core-registering-things-in-bulk #3' },
  async () => {
    const failure = { name: 'ResourceRegistrationFailureException', status: 400 };
    const made = await registered('INACTIVE');
    const parameters = { Name: 'pump-5', Cert: made.id };
    expect(await refused(templateOf(byId, { thing: { ThingTypeName: 'none' } }), parameters)).toMatchObject(
      failure,
    );
    expect(await refused(templateOf(byId).replace('"Fleet"', '"none"'), parameters)).toMatchObject(failure);
    expect(await refused(templateOf(byId), { ...parameters, Cert: '0'.repeat(64) })).toMatchObject(failure);
    const stranger = await maker.ca({ subject: '/CN=stranger' });
    const pemTemplate = templateOf({ CertificatePem: { Ref: 'Cert' } });
    expect(await refused(pemTemplate, { Name: 'pump-5', Cert: stranger.pem })).toMatchObject(failure);
    expect((await boto.refusal('iot.describe_thing', { thingName: 'pump-5' })).status).toBe(404);
  },
);

behaviour(
  'A template of RegisterThing names its certificate in exactly one way, and knows no functions outside of fleet provisioning',
  { known: 'documented', source: 'guide, "Provisioning templates"' },
  async () => {
    const parameters = { Name: 'pump-6', Cert: '0'.repeat(64) };
    const invalid = { name: 'InvalidRequestException', status: 400 };
    expect(await refused(templateOf({}), parameters)).toMatchObject(invalid);
    expect(await refused(templateOf({ ...byId, CertificatePem: 'x' }), parameters)).toMatchObject(invalid);
    const made = await registered('INACTIVE');
    const joined = templateOf(byId, { thing: { ThingName: { 'Fn::Join': ['', ['a', 'b']] } } });
    expect(await refused(joined, { ...parameters, Cert: made.id })).toMatchObject(invalid);
    expect(await refused('{"Resources":{}}', parameters)).toMatchObject(invalid);
  },
);

behaviour(
  "The certificate's override settings: DO_NOTHING leaves the status of one that was there, FAIL refuses it, REPLACE sets it",
  { known: 'documented', source: 'guide, "Provisioning templates"' },
  async () => {
    const outcome = async (Status: string, Name: string) => {
      const made = await registered('INACTIVE');
      const templateBody = templateOf(byId, { overrides: { Status } });
      const answer = await boto
        .ok('iot.register_thing', { templateBody, parameters: { Name, Cert: made.id } })
        .then(() => 'registered', String);
      return [await statusOf(made.id), answer];
    };
    expect(await outcome('REPLACE', 'pump-7')).toEqual(['ACTIVE', 'registered']);
    expect(await outcome('DO_NOTHING', 'pump-8')).toEqual(['INACTIVE', 'registered']);
    expect(await outcome('FAIL', 'pump-9')).toEqual([
      'INACTIVE',
      expect.stringContaining('ResourceConflictsException'),
    ]);
  },
);

it('ignores a parameter that the template does not declare', async () => {
  const made = await registered('INACTIVE');
  await register(templateOf(byId), { Name: 'pump-10', Cert: made.id, Undeclared: 'x' });
  expect(await statusOf(made.id)).toBe('ACTIVE');
});
