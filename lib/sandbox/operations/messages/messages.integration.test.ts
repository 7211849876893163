import { GetRetainedMessageCommand, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { HeardMessage } from '@/lib/sandbox/message-bus';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { send, statusOf } from '@/lib/sandbox/testing/raw-http';

const NOW = 1_767_225_600_000;
let sandbox: Sandbox;
let boto: Boto;
let clock = NOW;
let heard: HeardMessage[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ now: () => new Date(clock) });
  boto = new Boto(sandbox.api);
  sandbox.state.messageBus?.listen((message) => heard.push(message));
});
beforeEach(() => {
  heard = [];
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await sandbox.close();
});

const base64 = (text: string) => ({ base64: Buffer.from(text).toString('base64') });
const publish = (input: object) => boto.ok('iot-data.publish', { payload: base64('p'), ...input });
const refusal = (input: object) => boto.refusal('iot-data.publish', { payload: base64('p'), ...input });

behaviour(
  'Publish carries the properties of MQTT 5 and the expiry of the message to its subscribers',
  { known: 'documented', source: 'API reference, Publish' },
  async () => {
    await publish({
      topic: 'a/b',
      qos: 1,
      contentType: 'text/plain',
      responseTopic: 'a/answer',
      correlationData: Buffer.from([0, 255]).toString('base64'),
      payloadFormatIndicator: 'UTF8_DATA',
      userProperties: [{ unit: 'alpha' }, { count: '1' }, { count: '2' }],
      messageExpiry: 60,
    });
    expect(heard).toMatchObject([
      {
        topic: 'a/b',
        qos: 1,
        retain: false,
        properties: {
          contentType: 'text/plain',
          responseTopic: 'a/answer',
          payloadFormatIndicator: true,
          userProperties: { unit: 'alpha', count: ['1', '2'] },
        },
      },
    ]);
    expect([...(heard[0]?.properties?.correlationData ?? [])]).toEqual([0, 255]);
  },
);

behaviour('Publish refuses properties that are malformed', { known: 'assumed', source: '' }, async () => {
  for (const wrong of [
    { responseTopic: 'a/#' },
    { correlationData: 'ä' },
    { payloadFormatIndicator: 'OTHER' },
    { userProperties: { a: 'b' } },
    { userProperties: [{ a: 1 }] },
    { userProperties: [{ a: 'b', c: 'd' }] },
    { messageExpiry: 0 },
    { qos: 2 },
  ]) {
    expect(await refusal({ topic: 'a', ...wrong }), JSON.stringify(wrong)).toMatchObject({
      name: 'InvalidRequestException',
      status: 400,
    });
  }
  expect(heard).toEqual([]);
});

behaviour(
  'Publish to a reserved topic is ForbiddenException 403, but for topics that ask something of a service, where nothing is retained',
  { known: 'documented', source: 'guide, "Reserved topics"' },
  async () => {
    for (const topic of [
      '$aws/events/presence/connected/x',
      '$other',
      '$aws/things/x/shadow/update/accepted',
    ]) {
      expect(await refusal({ topic }), topic).toMatchObject({ name: 'ForbiddenException', status: 403 });
    }
    const topic = '$aws/things/published/shadow/update';
    await publish({ topic, payload: base64('{"state":{"reported":{"a":1}}}') });
    const { payload } = await boto.ok('iot-data.get_thing_shadow', { thingName: 'published' });
    expect(JSON.parse(Buffer.from(payload.base64, 'base64').toString())).toMatchObject({ version: 1 });
    expect(await refusal({ topic, retain: true })).toMatchObject({ status: 400 });
  },
);

behaviour(
  'A topic of Publish has at most 256 bytes and 7 slashes and no wildcards, a payload at most 128 KB',
  { known: 'documented', source: 'AWS IoT Core quotas, message broker' },
  async () => {
    await publish({ topic: 'ä'.repeat(128) });
    await publish({ topic: 'a/'.repeat(7) });
    for (const topic of [`${'ä'.repeat(128)}x`, 'a/'.repeat(8), 'a/+', '#']) {
      expect(await refusal({ topic }), topic).toMatchObject({ name: 'InvalidRequestException' });
    }
    await publish({ topic: 'a', payload: base64('p'.repeat(131_072)) });
    expect(await refusal({ topic: 'a', payload: base64('p'.repeat(131_073)) })).toMatchObject({
      status: 413,
    });
  },
);

