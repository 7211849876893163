import { GetThingShadowCommand, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { send } from '@/lib/sandbox/testing/raw-http';

const NOW = 1_767_225_600;
let sandbox: Sandbox;
let boto: Boto;
let clock = NOW * 1000;
/** Each test has a thing of its own. */
let thingName: string;
let count = 0;
let heard: { topic: string; document: Record<string, unknown> }[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ now: () => new Date(clock) });
  boto = new Boto(sandbox.api);
  sandbox.state.messageBus?.listen(({ topic, payload }) => {
    if (!/\/(accepted|rejected|delta|documents)$/.test(topic)) return;
    heard.push({
      topic: topic.replace(/^.*\/shadow/, ''),
      document: JSON.parse(Buffer.from(payload).toString()),
    });
  });
});
beforeEach(() => {
  thingName = `shadowed-${++count}`;
  heard = [];
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await sandbox.close();
});

const base64 = (value: unknown) => ({
  base64: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64'),
});
const read = (payload: { base64: string }) => JSON.parse(Buffer.from(payload.base64, 'base64').toString());
const update = async (document: unknown, shadowName?: string) =>
  read(
    (await boto.ok('iot-data.update_thing_shadow', { thingName, shadowName, payload: base64(document) }))[
      'payload'
    ],
  );
const updateRefusal = (document: unknown) =>
  boto.refusal('iot-data.update_thing_shadow', { thingName, payload: base64(document) });
const get = async (shadowName?: string) =>
  read((await boto.ok('iot-data.get_thing_shadow', { thingName, shadowName }))['payload']);

/** As a device would; resolves when the answer has come. */
async function request(path: string, payload: string | Uint8Array = '') {
  const answered = () =>
    heard.some(({ topic }) => topic.startsWith(`${path}/`) && /(accepted|rejected)$/.test(topic));
  await sandbox.state.messageBus?.publish({
    region: 'us-east-2',
    topic: `$aws/things/${thingName}/shadow${path}`,
    payload: Buffer.from(payload),
    qos: 0,
    retain: false,
  });
  await expect.poll(answered).toBe(true);
  // Events follow the answer.
  await new Promise((done) => setTimeout(done, 5));
}

behaviour(
  'A shadow is made by its first update, whose answer holds what the request named, with times in epoch seconds and version 1',
  { known: 'documented', source: 'guide, "Device Shadow service documents"' },
  async () => {
    const state = { desired: { led: 'on' }, reported: { led: 'off' } };
    const answer = await update({ state, clientToken: 'me' });
    const metadata = { desired: { led: { timestamp: NOW } }, reported: { led: { timestamp: NOW } } };
    expect(answer).toEqual({ state, metadata, version: 1, timestamp: NOW, clientToken: 'me' });
    expect(await get()).toEqual({
      state: { ...state, delta: { led: 'on' } },
      metadata,
      version: 1,
      timestamp: NOW,
    });
    expect(await update({ state: { reported: { led: 'on' } } })).toEqual({
      state: { reported: { led: 'on' } },
      metadata: { reported: { led: { timestamp: NOW } } },
      version: 2,
      timestamp: NOW,
    });
    expect((await get()).state).toEqual({ desired: { led: 'on' }, reported: { led: 'on' } });
  },
);

behaviour(
  'A shadow that is not there is ResourceNotFoundException 404 for GetThingShadow and DeleteThingShadow, and needs no registered thing',
  { known: 'measured', source: 'aws/amazon-freertos#3334; aws/aws-sdk-js-v3#2133' },
  async () => {
    const missing = {
      name: 'ResourceNotFoundException',
      status: 404,
      message: `No shadow exists with name: '${thingName}'`,
    };
    expect(await boto.refusal('iot-data.get_thing_shadow', { thingName })).toEqual(missing);
    expect(await boto.refusal('iot-data.delete_thing_shadow', { thingName })).toEqual(missing);
    expect((await update({ state: { desired: { a: 1 } } })).version).toBe(1);
  },
);

behaviour(
  'An update for another version than the latest is ConflictException 409 with the text Version conflict',
  { known: 'documented', source: 'guide, "Device Shadow error messages"' },
  async () => {
    await update({ state: { desired: { a: 1 } } });
    await update({ state: { desired: { a: 2 } }, version: 1 });
    const late = { state: { desired: { a: 3 } }, version: 1 };
    expect(await updateRefusal(late)).toEqual({
      name: 'ConflictException',
      status: 409,
      message: 'Version conflict',
    });
    expect((await get()).state.desired).toEqual({ a: 2 });
  },
);

