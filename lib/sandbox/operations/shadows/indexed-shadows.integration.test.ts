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
  'While shadows are indexed, things are found by what they desire, report and differ in, and named shadows by their names',
  { known: 'documented', source: 'guide, "Example thing queries"' },
  async () => {
    await bench.boto.ok('iot.create_thing', { thingName: bench.thingName });
    await bench.update({
      state: { desired: { place: 'New York' }, reported: { values: [1, 2, 3], stats: { battery: 78.5 } } },
    });
    await bench.update({ state: { reported: { mode: 'eco' } } }, 'config');
    await bench.boto.ok('iot.update_indexing_configuration', {
      thingIndexingConfiguration: {
        thingIndexingMode: 'REGISTRY_AND_SHADOW',
        namedShadowIndexingMode: 'ON',
        filter: { namedShadowNames: ['config'] },
        customFields: [{ name: 'shadow.reported.stats.battery', type: 'Number' }],
      },
    });
    bench.clock.nowMs += 1000;
    for (const queryString of [
      'shadow.hasDelta:true',
      'shadow.reported.stats.battery:{70 TO 100}',
      'shadow.reported.values:2',
      'shadow.desired.place:york',
      'shadow.delta.place:*  NOT shadow.desired.stats.battery:*',
      'shadow.name.config.reported.mode:ECO',
      '"new york"',
    ]) {
      const { things } = await bench.boto.ok('iot.search_index', { queryString });
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
    expect((await bench.boto.ok('iot.get_statistics', battery))['statistics']).toMatchObject({
      count: 1,
      maximum: 78.5,
    });
    bench.clock.nowMs = NOW * 1000;
  },
);
