import { CreateDomainConfigurationCommand, DescribeDomainConfigurationCommand } from '@aws-sdk/client-iot';
import { expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';

const DAY_MS = 24 * 60 * 60 * 1000;
const START = new Date('2026-01-02T03:04:05Z');
const CERTIFICATE = 'arn:aws:acm:us-east-2:123456789012:certificate/8a8e0f4c-8a5e-4b5e-9d5e-0f4c8a8e0f4c';
const REFUSED = { name: 'InvalidRequestException', status: 400 };
const CUSTOM = { domainName: 'iot.example.com', serverCertificateArns: [CERTIFICATE] };

let now = START;
const { sandbox, boto } = await testSandbox({ now: () => now });

const create = (domainConfigurationName: string, more: object = {}, region?: string) =>
  boto.ok('iot.create_domain_configuration', { domainConfigurationName, ...more }, region);
const createRefusal = (more: object) =>
  boto.refusal('iot.create_domain_configuration', { domainConfigurationName: 'refused', ...more });
const update = (domainConfigurationName: string, more: object) =>
  boto.ok('iot.update_domain_configuration', { domainConfigurationName, ...more });
const read = (domainConfigurationName: string) =>
  boto.ok('iot.describe_domain_configuration', { domainConfigurationName });
const removal = (domainConfigurationName: string) =>
  boto.refusal('iot.delete_domain_configuration', { domainConfigurationName });

behaviour(
  'A domain configuration without a domain name is managed by AWS and enabled; its ARN ends in five letters of its own',
  {
    known: 'documented',
    source: 'guide, "Creating and configuring AWS-managed domains"; hashicorp/terraform-provider-aws #41985',
  },
  async () => {
    const { iot } = clientsFor(sandbox.api);
    const domainConfigurationName = 'managed.1';
    const { domainConfigurationArn } = await iot.send(
      new CreateDomainConfigurationCommand({ domainConfigurationName }),
    );
    expect(domainConfigurationArn).toMatch(
      /^arn:aws:iot:us-east-2:123456789012:domainconfiguration\/managed\.1\/[a-z]{5}$/,
    );
    expect(await iot.send(new DescribeDomainConfigurationCommand({ domainConfigurationName }))).toMatchObject(
      {
        domainConfigurationArn,
        domainName: 'localhost',
        domainType: 'AWS_MANAGED',
        domainConfigurationStatus: 'ENABLED',
        serviceType: 'DATA',
        serverCertificates: [],
        lastStatusChangeDate: START,
        tlsConfig: { securityPolicy: 'IoTSecurityPolicy_TLS13_1_2_2022_10' },
      },
    );
  },
);

behaviour(
  'A custom domain comes with its name and the ARN of its server certificate',
  {
    known: 'documented',
    source:
      'guide, "Creating and configuring customer managed domains"; hashicorp/terraform-provider-aws #24765',
  },
  async () => {
    await create('custom', CUSTOM);
    expect(await read('custom')).toMatchObject({
      domainName: 'iot.example.com',
      domainType: 'CUSTOMER_MANAGED',
      serverCertificates: [{ serverCertificateArn: CERTIFICATE, serverCertificateStatus: 'VALID' }],
    });
    expect(await createRefusal({ domainName: 'iot.example.com' })).toEqual({
      ...REFUSED,
      message: 'Cannot provide a custom domain name for an AWS Managed Domain',
    });
    for (const more of [
      { serverCertificateArns: [CERTIFICATE] },
      { ...CUSTOM, domainName: 'not a name' },
      { ...CUSTOM, domainName: 'nodots' },
    ]) {
      expect(await createRefusal(more)).toEqual({
        ...REFUSED,
        message: 'Must provide a valid domain name to configure.',
      });
    }
  },
);

behaviour(
  'A domain configuration whose name is taken is ResourceAlreadyExistsException 409, one that is not there 404',
  { known: 'measured', source: 'getmoto/moto, tests of domain configurations' },
  async () => {
    await create('taken');
    expect(await createRefusal({ domainConfigurationName: 'taken' })).toEqual({
      name: 'ResourceAlreadyExistsException',
      status: 409,
      message: 'Domain configuration with given name already exists.',
    });
    for (const call of ['describe', 'update', 'delete']) {
      const nobody = { domainConfigurationName: 'nobody' };
      expect(await boto.refusal(`iot.${call}_domain_configuration`, nobody)).toEqual({
        name: 'ResourceNotFoundException',
        status: 404,
        message: 'The specified resource does not exist.',
      });
    }
  },
);

behaviour(
  'A domain configuration is deleted when it is disabled; one managed by AWS not before seven days have passed since then',
  { known: 'measured', source: 'hashicorp/terraform-provider-aws, sweeper of domain configurations' },
  async () => {
    await create('leaving', CUSTOM);
    await create('waiting');
    expect(await removal('leaving')).toMatchObject(REFUSED);
    for (const name of ['leaving', 'waiting']) {
      await update(name, { domainConfigurationStatus: 'DISABLED' });
    }
    await boto.ok('iot.delete_domain_configuration', { domainConfigurationName: 'leaving' });
    try {
      now = new Date(START.getTime() + 7 * DAY_MS - 1000);
      await update('waiting', { domainConfigurationStatus: 'DISABLED' });
      expect(await removal('waiting')).toEqual({
        ...REFUSED,
        message:
          'AWS Managed Domain Configuration must be disabled for at least 7 days before it can be deleted',
      });
      now = new Date(START.getTime() + 7 * DAY_MS);
      await boto.ok('iot.delete_domain_configuration', { domainConfigurationName: 'waiting' });
    } finally {
      now = START;
    }
  },
);

behaviour(
  'Settings that the listeners of the sandbox do not have are refused and not forgotten',
  { known: 'assumed', source: '' },
  async () => {
    for (const more of [
      { authorizerConfig: { defaultAuthorizerName: 'a' } },
      { tlsConfig: { securityPolicy: 'IoTSecurityPolicy_TLS13_1_3_2022_10' } },
      { authenticationType: 'CUSTOM_AUTH' },
      { applicationProtocol: 'HTTPS' },
      { serverCertificateConfig: { enableOCSPCheck: true } },
      { clientCertificateConfig: { clientCertificateCallbackArn: 'arn:aws:lambda:x' } },
    ]) {
      const refusal = await createRefusal(more);
      expect(refusal).toMatchObject(REFUSED);
      expect(refusal.message).toContain('is not supported by the sandbox');
    }
    await create('plain', { authenticationType: 'AWS_X509', applicationProtocol: 'SECURE_MQTT' });
    expect(await read('plain')).toMatchObject({
      authenticationType: 'AWS_X509',
      applicationProtocol: 'SECURE_MQTT',
    });
  },
);

behaviour(
  'Domain configurations serve DATA only',
  { known: 'documented', source: 'API reference, CreateDomainConfiguration, serviceType' },
  async () => {
    expect(await createRefusal({ serviceType: 'JOBS' })).toMatchObject(REFUSED);
    expect(await boto.ok('iot.list_domain_configurations', { serviceType: 'JOBS' })).toEqual({
      domainConfigurations: [],
    });
  },
);

behaviour(
  'Every account has the configuration iot:Data-ATS of its endpoint; with it they are listed page by page, ten more at most',
  { known: 'documented', source: 'floci-io/floci #3008; AWS IoT Core quotas' },
  async () => {
    const region = 'eu-west-1';
    for (let index = 0; index < 10; index += 1) await create(`d${index}`, {}, region);
    const eleventh = { domainConfigurationName: 'd10' };
    expect(await boto.refusal('iot.create_domain_configuration', eleventh, region)).toMatchObject({
      name: 'LimitExceededException',
      status: 410,
    });
    const list = async (input: object) => boto.ok('iot.list_domain_configurations', input, region);
    const first = await list({ pageSize: 6 });
    const rest = await list({ pageSize: 6, marker: first['nextMarker'] });
    const names = [first, rest].map(({ domainConfigurations }) =>
      domainConfigurations.map((one: { domainConfigurationName: string }) => one.domainConfigurationName),
    );
    expect(names).toEqual([
      ['iot:Data-ATS', 'd0', 'd1', 'd2', 'd3', 'd4'],
      ['d5', 'd6', 'd7', 'd8', 'd9'],
    ]);
    expect(await read('iot:Data-ATS')).toMatchObject({ domainType: 'ENDPOINT', domainName: 'localhost' });
    const change = { domainConfigurationName: 'iot:Data-ATS', domainConfigurationStatus: 'DISABLED' };
    expect(await boto.refusal('iot.update_domain_configuration', change)).toMatchObject(REFUSED);
    expect(await removal('iot:Data-ATS')).toMatchObject(REFUSED);
  },
);
