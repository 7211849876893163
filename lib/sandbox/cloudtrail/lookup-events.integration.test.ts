/** What just-in-time provisioning and callers of the API leave in CloudTrail, through boto3 and the JS SDK. */
import {
  CloudTrailClient,
  LookupEventsCommand,
  type LookupEventsCommandInput,
} from '@aws-sdk/client-cloudtrail';
import { CreateThingCommand, IoTClient } from '@aws-sdk/client-iot';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { firstContact } from '@/lib/sandbox/jitp/testing/first-contact';
import { FLEET_POLICY, ref, templateText } from '@/lib/sandbox/jitp/testing/template-text';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import { CertificateMaker, type Made } from '@/lib/sandbox/testing/certificate-maker';
import { makeProvisioningRole } from '@/lib/sandbox/testing/provisioning-role';
import { recordTrailEvent, TRAIL_EVENTS_MAX, TrailTables } from './trail-events';

let sandbox: Sandbox;
let boto: Boto;
let maker: CertificateMaker;
let good: Made;
const TEMPLATE = templateText({
  parameters: ['CommonName', 'Country'],
  thing: { ThingName: ref('CommonName'), AttributePayload: { country: ref('Country') } },
});

beforeAll(async () => {
  [sandbox, maker] = await Promise.all([startSandbox(), CertificateMaker.open()]);
  boto = new Boto(sandbox.api);
  await boto.ok('iot.create_policy', { policyName: 'Fleet', policyDocument: FLEET_POLICY });
  const roleArn = await makeProvisioningRole(boto, 'Provisioning');
  good = await deviceOf('/C=IN/CN=pump', roleArn);
  expect((await firstContact(sandbox, good)).code).toBe('provisioned');
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await maker[Symbol.asyncDispose]();
  await sandbox.close();
});

let count = 0;
async function deviceOf(subject: string, roleArn: string): Promise<Made> {
  count += 1;
  const ca = await maker.ca({ subject: `/CN=trail ${count}` });
  await boto.ok('iot.register_ca_certificate', {
    caCertificate: ca.pem,
    certificateMode: 'SNI_ONLY',
    setAsActive: true,
    allowAutoRegistration: true,
    registrationConfig: { templateBody: TEMPLATE, roleArn },
  });
  return maker.leaf(ca, { subject });
}

const by = (AttributeKey: string, AttributeValue: string) => ({
  LookupAttributes: [{ AttributeKey, AttributeValue }],
});
const lookup = async (input: object) => (await boto.ok('cloudtrail.lookup_events', input))['Events'];
/** The events about a certificate, newest first, with their records. */
const recordsOf = async ({ id }: Made) =>
  (await lookup(by('ResourceName', id))).map(({ CloudTrailEvent }: { CloudTrailEvent: string }) =>
    JSON.parse(CloudTrailEvent),
  );

behaviour(
  'Just-in-time provisioning leaves an event RegisterThing of the role’s session, with the template and what it took from the certificate',
  { known: 'documented', source: 'guide, "Just-in-time provisioning": AWS IoT calls RegisterThing' },
  async () => {
    const [event] = await lookup(by('EventName', 'RegisterThing'));
    expect(event).toMatchObject({
      EventName: 'RegisterThing',
      EventSource: 'iot.amazonaws.com',
      Username: 'iot-provisioning',
      ReadOnly: 'false',
    });
    expect(event.Resources).toContainEqual({ ResourceType: 'AWS::IoT::Thing', ResourceName: 'pump' });
    expect(JSON.parse(event.CloudTrailEvent)).toMatchObject({
      eventID: event.EventId,
      awsRegion: 'us-east-2',
      userIdentity: {
        type: 'AssumedRole',
        arn: 'arn:aws:sts::123456789012:assumed-role/Provisioning/iot-provisioning',
        sessionContext: { sessionIssuer: { userName: 'Provisioning' } },
        invokedBy: 'iot.amazonaws.com',
      },
      requestParameters: {
        templateBody: TEMPLATE,
        parameters: {
          'AWS::IoT::Certificate::Id': good.id,
          'AWS::IoT::Certificate::CommonName': 'pump',
          'AWS::IoT::Certificate::Country': 'IN',
        },
      },
    });
    expect(JSON.parse(event.CloudTrailEvent).errorCode).toBeUndefined();
  },
);