behaviour(
  'GetRetainedMessage answers the last message published with retain, with its time in epoch milliseconds; an empty one deletes it',
  { known: 'documented', source: 'API reference, GetRetainedMessage' },
  async () => {
    const topic = 'plant/hall one/state';
    await publish({
      topic,
      retain: true,
      qos: 1,
      userProperties: [{ unit: 'alpha' }],
      payload: base64('on'),
    });
    await publish({ topic, payload: base64('not retained') });
    expect(await boto.ok('iot-data.get_retained_message', { topic })).toEqual({
      topic,
      payload: base64('on'),
      qos: 1,
      lastModifiedTime: NOW,
      userProperties: base64('[{"unit":"alpha"}]'),
    });
    await publish({ topic, retain: true, payload: base64('') });
    expect(await boto.refusal('iot-data.get_retained_message', { topic })).toMatchObject({
      name: 'ResourceNotFoundException',
      status: 404,
    });
  },
);

behaviour(
  'A retained message is gone when its expiry has passed',
  { known: 'documented', source: 'guide, "MQTT retained messages"' },
  async () => {
    const topic = 'expiring';
    await publish({ topic, retain: true, messageExpiry: 10 });
    clock += 9_000;
    await boto.ok('iot-data.get_retained_message', { topic });
    clock += 2_000;
    expect(await boto.refusal('iot-data.get_retained_message', { topic })).toMatchObject({ status: 404 });
    clock = NOW;
  },
);

behaviour(
  'ListRetainedMessages tells topics and sizes, page by page, at most 200 a page',
  { known: 'documented', source: 'API reference, ListRetainedMessages' },
  async () => {
    for (const topic of ['list/b', 'list/a', 'list/c']) {
      await boto.ok('iot-data.publish', { topic, retain: true, payload: base64('äb') }, 'eu-west-1');
    }
    const list = (input: object) => boto.ok('iot-data.list_retained_messages', input, 'eu-west-1');
    const first = await list({ maxResults: 2 });
    expect(first['retainedTopics']).toEqual([
      { topic: 'list/a', payloadSize: 3, qos: 0, lastModifiedTime: NOW },
      { topic: 'list/b', payloadSize: 3, qos: 0, lastModifiedTime: NOW },
    ]);
    const second = await list({ nextToken: first['nextToken'] });
    expect(second['retainedTopics'].map(({ topic }: { topic: string }) => topic)).toEqual(['list/c']);
    expect(second['nextToken']).toBeUndefined();
    for (const maxResults of [0, 201]) {
      expect(await boto.refusal('iot-data.list_retained_messages', { maxResults })).toMatchObject({
        status: 400,
      });
    }
  },
);

it('answers the AWS SDK for JavaScript, and a plain request whose topic has plain slashes', async () => {
  const { data } = clientsFor(sandbox.api);
  await data.send(
    new PublishCommand({
      topic: 'js/topic',
      retain: true,
      payload: Buffer.from([1, 2, 255]),
      userProperties: JSON.stringify([{ a: 'b' }]),
      messageExpiry: 5,
    }),
  );
  const message = await data.send(new GetRetainedMessageCommand({ topic: 'js/topic' }));
  expect([...(message.payload ?? [])]).toEqual([1, 2, 255]);
  expect(Buffer.from(message.userProperties ?? []).toString()).toBe('[{"a":"b"}]');
  const plain = (method: string, target: string) => send(sandbox.apiPort, { method, target, body: '' });
  await send(sandbox.apiPort, { method: 'POST', target: '/topics/plain/topic?retain=true', body: 'on' });
  expect(statusOf(await plain('GET', '/retainedMessage/plain/topic'))).toBe(200);
});
