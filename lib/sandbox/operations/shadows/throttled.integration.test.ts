/** Shadows under AWS's default rates, with a clock that stands still. */
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { NOW, ShadowBench } from './testing/shadow-bench';

let bench: ShadowBench;
beforeAll(async () => {
  bench = await ShadowBench.open({ throttled: true });
});
beforeEach(() => bench.begin());
afterAll(() => bench[Symbol.asyncDispose]());

behaviour(
  'With SANDBOX_THROTTLE=aws a thing has 20 requests to its shadows a second, all its shadows and both protocols together: what is above is ThrottlingException 429 by REST',
  { known: 'documented', source: 'AWS IoT Core quotas, "Requests per second per thing"' },
  async () => {
    await bench.request('/get');
    await bench.update({ state: { reported: { a: 1 } } }, 'named');
    for (let count = 2; count < 20; count += 1) await bench.get('named');
    const { thingName } = bench;
    const tooMany = { name: 'ThrottlingException', status: 429, message: 'Rate exceeded' };
    expect(await bench.boto.refusal('iot-data.get_thing_shadow', { thingName })).toEqual(tooMany);
    expect(await bench.updateRefusal({ state: { reported: { a: 2 } } })).toEqual(tooMany);
    expect(await bench.boto.refusal('iot-data.delete_thing_shadow', { thingName })).toEqual(tooMany);
    expect(await bench.boto.refusal('iot-data.list_named_shadows_for_thing', { thingName })).toEqual(tooMany);
    bench.begin();
    await bench.update({ state: { reported: { a: 1 } } });
  },
);

behaviour(
  'With SANDBOX_THROTTLE=aws a device’s request above 20 a second is rejected with code 429 and TOO_MANY_REQUESTS, and changes nothing',
  { known: 'measured', source: 'aws/aws-iot-device-sdk-python-v2 #307' },
  async () => {
    await bench.update({ state: { reported: { a: 1 } } });
    for (let count = 1; count < 20; count += 1) await bench.get();
    bench.heard = [];
    await bench.request('/update', '{"state":{"reported":{"a":2}},"clientToken":"t"}');
    expect(bench.heard).toEqual([
      {
        topic: '/update/rejected',
        document: { code: 429, message: 'TOO_MANY_REQUESTS', timestamp: NOW, clientToken: 't' },
      },
    ]);
    bench.clock.nowMs += 50;
    expect((await bench.get()).state).toEqual({ reported: { a: 1 } });
  },
);
