/**
 * The procedure that people follow today, in their own commands: a CA, its proof, a role, the registration and two devices, made with
 * OpenSSL, the AWS CLI and mosquitto's clients. Only the endpoint is ours.
 * AWS Knowledge Center, "How can I use JITP with AWS IoT Core?"
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mosquittoPub, Subscriber } from '@/lib/sandbox/mqtt/testing/mosquitto';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { OpenSsl } from '@/lib/testing/openssl';

const ACCOUNT_ID = '123456789012';
const FIXTURES = path.resolve(import.meta.dirname, '../provisioning/fixtures');

/** `deviceRootCA_openssl.conf` of the article. */
const CA_CONFIG = `[ req ]
distinguished_name = req_distinguished_name
extensions = v3_ca
req_extensions = v3_ca

[ v3_ca ]
basicConstraints = CA:TRUE

[ req_distinguished_name ]
countryName = Country Name (2 letter code)
countryName_default = IN
countryName_min = 2
countryName_max = 2
organizationName = Organization Name (eg, company)
organizationName_default = AMZ
`;

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const OPEN_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }],
});

/** Answers to the questions of `openssl req` under its own configuration: nothing but what is given. */
const answers = ({ country = '', commonName }: { country?: string; commonName: string }) =>
  `printf '%s\\n' '${country}' '' '' '' '' '${commonName}' '' '' ''`;