behaviour(
  'Provisioning that fails is found in CloudTrail with errorCode, errorMessage and the parameters that there were',
  { known: 'measured', source: 'CloudTrail events of RegisterThing in public reports' },
  async () => {
    const device = await deviceOf('/CN=no-country', 'arn:aws:iam::123456789012:role/Provisioning');
    await firstContact(sandbox, device);
    const [record] = await recordsOf(device);
    expect(record).toMatchObject({
      eventName: 'RegisterThing',
      errorCode: 'InvalidRequestException',
      errorMessage:
        'Invalid registration template. Cannot resolve reference value: {Ref=AWS::IoT::Certificate::Country}',
      requestParameters: { parameters: { 'AWS::IoT::Certificate::CommonName': 'no-country' } },
    });
  },
);

behaviour(
  'A role without a permission shows as AccessDenied of the call that was denied',
  { known: 'measured', source: 'dev.classmethod.jp, "aws-iot-jitp-permission-troubleshooting"' },
  async () => {
    const statements = [{ Effect: 'Allow', Action: 'iot:DescribeThing', Resource: '*' }];
    const device = await deviceOf(
      '/C=IN/CN=denied',
      await makeProvisioningRole(boto, 'Weak', { statements }),
    );
    await firstContact(sandbox, device);
    const records = await recordsOf(device);
    expect(records).toHaveLength(2);
    for (const record of records) expect(record.errorCode).toBe('AccessDenied');
    const denied = records.find(({ eventName }: { eventName: string }) => eventName === 'CreateThing');
    expect(denied.errorMessage).toContain('is not authorized to perform: iot:CreateThing on resource');
  },
);

behaviour(
  'Calls that change something are in CloudTrail, refused ones with their error; no answer’s private key is',
  { known: 'documented', source: 'CloudTrail User Guide, "Management events"' },
  async () => {
    const { certificateId, keyPair } = await boto.ok('iot.create_keys_and_certificate');
    await boto.ok('iot.update_certificate', { certificateId, newStatus: 'REVOKED' });
    await boto.refusal('iot.update_certificate', { certificateId, newStatus: 'ACTIVE' });
    const events = await lookup(by('ResourceName', certificateId));
    expect(events.map(({ EventName }: { EventName: string }) => EventName)).toEqual([
      'UpdateCertificate',
      'UpdateCertificate',
      'CreateKeysAndCertificate',
    ]);
    expect(JSON.parse(events[0].CloudTrailEvent)).toMatchObject({
      errorCode: 'CertificateStateException',
      requestParameters: { newStatus: 'ACTIVE' },
      userIdentity: { accountId: '123456789012' },
    });
    const line = keyPair.PrivateKey.split('\n')[4];
    expect(line).toHaveLength(64);
    expect(JSON.stringify(await lookup({}))).not.toContain(line);
  },
);

behaviour(
  'A call with the key of a role’s session is found by the name of the session, and by the key',
  { known: 'documented', source: 'CloudTrail User Guide, "CloudTrail userIdentity element"' },
  async () => {
    const root = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' } };
    const statement = { ...root, Action: 'sts:AssumeRole' };
    const { Role } = await boto.ok('iam.create_role', {
      RoleName: 'Operators',
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    });
    const { Credentials } = await boto.ok('sts.assume_role', {
      RoleArn: Role.Arn,
      RoleSessionName: 'ada',
    });
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken } = Credentials;
    const iot = new IoTClient({
      ...{ endpoint: sandbox.api, region: 'us-east-2' },
      credentials: { accessKeyId, secretAccessKey, sessionToken: SessionToken },
    });
    await iot.send(new CreateThingCommand({ thingName: 'made-by-ada' }));
    for (const attribute of [by('Username', 'ada'), by('AccessKeyId', accessKeyId)]) {
      const [event, ...others] = await lookup(attribute);
      expect(others).toEqual([]);
      expect(event).toMatchObject({ EventName: 'CreateThing', AccessKeyId: accessKeyId, Username: 'ada' });
      expect(JSON.parse(event.CloudTrailEvent).userIdentity).toMatchObject({
        type: 'AssumedRole',
        arn: 'arn:aws:sts::123456789012:assumed-role/Operators/ada',
        sessionContext: { sessionIssuer: { arn: Role.Arn, userName: 'Operators' } },
      });
    }
  },
);

