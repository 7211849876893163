import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { NOW, ShadowBench } from './testing/shadow-bench';

let bench: ShadowBench;
beforeAll(async () => {
  bench = await ShadowBench.open();
});
beforeEach(() => bench.begin());
afterAll(() => bench[Symbol.asyncDispose]());

behaviour(
  'A device gets a shadow by MQTT, its client token with it',
  { known: 'documented', source: 'guide, "Device Shadow MQTT topics"' },
  async () => {
    await bench.request('/get', '{"clientToken":"t"}');
    expect(bench.heard).toEqual([
      {
        topic: '/get/rejected',
        document: {
          code: 404,
          message: `No shadow exists with name: '${bench.thingName}'`,
          timestamp: NOW,
          clientToken: 't',
        },
      },
    ]);
    await bench.update({ state: { reported: { a: 1 } } });
    bench.heard = [];
    await bench.request('/get');
    expect(bench.heard).toEqual([{ topic: '/get/accepted', document: await bench.get() }]);
  },
);

behaviour(
  'An update by MQTT is answered on accepted, and publishes the delta, while there is one, and the documents before and after',
  { known: 'documented', source: 'guide, "Device Shadow MQTT topics"' },
  async () => {
    await bench.request('/update', '{"state":{"desired":{"led":"on","fan":1}}}');
    bench.clock.nowMs += 1000;
    bench.heard = [];
    await bench.request('/update', '{"state":{"reported":{"fan":1}},"clientToken":"t"}');
    bench.clock.nowMs = NOW * 1000;
    const stamp = { timestamp: NOW + 1, clientToken: 't' };
    const before = { led: { timestamp: NOW }, fan: { timestamp: NOW } };
    expect(bench.heard).toEqual([
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
    bench.heard = [];
    await bench.request('/update', '{"state":{"reported":{"led":"on"}}}');
    expect(bench.heardTopics).toEqual(['/update/accepted', '/update/documents']);
  },
);

behaviour(
  'A wrong update by MQTT is rejected with its code and text, and changes nothing',
  { known: 'documented', source: 'guide, "Device Shadow service documents"' },
  async () => {
    await bench.request('/update', '{"state":{"desired":7},"clientToken":"t"}');
    expect(bench.heard).toEqual([
      {
        topic: '/update/rejected',
        document: { code: 400, message: 'Desired node must be an object', timestamp: NOW, clientToken: 't' },
      },
    ]);
    expect(bench.sandbox.state.explanations.after(0).at(-1)).toMatchObject({ code: 'shadow-rejected' });
    bench.heard = [];
    await bench.request('/update', new Uint8Array([0xff]));
    expect(bench.heard).toMatchObject([{ document: { code: 415 } }]);
    expect(
      await bench.boto.refusal('iot-data.get_thing_shadow', { thingName: bench.thingName }),
    ).toMatchObject({ status: 404 });
  },
);

behaviour(
  'A named shadow has topics of its own, delete too',
  { known: 'documented', source: 'guide, "Device Shadow MQTT topics"' },
  async () => {
    await bench.request('/name/config/update', '{"state":{"desired":{"a":1}}}');
    expect(bench.heardTopics).toEqual([
      '/name/config/update/accepted',
      '/name/config/update/delta',
      '/name/config/update/documents',
    ]);
    expect((await bench.get('config')).state).toEqual({ desired: { a: 1 }, delta: { a: 1 } });
    await bench.request('/name/config/delete');
    expect(bench.heard.at(-1)).toEqual({
      topic: '/name/config/delete/accepted',
      document: { version: 1, timestamp: NOW },
    });
  },
);

behaviour(
  'An update by REST is published to devices like one by MQTT; one that is refused is not',
  { known: 'documented', source: 'guide, "Device Shadow error messages"' },
  async () => {
    await bench.update({ state: { desired: { a: 1 } } });
    await bench.updateRefusal({});
    await expect
      .poll(() => bench.heardTopics)
      .toEqual(['/update/accepted', '/update/delta', '/update/documents']);
  },
);