behaviour(
  'A wrong update is InvalidRequestException 400, one that makes the state exceed 8 KB RequestEntityTooLargeException 413',
  { known: 'documented', source: 'guide, "Device Shadow error messages"' },
  async () => {
    expect(await updateRefusal('{')).toMatchObject({ name: 'InvalidRequestException', status: 400 });
    expect(await updateRefusal({})).toMatchObject({ message: 'Missing required node: state' });
    await update({ state: { desired: { a: 'x'.repeat(5000) } } });
    expect(await updateRefusal({ state: { reported: { a: 'x'.repeat(5000) } } })).toEqual({
      name: 'RequestEntityTooLargeException',
      status: 413,
      message: 'The payload exceeds the maximum size allowed',
    });
    expect((await get()).version).toBe(1);
  },
);

behaviour(
  'Bytes that are not UTF-8 are UnsupportedDocumentEncodingException 415',
  { known: 'documented', source: 'guide, "Device Shadow error messages"' },
  async () => {
    const payload = { base64: Buffer.from([0x7b, 0xff, 0x7d]).toString('base64') };
    expect(await boto.refusal('iot-data.update_thing_shadow', { thingName, payload })).toMatchObject({
      name: 'UnsupportedDocumentEncodingException',
      status: 415,
    });
  },
);

behaviour(
  'Deleting a shadow answers its version, which the next shadow of the name goes on from',
  { known: 'documented', source: 'guide, "Device Shadow MQTT topics"' },
  async () => {
    await update({ state: { desired: { a: 1 } } });
    await update({ state: { desired: { a: 2 } } });
    const { payload } = await boto.ok('iot-data.delete_thing_shadow', { thingName });
    expect(read(payload)).toEqual({ version: 2, timestamp: NOW });
    expect(await update({ state: { desired: { b: 1 } } })).toMatchObject({ version: 3 });
    expect((await get()).state.desired).toEqual({ b: 1 });
  },
);

behaviour(
  'Named shadows live beside the classic one; ListNamedShadowsForThing names them, page by page',
  { known: 'documented', source: 'API reference, ListNamedShadowsForThing' },
  async () => {
    await update({ state: { desired: { a: 1 } } });
    for (const name of ['c', 'a', 'b']) await update({ state: { reported: { name } } }, name);
    expect((await get('b')).state).toEqual({ reported: { name: 'b' } });
    expect((await get()).state.desired).toEqual({ a: 1 });
    await boto.ok('iot-data.delete_thing_shadow', { thingName, shadowName: 'c' });
    const list = (more: object) => boto.ok('iot-data.list_named_shadows_for_thing', { thingName, ...more });
    const first = await list({ pageSize: 1 });
    expect(first).toEqual({ results: ['a'], nextToken: expect.any(String), timestamp: NOW });
    expect(await list({ nextToken: first['nextToken'] })).toEqual({ results: ['b'], timestamp: NOW });
    expect(await boto.refusal('iot-data.get_thing_shadow', { thingName, shadowName: 'c' })).toMatchObject({
      message: `No shadow exists with name: '${thingName}~c'`,
    });
    const wrong = { thingName, shadowName: 'a/b' };
    expect(await boto.refusal('iot-data.get_thing_shadow', wrong)).toMatchObject({ status: 400 });
  },
);

behaviour(
  'A device gets a shadow by MQTT, its client token with it',
  { known: 'documented', source: 'guide, "Device Shadow MQTT topics"' },
  async () => {
    await request('/get', '{"clientToken":"t"}');
    expect(heard).toEqual([
      {
        topic: '/get/rejected',
        document: {
          code: 404,
          message: `No shadow exists with name: '${thingName}'`,
          timestamp: NOW,
          clientToken: 't',
        },
      },
    ]);
    await update({ state: { reported: { a: 1 } } });
    heard = [];
    await request('/get');
    expect(heard).toEqual([{ topic: '/get/accepted', document: await get() }]);
  },
);

behaviour(
  'An update by MQTT is answered on accepted, and publishes the delta, while there is one, and the documents before and after',
  { known: 'documented', source: 'guide, "Device Shadow MQTT topics"' },
  async () => {
    await request('/update', '{"state":{"desired":{"led":"on","fan":1}}}');
    clock += 1000;
    heard = [];
    await request('/update', '{"state":{"reported":{"fan":1}},"clientToken":"t"}');
    clock = NOW * 1000;
    const stamp = { timestamp: NOW + 1, clientToken: 't' };
    const before = { led: { timestamp: NOW }, fan: { timestamp: NOW } };
    expect(heard).toEqual([
      {
        topic: '/update/accepted',
        document: {
          state: { reported: { fan: 1 } },
          metadata: { reported: { fan: { timestamp: NOW + 1 } } },
          version: 2,
          ...stamp,
        },
      },
      {
        topic: '/update/delta',
        document: { version: 2, state: { led: 'on' }, metadata: { led: { timestamp: NOW } }, ...stamp },
      },
      {
        topic: '/update/documents',
        document: {
          previous: {
            state: { desired: { led: 'on', fan: 1 } },
            metadata: { desired: before },
            version: 1,
          },
          current: {
            state: { desired: { led: 'on', fan: 1 }, reported: { fan: 1 } },
            metadata: { desired: before, reported: { fan: { timestamp: NOW + 1 } } },
            version: 2,
          },
          ...stamp,
        },
      },
    ]);
    heard = [];
    await request('/update', '{"state":{"reported":{"led":"on"}}}');
    expect(heard.map(({ topic }) => topic)).toEqual(['/update/accepted', '/update/documents']);
  },
);

