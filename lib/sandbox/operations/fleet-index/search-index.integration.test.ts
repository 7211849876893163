import {
  DescribeIndexCommand,
  SearchIndexCommand,
  UpdateIndexingConfigurationCommand,
} from '@aws-sdk/client-iot';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { FleetBench, REGISTRY } from './testing/fleet-bench';

let bench: FleetBench;
beforeAll(async () => {
  bench = await FleetBench.open();
});
afterAll(() => bench[Symbol.asyncDispose]());

behaviour(
  'SearchIndex finds things by name, type, group (groups above count) and attribute, values without and field names with regard to case',
  { known: 'documented', source: 'guide, "Example thing queries"' },
  async () => {
    await bench.configure(REGISTRY);
    expect(await bench.search('thingName:pump*')).toEqual(['pump-1', 'pump-2']);
    expect(await bench.search('thingName:valve-?')).toEqual(['Valve-1']);
    expect(await bench.search('thingname:valve-1')).toEqual([]);
    expect(await bench.search('thingTypeName:PUMP')).toEqual(['pump-1']);
    expect(await bench.search('thingGroupNames:hall')).toEqual(['pump-2']);
    expect(await bench.search('thingGroupNames:plant')).toEqual(['pump-2']);
    expect(await bench.search('attributes.load:[75 TO 80]')).toEqual(['pump-1', 'pump-2']);
    expect(await bench.search('attributes.load:{75 TO 80]')).toEqual(['pump-2']);
    expect(await bench.search('attributes.load<10 OR attributes.country:usa')).toEqual(['pump-1', 'Valve-1']);
    expect(await bench.search('NOT attributes.model:legacy')).toEqual(['pump-1', 'pump-2']);
    expect(await bench.search('thingName:(pump* AND -pump-2)')).toEqual(['pump-1']);
    expect(await bench.search('usa')).toEqual(['pump-1']);
  },
);

behaviour(
  'A document of SearchIndex has the name, id, type, groups and attributes of the thing',
  { known: 'documented', source: 'service model, ThingDocument' },
  async () => {
    await bench.configure(REGISTRY);
    const { things } = await bench.boto.ok('iot.search_index', { queryString: 'thingName:pump-2' });
    const { thingId } = await bench.boto.ok('iot.describe_thing', { thingName: 'pump-2' });
    expect(things).toEqual([
      {
        thingName: 'pump-2',
        thingId,
        thingGroupNames: ['hall', 'plant'],
        attributes: { model: '1.3', load: '80' },
      },
    ]);
  },
);

behaviour(
  'Registry and shadow versions cannot be searched',
  { known: 'documented', source: 'guide, "Query syntax"' },
  async () => {
    await bench.configure(REGISTRY);
    expect(await bench.search('registry.version:*')).toEqual([]);
  },
);

behaviour('A field that is not indexed matches nothing', { known: 'assumed', source: '' }, async () => {
  await bench.configure(REGISTRY);
  expect(await bench.search('attribute.model:1.2')).toEqual([]);
  const explained = bench.sandbox.state.explanations.after(0).at(-1);
  expect(explained).toMatchObject({ code: 'index-field-unknown', params: { field: 'attribute.model' } });
});

behaviour(
  'A query that cannot be read is InvalidQueryException 400',
  { known: 'documented', source: 'service model, SearchIndex' },
  async () => {
    await bench.configure(REGISTRY);
    const refused = await bench.boto.refusal('iot.search_index', { queryString: 'thingName:(a' });
    expect(refused).toMatchObject({ name: 'InvalidQueryException', status: 400 });
    expect(refused.message).toContain('at character 13');
  },
);

behaviour(
  'SearchIndex pages by nextToken in its body, at most 100 a page',
  { known: 'documented', source: 'service model, SearchIndexRequest' },
  async () => {
    await bench.configure(REGISTRY);
    const first = await bench.boto.ok('iot.search_index', { queryString: '*', maxResults: 2 });
    expect(first['things']).toHaveLength(2);
    const rest = { queryString: '*', nextToken: first['nextToken'] };
    const second = await bench.boto.ok('iot.search_index', rest);
    expect(second['things'].map((thing: { thingName: string }) => thing.thingName)).toEqual(['Valve-1']);
    expect(second['nextToken']).toBeUndefined();
    const other = { ...rest, queryString: 'thingName:*' };
    expect(await bench.boto.refusal('iot.search_index', other)).toMatchObject({
      name: 'InvalidRequestException',
    });
    const large = { queryString: '*', maxResults: 101 };
    expect(await bench.boto.refusal('iot.search_index', large)).toMatchObject({
      name: 'InvalidRequestException',
    });
  },
);

behaviour(
  'Thing groups have an index of their own, AWS_ThingGroups',
  { known: 'documented', source: 'guide, "Managing thing group indexing"' },
  async () => {
    await bench.boto.ok('iot.update_indexing_configuration', {
      thingGroupIndexingConfiguration: { thingGroupIndexingMode: 'ON' },
    });
    bench.letIndexBuild();
    const indexName = 'AWS_ThingGroups';
    expect(await bench.boto.ok('iot.describe_index', { indexName })).toMatchObject({
      schema: 'THING_GROUPS',
    });
    const { thingGroups } = await bench.boto.ok('iot.search_index', {
      indexName,
      queryString: 'parentGroupNames:plant',
    });
    expect(thingGroups).toMatchObject([{ thingGroupName: 'hall', parentGroupNames: ['plant'] }]);
  },
);

it('answers the AWS SDK for JavaScript in a Region of its own', async () => {
  const { iot } = clientsFor(bench.sandbox.api, 'eu-west-1');
  await iot.send(
    new UpdateIndexingConfigurationCommand({ thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY' } }),
  );
  bench.letIndexBuild();
  expect(await iot.send(new DescribeIndexCommand({ indexName: 'AWS_Things' }))).toMatchObject({
    indexStatus: 'ACTIVE',
  });
  expect(await iot.send(new SearchIndexCommand({ queryString: '*' }))).toMatchObject({ things: [] });
});
