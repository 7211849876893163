/** Rules that devices trigger and hear: MQTT 3.1.1 by mosquitto, MQTT 5 by mqtt.js. */
import { readFileSync } from 'node:fs';
import mqtt from 'mqtt';
import { afterAll, beforeAll, expect } from 'vitest';
import { makeRole } from '@/lib/sandbox/lambda/testing/function-code';
import { DeviceWorkshop, type MadeDevice } from '@/lib/sandbox/mqtt/testing/device-workshop';
import { mosquittoPub, Subscriber } from '@/lib/sandbox/mqtt/testing/mosquitto';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';

let sandbox: Sandbox;
let boto: Boto;
let workshop: DeviceWorkshop;
let device: MadeDevice;
let roleArn: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  boto = new Boto(sandbox.api);
  workshop = await DeviceWorkshop.open();
  const ca = await workshop.makeCa({ key: 'EC' });
  device = await workshop.makeDevice(ca, { subject: '/CN=pump', key: 'EC' });
  const { certificateArn } = await boto.ok('iot.register_certificate_without_ca', {
    certificatePem: device.pem,
    status: 'ACTIVE',
  });
  const everything = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }],
  };
  const policyDocument = JSON.stringify(everything);
  await boto.ok('iot.create_policy', { policyName: 'all', policyDocument });
  await boto.ok('iot.attach_policy', { policyName: 'all', target: certificateArn });
  roleArn = await makeRole(boto, { name: 'RuleRole', service: 'iot.amazonaws.com' });
  await boto.ok('iam.put_role_policy', {
    RoleName: 'RuleRole',
    PolicyName: 'all',
    PolicyDocument: policyDocument,
  });
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await sandbox.close();
  await workshop[Symbol.asyncDispose]();
});

const args = (clientId: string) => [
  ...['--cafile', sandbox.caFile, '--cert', device.certFile, '--key', device.keyFile],
  ...['-h', sandbox.mqtt.host, '-p', String(sandbox.mqtt.port), '-q', '1', '-i', clientId],
];

const create = (ruleName: string, sql: string, republish: object) =>
  boto.ok('iot.create_topic_rule', {
    ruleName,
    topicRulePayload: {
      sql,
      awsIotSqlVersion: '2016-03-23',
      actions: [{ republish: { roleArn, qos: 1, ...republish } }],
    },
  });

behaviour(
  'A rule knows the client and the certificate of a message, and what it republishes reaches subscribers',
  { known: 'documented', source: 'guide, "clientid()", "principal()", "sourceip()"' },
  async () => {
    await create(
      'who',
      "SELECT t, clientid() AS client, principal() AS principal, sourceip() AS ip FROM 'pumps/+/t'",
      { topic: 'heard/all' },
    );
    await using subscriber = await Subscriber.start([...args('listener'), '-t', 'heard/#']);
    await mosquittoPub([...args('pump'), '-t', 'pumps/1/t', '-m', '{"t":20.5}']);
    const text = await subscriber.received(/heard/);
    const received: { ip?: string } = JSON.parse(text.slice('heard/all '.length));
    expect(received).toMatchObject({ t: 20.5, client: 'pump', principal: device.id });
    // The client may be gone when its message is looked at.
    expect(received.ip ?? '127.0.0.1').toMatch(/127\.0\.0\.1|::1/);
  },
);

behaviour(
  'A device triggers a rule by basic ingest, and nobody else hears that message',
  { known: 'documented', source: 'guide, "Basic Ingest"' },
  async () => {
    await create('ingested', 'SELECT *, topic(2) AS line', { topic: 'ingested/out' });
    await using subscriber = await Subscriber.start([...args('listener'), '-t', '#']);
    await mosquittoPub([...args('pump'), '-t', '$aws/rules/ingested/line/7', '-m', '{"n":1}']);
    await subscriber.received(/ingested\/out/);
    expect(subscriber.messages).toEqual(['ingested/out {"n":1,"line":"7"}']);
  },
);

behaviour(
  'MQTT 5 properties can be read by SQL and are set by the headers of a republish action',
  { known: 'documented', source: 'API reference, MqttHeaders; guide, "get_mqtt_property(name)"' },
  async () => {
    await create(
      'five',
      "SELECT get_mqtt_property('contentType') AS type, get_user_properties('site') AS site FROM 'five/in'",
      {
        topic: 'five/out',
        headers: {
          contentType: 'application/json',
          payloadFormatIndicator: 'UTF8_DATA',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a substitution template of AWS IoT
          responseTopic: 'answers/${topic(1)}',
          messageExpiry: '60',
          userProperties: [
            // biome-ignore lint/suspicious/noTemplateCurlyInString: a substitution template of AWS IoT
            { key: 'from', value: '${clientid()}' },
            { key: 'lot', value: 'a' },
            { key: 'lot', value: 'b' },
          ],
        },
      },
    );
    const client = await mqtt.connectAsync({
      protocol: 'mqtts',
      host: sandbox.mqtt.host,
      port: sandbox.mqtt.port,
      ca: sandbox.caPem,
      cert: readFileSync(device.certFile),
      key: readFileSync(device.keyFile),
      protocolVersion: 5,
      clientId: 'five',
    });
    try {
      await client.subscribeAsync('five/out', { qos: 1 });
      const arrival = new Promise<{ text: string; properties: object | undefined }>((resolve) => {
        client.once('message', (_topic, payload, { properties }) =>
          resolve({ text: String(payload), properties }),
        );
      });
      await client.publishAsync('five/in', 'no json', {
        qos: 1,
        properties: { contentType: 'text/plain', userProperties: { site: ['north', 'south'] } },
      });
      const { text, properties } = await arrival;
      expect(JSON.parse(text)).toEqual({ type: 'text/plain', site: ['north', 'south'] });
      expect(properties).toMatchObject({
        contentType: 'application/json',
        payloadFormatIndicator: true,
        responseTopic: 'answers/five',
        userProperties: { from: 'five', lot: ['a', 'b'] },
      });
    } finally {
      await client.endAsync();
    }
  },
);