describe.each([
  ['jitp-scoped.json', { isScoped: true, policyName: undefined }],
  ['jitp-admin.json', { isScoped: false, policyName: undefined }],
  ['jitp-predefined-policy.json', { isScoped: false, policyName: 'Policy_Name' }],
])('the article with %s', (fixture, { isScoped, policyName }) => {
  let sandbox: Sandbox;
  const desk = new OpenSsl();
  // Not synchronous: the sandbox that answers lives in this very process.
  const run = async (line: string) => {
    const env = {
      ...process.env,
      AWS_ENDPOINT_URL: sandbox.api,
      AWS_ACCESS_KEY_ID: 'any',
      AWS_SECRET_ACCESS_KEY: 'any',
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    const { stdout } = await promisify(execFile)('sh', ['-c', line], { cwd: desk.path('.'), env });
    return stdout;
  };
  const aws = async (line: string) => JSON.parse(await run(`aws ${line} --region us-east-2 --output json`));
  const device = (name: string, parameters: string[]) => [
    '--cafile',
    sandbox.caFile,
    '--cert',
    desk.path(name),
    '--key',
    desk.path(name.replace(/(And.*)?\.crt$/, '.key')),
    '-h',
    'localhost',
    '-p',
    String(sandbox.mqtt.port),
    '-q',
    '1',
    '--tls-version',
    'tlsv1.2',
    ...parameters,
  ];

  beforeAll(async () => {
    sandbox = await startSandbox({ apiPort: 0, mqttPort: 0, provisioningDelayMs: 100 });
    desk.write('deviceRootCA_openssl.conf', CA_CONFIG);
    desk.write('trust.json', TRUST);
    desk.write('open.json', OPEN_POLICY);
    desk.write(
      'jitp_template.json',
      readFileSync(path.join(FIXTURES, fixture), 'utf8').replaceAll('<ACCOUNT_ID>', ACCOUNT_ID),
    );
  });
  afterAll(async () => {
    desk[Symbol.dispose]();
    await sandbox[Symbol.asyncDispose]();
  });

  it('registers the CA', async () => {
    await run('openssl genrsa -out deviceRootCA.key 2048');
    await run(
      `printf '\\n\\n' | openssl req -new -sha256 -key deviceRootCA.key -nodes -out deviceRootCA.csr -config deviceRootCA_openssl.conf`,
    );
    await run(
      'openssl x509 -req -days 3650 -extfile deviceRootCA_openssl.conf -extensions v3_ca -in deviceRootCA.csr -signkey deviceRootCA.key -out deviceRootCA.pem',
    );
    const { registrationCode } = await aws('iot get-registration-code');
    await run('openssl genrsa -out verificationCert.key 2048');
    await run(
      `${answers({ commonName: registrationCode })} | openssl req -new -key verificationCert.key -out verificationCert.csr`,
    );
    await run(
      'openssl x509 -req -in verificationCert.csr -CA deviceRootCA.pem -CAkey deviceRootCA.key -CAcreateserial -out verificationCert.crt -days 500 -sha256',
    );
    await aws('iam create-role --role-name JITPRole --assume-role-policy-document file://trust.json');
    await run(
      'aws iam attach-role-policy --role-name JITPRole --policy-arn arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration --region us-east-2',
    );
    if (policyName !== undefined) {
      await aws(`iot create-policy --policy-name ${policyName} --policy-document file://open.json`);
    }
    const { certificateId } = await aws(
      'iot register-ca-certificate --ca-certificate file://deviceRootCA.pem --verification-cert file://verificationCert.crt --set-as-active --allow-auto-registration --registration-config file://jitp_template.json',
    );
    const { certificateDescription } = await aws(
      `iot describe-ca-certificate --certificate-id ${certificateId}`,
    );
    expect(certificateDescription).toMatchObject({ status: 'ACTIVE', autoRegistrationStatus: 'ENABLE' });
  });

  it.each([
    ['DemoThing', 'the first device'],
    ['OtherThing', 'the second, for which no new policy is made'],
  ])('drops the first connection of %s, provisions, and admits it (%s)', async (name) => {
    const file = `device-${name}`;
    await run(`openssl genrsa -out ${file}.key 2048`);
    await run(
      `${answers({ country: 'IN', commonName: name })} | openssl req -new -key ${file}.key -out ${file}.csr`,
    );
    await run(
      `openssl x509 -req -in ${file}.csr -CA deviceRootCA.pem -CAkey deviceRootCA.key -CAcreateserial -out ${file}.crt -days 365 -sha256`,
    );
    await run(`cat ${file}.crt deviceRootCA.pem > ${file}AndCACert.crt`);

    const first = await mosquittoPub(
      device(`${file}AndCACert.crt`, ['-t', 'foo/bar', '-i', 'anyclientID', '-m', 'Hello']),
    );
    expect(first.output).toMatch(/sending CONNECT/);
    expect(first.output).toMatch(/The connection was lost/);
    await expect
      .poll(async () => (await aws(`iot list-thing-principals --thing-name ${name}`)).principals, {
        timeout: 20_000,
      })
      .toHaveLength(1);

    const { attributes } = await aws(`iot describe-thing --thing-name ${name}`);
    expect(attributes).toEqual({ version: 'v1', country: 'IN' });
    const [principal] = (await aws(`iot list-thing-principals --thing-name ${name}`)).principals;
    const described = await aws(`iot describe-certificate --certificate-id ${principal.split('/')[1]}`);
    expect(described.certificateDescription.status).toBe('ACTIVE');
    const { policies } = await aws(`iot list-attached-policies --target ${principal}`);
    expect(policies).toHaveLength(1);
    if (policyName !== undefined) expect(policies[0].policyName).toBe(policyName);
    expect((await aws('iot list-policies')).policies).toHaveLength(1);

    // The leaf alone from now on; the observer is the device itself, since the scoped policy admits nobody else to its topics.
    const again = await mosquittoPub(
      device(`${file}.crt`, ['-t', `${name}/test`, '-i', name, '-m', 'Hello']),
    );
    expect(again).toMatchObject({ code: 0 });
    expect(again.output).toMatch(/received PUBACK/);
  });

  it('shows "Hello" on DemoThing/test to a subscriber', async () => {
    await run(
      'openssl req -x509 -newkey rsa:2048 -nodes -keyout observer.key -out observer.crt -subj /CN=observer -days 30',
    );
    const observer = await aws(
      'iot register-certificate-without-ca --certificate-pem file://observer.crt --status ACTIVE',
    );
    if (policyName === undefined)
      await aws('iot create-policy --policy-name Observer --policy-document file://open.json');
    await run(
      `aws iot attach-policy --policy-name ${policyName ?? 'Observer'} --target ${observer.certificateArn} --region us-east-2`,
    );
    await using subscriber = await Subscriber.start(
      device('observer.crt', ['-t', 'DemoThing/test', '-i', 'observer']),
    );
    await mosquittoPub(
      device('device-DemoThing.crt', ['-t', 'DemoThing/test', '-i', 'DemoThing', '-m', 'Hello']),
    );
    expect(await subscriber.received(/Hello/)).toBe('DemoThing/test Hello');
  });

  it(
    isScoped ? 'refuses another client id and a foreign topic' : 'allows what its open policy allows',
    async () => {
      const otherId = await mosquittoPub(
        device('device-DemoThing.crt', ['-t', 'DemoThing/test', '-i', 'somebody', '-m', 'x']),
      );
      const otherTopic = await mosquittoPub(
        device('device-DemoThing.crt', ['-t', 'Foreign/test', '-i', 'DemoThing', '-m', 'x']),
      );
      for (const { code, output } of [otherId, otherTopic]) {
        if (isScoped) expect(output).toMatch(/The connection was lost/);
        expect(code === 0).toBe(!isScoped);
      }
    },
  );
});
