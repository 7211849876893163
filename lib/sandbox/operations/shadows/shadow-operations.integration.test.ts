import { GetThingShadowCommand, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { send } from '@/lib/sandbox/testing/raw-http';
import { NOW, read, ShadowBench } from './testing/shadow-bench';

let bench: ShadowBench;
beforeAll(async () => {
  bench = await ShadowBench.open();
});
beforeEach(() => bench.begin());
afterAll(() => bench[Symbol.asyncDispose]());

behaviour(
  'A shadow is made by its first update, whose answer holds what the request named, with times in epoch seconds and version 1',
  { known: 'documented', source: 'guide, "Device Shadow service documents"' },
  async () => {
    const state = { desired: { led: 'on' }, reported: { led: 'off' } };
    const answer = await bench.update({ state, clientToken: 'me' });
    const metadata = { desired: { led: { timestamp: NOW } }, reported: { led: { timestamp: NOW } } };
    expect(answer).toEqual({ state, metadata, version: 1, timestamp: NOW, clientToken: 'me' });
    expect(await bench.get()).toEqual({
      state: { ...state, delta: { led: 'on' } },
      metadata,
      version: 1,
      timestamp: NOW,
    });
    expect(await bench.update({ state: { reported: { led: 'on' } } })).toEqual({
      state: { reported: { led: 'on' } },
      metadata: { reported: { led: { timestamp: NOW } } },
      version: 2,
      timestamp: NOW,
    });
    expect((await bench.get()).state).toEqual({ desired: { led: 'on' }, reported: { led: 'on' } });
  },
);

behaviour(
  'A shadow that is not there is ResourceNotFoundException 404 for GetThingShadow and DeleteThingShadow, and needs no registered thing',
  { known: 'measured', source: 'aws/amazon-freertos #3334; aws/aws-sdk-js-v3 #2133' },
  async () => {
    const missing = {
      name: 'ResourceNotFoundException',
      status: 404,
      message: `No shadow exists with name: '${bench.thingName}'`,
    };
    expect(await bench.boto.refusal('iot-data.get_thing_shadow', { thingName: bench.thingName })).toEqual(
      missing,
    );
    expect(await bench.boto.refusal('iot-data.delete_thing_shadow', { thingName: bench.thingName })).toEqual(
      missing,
    );
    expect((await bench.update({ state: { desired: { a: 1 } } })).version).toBe(1);
  },
);

behaviour(
  'An update for another version than the latest is ConflictException 409 with the text Version conflict',
  { known: 'documented', source: 'guide, "Device Shadow error messages"' },
  async () => {
    await bench.update({ state: { desired: { a: 1 } } });
    await bench.update({ state: { desired: { a: 2 } }, version: 1 });
    const late = { state: { desired: { a: 3 } }, version: 1 };
    expect(await bench.updateRefusal(late)).toEqual({
      name: 'ConflictException',
      status: 409,
      message: 'Version conflict',
    });
    expect((await bench.get()).state.desired).toEqual({ a: 2 });
  },
);

behaviour(
  'A wrong update is InvalidRequestException 400, one that makes the state exceed 8 KB RequestEntityTooLargeException 413',
  { known: 'documented', source: 'guide, "Device Shadow error messages"' },
  async () => {
    expect(await bench.updateRefusal('{')).toMatchObject({ name: 'InvalidRequestException', status: 400 });
    expect(await bench.updateRefusal({})).toMatchObject({ message: 'Missing required node: state' });
    const tooLarge = {
      name: 'RequestEntityTooLargeException',
      status: 413,
      message: 'The payload exceeds the maximum size allowed',
    };
    await bench.update({ state: { desired: { a: 'x'.repeat(5000) } } });
    expect(await bench.updateRefusal({ state: { reported: { a: 'x'.repeat(5000) } } })).toEqual(tooLarge);
    expect((await bench.get()).version).toBe(1);
    const most = 8192 - JSON.stringify({ desired: { a: '' } }).length;
    expect(await bench.updateRefusal({ state: { desired: { a: 'x'.repeat(most + 1) } } })).toEqual(tooLarge);
    await bench.update({ state: { desired: { a: 'x'.repeat(most) } } });
  },
);

behaviour(
  'Bytes that are not UTF-8 are UnsupportedDocumentEncodingException 415',
  { known: 'documented', source: 'guide, "Device Shadow error messages"' },
  async () => {
    const payload = { base64: Buffer.from([0x7b, 0xff, 0x7d]).toString('base64') };
    expect(
      await bench.boto.refusal('iot-data.update_thing_shadow', { thingName: bench.thingName, payload }),
    ).toMatchObject({
      name: 'UnsupportedDocumentEncodingException',
      status: 415,
    });
  },
);

behaviour(
  'Deleting a shadow answers its version, which the next shadow of the name goes on from',
  { known: 'documented', source: 'guide, "Device Shadow MQTT topics"' },
  async () => {
    await bench.update({ state: { desired: { a: 1 } } });
    await bench.update({ state: { desired: { a: 2 } } });
    const { payload } = await bench.boto.ok('iot-data.delete_thing_shadow', { thingName: bench.thingName });
    expect(read({ payload })).toEqual({ version: 2, timestamp: NOW });
    expect(await bench.update({ state: { desired: { b: 1 } } })).toMatchObject({ version: 3 });
    expect((await bench.get()).state.desired).toEqual({ b: 1 });
  },
);

behaviour(
  'Named shadows live beside the classic one; ListNamedShadowsForThing names them, page by page',
  { known: 'documented', source: 'API reference, ListNamedShadowsForThing' },
  async () => {
    await bench.update({ state: { desired: { a: 1 } } });
    for (const name of ['c', 'a', 'b']) await bench.update({ state: { reported: { name } } }, name);
    expect((await bench.get('b')).state).toEqual({ reported: { name: 'b' } });
    expect((await bench.get()).state.desired).toEqual({ a: 1 });
    await bench.boto.ok('iot-data.delete_thing_shadow', { thingName: bench.thingName, shadowName: 'c' });
    const list = (more: object) =>
      bench.boto.ok('iot-data.list_named_shadows_for_thing', { thingName: bench.thingName, ...more });
    const first = await list({ pageSize: 1 });
    expect(first).toEqual({ results: ['a'], nextToken: expect.any(String), timestamp: NOW });
    expect(await list({ nextToken: first['nextToken'] })).toEqual({ results: ['b'], timestamp: NOW });
    expect(
      await bench.boto.refusal('iot-data.get_thing_shadow', { thingName: bench.thingName, shadowName: 'c' }),
    ).toMatchObject({
      message: `No shadow exists with name: '${bench.thingName}~c'`,
    });
    const wrong = { thingName: bench.thingName, shadowName: 'a/b' };
    expect(await bench.boto.refusal('iot-data.get_thing_shadow', wrong)).toMatchObject({ status: 400 });
  },
);

it('answers the AWS SDK for JavaScript, and a plain request with the document itself', async () => {
  const { data } = clientsFor(bench.sandbox.api);
  const payload = Buffer.from('{"state":{"desired":{"é":1}}}');
  await data.send(new UpdateThingShadowCommand({ thingName: bench.thingName, payload }));
  const { payload: document } = await data.send(new GetThingShadowCommand({ thingName: bench.thingName }));
  expect(JSON.parse(Buffer.from(document ?? []).toString())).toMatchObject({ state: { desired: { é: 1 } } });
  const answer = await send(bench.sandbox.apiPort, { target: `/things/${bench.thingName}/shadow` });
  expect(answer).toContain('"No shadow exists');
  expect(answer).toContain('"traceId"');
});