behaviour(
  'A wrong update by MQTT is rejected with its code and text, and changes nothing',
  { known: 'documented', source: 'guide, "Device Shadow service documents"' },
  async () => {
    await request('/update', '{"state":{"desired":7},"clientToken":"t"}');
    expect(heard).toEqual([
      {
        topic: '/update/rejected',
        document: { code: 400, message: 'Desired node must be an object', timestamp: NOW, clientToken: 't' },
      },
    ]);
    expect(sandbox.state.explanations.after(0).at(-1)).toMatchObject({ code: 'shadow-rejected' });
    heard = [];
    await request('/update', new Uint8Array([0xff]));
    expect(heard).toMatchObject([{ document: { code: 415 } }]);
    expect(await boto.refusal('iot-data.get_thing_shadow', { thingName })).toMatchObject({ status: 404 });
  },
);

behaviour(
  'A named shadow has topics of its own, delete too',
  { known: 'documented', source: 'guide, "Device Shadow MQTT topics"' },
  async () => {
    await request('/name/config/update', '{"state":{"desired":{"a":1}}}');
    expect(heard.map(({ topic }) => topic)).toEqual([
      '/name/config/update/accepted',
      '/name/config/update/delta',
      '/name/config/update/documents',
    ]);
    expect((await get('config')).state).toEqual({ desired: { a: 1 }, delta: { a: 1 } });
    await request('/name/config/delete');
    expect(heard.at(-1)).toEqual({
      topic: '/name/config/delete/accepted',
      document: { version: 1, timestamp: NOW },
    });
  },
);

behaviour(
  'An update by REST is published to devices like one by MQTT; one that is refused is not',
  { known: 'documented', source: 'guide, "Device Shadow error messages"' },
  async () => {
    await update({ state: { desired: { a: 1 } } });
    await updateRefusal({});
    await expect
      .poll(() => heard.map(({ topic }) => topic))
      .toEqual(['/update/accepted', '/update/delta', '/update/documents']);
  },
);

behaviour(
  'While shadows are indexed, things are found by what they desire, report and differ in, and named shadows by their names',
  { known: 'documented', source: 'guide, "Example thing queries"' },
  async () => {
    await boto.ok('iot.create_thing', { thingName });
    await update({
      state: { desired: { place: 'New York' }, reported: { values: [1, 2, 3], stats: { battery: 78.5 } } },
    });
    await update({ state: { reported: { mode: 'eco' } } }, 'config');
    await boto.ok('iot.update_indexing_configuration', {
      thingIndexingConfiguration: {
        thingIndexingMode: 'REGISTRY_AND_SHADOW',
        namedShadowIndexingMode: 'ON',
        filter: { namedShadowNames: ['config'] },
        customFields: [{ name: 'shadow.reported.stats.battery', type: 'Number' }],
      },
    });
    clock += 1000;
    for (const queryString of [
      'shadow.hasDelta:true',
      'shadow.reported.stats.battery:{70 TO 100}',
      'shadow.reported.values:2',
      'shadow.desired.place:york',
      'shadow.delta.place:*  NOT shadow.desired.stats.battery:*',
      'shadow.name.config.reported.mode:ECO',
      '"new york"',
    ]) {
      const { things } = await boto.ok('iot.search_index', { queryString });
      expect(things, queryString).toHaveLength(1);
      const { desired, hasDelta, version, name } = JSON.parse(things[0].shadow);
      expect({ desired, hasDelta, version }).toEqual({
        desired: { place: 'New York' },
        hasDelta: true,
        version: 1,
      });
      expect(name.config).toMatchObject({ reported: { mode: 'eco' }, hasDelta: false });
    }
    const battery = { queryString: '*', aggregationField: 'shadow.reported.stats.battery' };
    expect((await boto.ok('iot.get_statistics', battery))['statistics']).toMatchObject({
      count: 1,
      maximum: 78.5,
    });
    clock = NOW * 1000;
  },
);

it('answers the AWS SDK for JavaScript, and a plain request with the document itself', async () => {
  const { data } = clientsFor(sandbox.api);
  const payload = Buffer.from('{"state":{"desired":{"é":1}}}');
  await data.send(new UpdateThingShadowCommand({ thingName, payload }));
  const { payload: document } = await data.send(new GetThingShadowCommand({ thingName }));
  expect(JSON.parse(Buffer.from(document ?? []).toString())).toMatchObject({ state: { desired: { é: 1 } } });
  const answer = await send(sandbox.apiPort, { target: `/things/${thingName}/shadow` });
  expect(answer).toContain('"No shadow exists');
  expect(answer).toContain('"traceId"');
});
