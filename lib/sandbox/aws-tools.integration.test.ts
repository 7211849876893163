import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from './start-sandbox';
import { CertificateMaker, type Made, rsaKey } from './testing/certificate-maker';

const run = promisify(execFile);

let sandbox: Sandbox;
let maker: CertificateMaker;

beforeAll(async () => {
  sandbox = await startSandbox();
  maker = await CertificateMaker.open();
});
afterAll(async () => {
  await maker[Symbol.asyncDispose]();
  await sandbox.close();
});

/** What a person sets to send the tools of AWS to a sandbox. */
const environment = () => ({
  NODE_ENV: 'test' as const,
  PATH: process.env['PATH'] ?? '',
  HOME: maker.directory,
  AWS_ENDPOINT_URL: sandbox.api,
  AWS_REGION: 'us-east-2',
  AWS_DEFAULT_REGION: 'us-east-2',
  AWS_ACCESS_KEY_ID: 'AKIATEST',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_PAGER: '',
});

async function aws(...args: readonly string[]): Promise<unknown> {
  const { stdout } = await run('aws', [...args, '--output', 'json'], {
    env: environment(),
    cwd: maker.directory,
  });
  return stdout === '' ? undefined : JSON.parse(stdout);
}

async function awsFailure(...args: readonly string[]): Promise<string> {
  const failed = await run('aws', args, { env: environment(), cwd: maker.directory }).catch((error) => error);
  return String(failed.stderr);
}

/** One file of the article as the person has it before filling it in. */
async function articleConfig(): Promise<string> {
  const file = path.join(maker.directory, 'jitp_template.json');
  const published = await readFile('lib/provisioning/fixtures/jitp-scoped.json', 'utf8');
  await writeFile(file, published.replaceAll('<ACCOUNT_ID>', '123456789012'));
  return file;
}

describe('aws iot, as in the article', () => {
  let ca: Made;

  it('registers a CA with a shortened option, describes and updates it', async () => {
    const code = await aws('iot', 'get-registration-code', '--query', 'registrationCode');
    ca = await maker.ca({ subject: '/C=IN/O=AMZ', key: rsaKey(2048) });
    const verification = await maker.leaf(ca, { subject: `/CN=${String(code)}`, key: rsaKey(2048) });
    const registered = await aws(
      ...['iot', 'register-ca-certificate', '--set-as-active', '--allow-auto-registration'],
      ...[
        '--ca-certificate',
        `file://${ca.certFile}`,
        '--verification-cert',
        `file://${verification.certFile}`,
      ],
      ...['--registration-config', `file://${await articleConfig()}`],
    );
    expect(registered).toEqual({
      certificateArn: `arn:aws:iot:us-east-2:123456789012:cacert/${ca.id}`,
      certificateId: ca.id,
    });
    const described = await aws('iot', 'describe-ca-certificate', '--certificate-id', ca.id);
    expect(described).toMatchObject({
      certificateDescription: {
        status: 'ACTIVE',
        autoRegistrationStatus: 'ENABLE',
        certificatePem: ca.pem,
        creationDate: expect.anything(),
      },
      registrationConfig: { roleArn: 'arn:aws:iam::123456789012:role/JITPRole' },
    });
    await aws(
      ...['iot', 'update-ca-certificate', '--certificate-id', ca.id],
      ...['--remove-auto-registration', '--new-auto-registration-status', 'DISABLE'],
    );
    expect(await aws('iot', 'describe-ca-certificate', '--certificate-id', ca.id)).not.toHaveProperty(
      'registrationConfig',
    );
  });

  it('speaks of errors by their names', async () => {
    const missing = await awsFailure('iot', 'describe-thing', '--thing-name', 'nobody');
    expect(missing).toContain('An error occurred (ResourceNotFoundException)');
    const unbuilt = await awsFailure('iot', 'list-authorizers');
    expect(unbuilt).toContain('(NotImplementedException)');
    expect(unbuilt).toContain('The sandbox does not implement ListAuthorizers');
  });

  it('reaches IAM and STS at the same endpoint', async () => {
    const trust =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"iot.amazonaws.com"},"Action":"sts:AssumeRole"}]}';
    const role = ['--role-name', 'JITPRole'];
    expect(await aws('iam', 'create-role', ...role, '--assume-role-policy-document', trust)).toMatchObject({
      Role: { Arn: 'arn:aws:iam::123456789012:role/JITPRole', AssumeRolePolicyDocument: JSON.parse(trust) },
    });
    expect(await aws('sts', 'get-caller-identity')).toMatchObject({ Account: '123456789012' });
    const simulation = ['--policy-source-arn', 'arn:aws:iam::123456789012:role/JITPRole'];
    expect(
      await aws('iam', 'simulate-principal-policy', ...simulation, '--action-names', 'iot:CreateThing'),
    ).toMatchObject({ EvaluationResults: [{ EvalDecision: 'implicitDeny', EvalResourceName: '*' }] });
  });
});

const PYTHON = `
import boto3, json
from botocore.exceptions import ClientError
iot = boto3.client('iot')
out = {}
for n in range(5):
    iot.create_thing(thingName='py%d' % n, attributePayload={'attributes': {'n': str(n)}})
pages = iot.get_paginator('list_things').paginate(PaginationConfig={'PageSize': 2})
out['pages'] = [len(page['things']) for page in pages]
pem = open('PEM').read()
certificate = iot.register_certificate_without_ca(certificatePem=pem, status='ACTIVE')
arn = certificate['certificateArn']
described = iot.describe_certificate(certificateId=certificate['certificateId'])['certificateDescription']
out['year'] = described['creationDate'].year
out['id'] = described['certificateId']
name = described['certificateId'] + '-policy'
document = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}]}
iot.create_policy(policyName=name, policyDocument=json.dumps(document))
iot.attach_principal_policy(policyName=name, principal=arn)
iot.attach_thing_principal(thingName='py1', principal=arn)
out['policies'] = [p['policyName'] for p in iot.list_attached_policies(target=arn)['policies']]
out['things'] = iot.list_principal_things(principal=arn)['things']
try:
    iot.delete_certificate(certificateId=described['certificateId'])
except ClientError as error:
    out['error'] = [error.response['Error']['Code'], error.response['ResponseMetadata']['HTTPStatusCode']]
boto3.client('iot-data').publish(topic='a/b', qos=1, payload=b'x')
try:
    boto3.client('iam').get_role(RoleName='Nobody')
except ClientError as error:
    out['iam'] = error.response['Error']['Code']
print(json.dumps(out))
`;

it('boto3 pages, dates, attaches, publishes and reads errors', async () => {
  const self = await maker.ca({ subject: '/CN=boto' });
  const { stdout } = await run('python3', ['-c', PYTHON.replace("'PEM'", JSON.stringify(self.certFile))], {
    env: environment(),
  });
  expect(JSON.parse(stdout)).toEqual({
    pages: [2, 2, 1],
    year: new Date().getUTCFullYear(),
    id: self.id,
    policies: [`${self.id}-policy`],
    things: ['py1'],
    error: ['CertificateStateException', 406],
    iam: 'NoSuchEntity',
  });
});