behaviour(
  'LookupEvents answers the newest first, up to 50 a page, and each once over all pages',
  { known: 'documented', source: 'CloudTrail API reference, LookupEvents' },
  async () => {
    for (let number = 0; number < 60; number += 1) {
      await boto.ok('iot.create_thing', { thingName: `paged-${number}` }, 'eu-central-1');
    }
    const page = (more: object) =>
      boto.ok('cloudtrail.lookup_events', { ...by('EventName', 'CreateThing'), ...more }, 'eu-central-1');
    const first = await page({});
    expect(first['Events']).toHaveLength(50);
    const second = await page({ NextToken: first['NextToken'] });
    const names = [...first['Events'], ...second['Events']].map(({ Resources }) => Resources[0].ResourceName);
    expect(names).toEqual(Array.from({ length: 60 }, (_, index) => `paged-${59 - index}`));
    expect(second['NextToken']).toBeUndefined();
    expect((await page({ MaxResults: 1 }))['Events']).toHaveLength(1);
  },
);

behaviour(
  'LookupEvents refuses two attributes, a time range that ends before it starts, a size beyond 50, and a token of another lookup',
  { known: 'documented', source: 'CloudTrail API reference, LookupEvents' },
  async () => {
    const refusal = async (input: object) => {
      const { name, status } = await boto.refusal('cloudtrail.lookup_events', input);
      return `${name} ${status}`;
    };
    const [attribute] = by('EventName', 'CreateThing').LookupAttributes;
    expect(await refusal({ LookupAttributes: [attribute, attribute] })).toBe(
      'InvalidLookupAttributesException 400',
    );
    expect(await refusal(by('Unknown', 'x'))).toBe('InvalidLookupAttributesException 400');
    expect(await refusal({ StartTime: 2_000_000_000, EndTime: 1_000_000_000 })).toBe(
      'InvalidTimeRangeException 400',
    );
    expect(await refusal({ MaxResults: 51 })).toBe('InvalidMaxResultsException 400');
    const { NextToken } = await boto.ok('cloudtrail.lookup_events', { MaxResults: 1 });
    expect(await refusal({ MaxResults: 1, NextToken, ...by('EventName', 'CreateThing') })).toBe(
      'InvalidNextTokenException 400',
    );
  },
);

it('answers the JS SDK, in a range of time', async () => {
  const client = new CloudTrailClient({
    endpoint: sandbox.api,
    region: 'us-east-2',
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'test' },
  });
  const send = (input: LookupEventsCommandInput) => client.send(new LookupEventsCommand(input));
  const { Events: [event] = [] } = await send({
    LookupAttributes: [{ AttributeKey: 'Username', AttributeValue: 'iot-provisioning' }],
    StartTime: new Date(Date.now() - 60_000),
    EndTime: new Date(Date.now() + 60_000),
  });
  expect(event?.EventTime).toBeInstanceOf(Date);
  expect((await send({ EndTime: new Date(Date.now() - 60_000) })).Events).toEqual([]);
  await expect(send({ MaxResults: 0 })).rejects.toMatchObject({ name: 'InvalidMaxResultsException' });
});

it('leaves parameters out that are too long', async () => {
  await boto.refusal('iot.register_thing', { templateBody: '{}', parameters: { long: 'x'.repeat(4000) } });
  await boto.refusal('iot.register_thing', {
    templateBody: '{}',
    parameters: Object.fromEntries(Array.from({ length: 6 }, (_, index) => [index, 'x'.repeat(4000)])),
  });
  const [long, short] = (await lookup(by('EventName', 'RegisterThing'))).map(
    ({ CloudTrailEvent }: { CloudTrailEvent: string }) => JSON.parse(CloudTrailEvent).requestParameters,
  );
  expect(long).toEqual({ omitted: true, originalSize: expect.any(Number), reason: expect.any(String) });
  expect(short.parameters.long).toHaveLength(4000);
});

it('keeps a bounded number of events, and lets the oldest go', () => {
  const region = sandbox.state.region('eu-west-1');
  const scope = { sandbox: sandbox.state, region, accountId: '123456789012', now: () => new Date() };
  for (let number = 0; number <= TRAIL_EVENTS_MAX; number += 1) {
    recordTrailEvent(scope, 'calls', {
      ...{
        eventName: `Event${number}`,
        eventSource: 'iot.amazonaws.com',
        username: 'root',
        userIdentity: {},
      },
      ...{ sourceIpAddress: '127.0.0.1', userAgent: 'test', resources: [] },
    });
  }
  const { calls } = region.family(TrailTables);
  expect(calls.size).toBe(TRAIL_EVENTS_MAX);
  expect(calls.values().next().value?.eventName).toBe('Event1');
});
