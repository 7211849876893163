import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { Subscriber } from '@/lib/sandbox/mqtt/testing/mosquitto';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';

const { sandbox, boto } = await testSandbox();

behaviour(
  'Every event type of the model is off until UpdateEventConfigurations switches it on; others stay as they are',
  { known: 'documented', source: 'guide, "Event messages"; service model, EventType' },
  async () => {
    const region = 'ap-south-1';
    const described = async () => boto.ok('iot.describe_event_configurations', {}, region);
    const before = await described();
    const off = { Enabled: false };
    expect(before['eventConfigurations']).toEqual({
      ...{ CA_CERTIFICATE: off, CERTIFICATE: off, JOB: off, JOB_EXECUTION: off, POLICY: off, THING: off },
      ...{ THING_GROUP: off, THING_GROUP_HIERARCHY: off, THING_GROUP_MEMBERSHIP: off },
      ...{ THING_TYPE: off, THING_TYPE_ASSOCIATION: off },
    });
    const update = (eventConfigurations: object) => ({ eventConfigurations });
    const call = 'iot.update_event_configurations';
    await boto.ok(call, update({ THING: { Enabled: true } }), region);
    await boto.ok(call, update({ JOB: { Enabled: true } }), region);
    const after = await described();
    expect(after['eventConfigurations']).toMatchObject({
      THING: { Enabled: true },
      JOB: { Enabled: true },
      THING_TYPE: { Enabled: false },
    });
    expect(after).toMatchObject({ creationDate: expect.any(String), lastModifiedDate: expect.any(String) });
    expect(await boto.refusal(call, update({ TYPO: { Enabled: true } }), region)).toMatchObject({
      name: 'InvalidRequestException',
      status: 400,
    });
  },
);

behaviour(
  'A device whose policy allows it hears registry events',
  { known: 'documented', source: 'guide, "Event messages", policy for receiving lifecycle events' },
  async () => {
    const region = 'eu-central-2';
    const directory = await mkdtemp(path.join(tmpdir(), 'registry-events-'));
    try {
      const device = await boto.ok('iot.create_keys_and_certificate', { setAsActive: true }, region);
      const [certFile, keyFile] = [path.join(directory, 'cert.pem'), path.join(directory, 'key.pem')];
      await writeFile(certFile, device['certificatePem']);
      await writeFile(keyFile, device['keyPair'].PrivateKey);
      const policyName = 'listens';
      const policyDocument = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: ['iot:Connect', 'iot:Subscribe', 'iot:Receive'], Resource: '*' },
        ],
      });
      await boto.ok('iot.create_policy', { policyName, policyDocument }, region);
      await boto.ok('iot.attach_policy', { policyName, target: device['certificateArn'] }, region);
      const eventConfigurations = { THING: { Enabled: true } };
      await boto.ok('iot.update_event_configurations', { eventConfigurations }, region);
      await using subscriber = await Subscriber.start([
        ...['-h', sandbox.mqtt.host, '-p', String(sandbox.mqtt.port), '--cafile', sandbox.caFile],
        ...['--cert', certFile, '--key', keyFile, '-i', 'listener', '-q', '1', '-t', '$aws/events/thing/#'],
      ]);
      await boto.ok('iot.create_thing', { thingName: 'heard' }, region);
      const message = await subscriber.received(/heard/);
      expect(message).toMatch(/^\$aws\/events\/thing\/heard\/created \{"eventType":"THING_EVENT"/);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
);
