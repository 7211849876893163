import { afterAll, beforeAll, expect, it } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { FleetBench, REGISTRY } from './testing/fleet-bench';

let bench: FleetBench;
beforeAll(async () => {
  bench = await FleetBench.open();
});
afterAll(() => bench[Symbol.asyncDispose]());

behaviour(
  'SearchIndex, DescribeIndex and the aggregations answer ResourceNotFoundException 404 while indexing is off, which it is at first',
  { known: 'measured', source: 'csuermann/node-red-contrib-virtual-smart-home #16' },
  async () => {
    await bench.boto.ok('iot.update_indexing_configuration', {
      thingIndexingConfiguration: { thingIndexingMode: 'OFF' },
    });
    const { thingIndexingConfiguration, thingGroupIndexingConfiguration } = await bench.boto.ok(
      'iot.get_indexing_configuration',
    );
    expect(thingIndexingConfiguration).toMatchObject({
      thingIndexingMode: 'OFF',
      thingConnectivityIndexingMode: 'OFF',
    });
    expect(thingGroupIndexingConfiguration).toEqual({ thingGroupIndexingMode: 'OFF' });
    const missing = {
      name: 'ResourceNotFoundException',
      status: 404,
      message: 'Index AWS_Things does not exist. Please enable index by calling UpdateIndexingConfiguration',
    };
    expect(await bench.boto.refusal('iot.search_index', { queryString: '*' })).toEqual(missing);
    expect(await bench.boto.refusal('iot.describe_index', { indexName: 'AWS_Things' })).toEqual(missing);
    expect(await bench.boto.refusal('iot.get_statistics', { queryString: '*' })).toEqual(missing);
    expect(await bench.boto.ok('iot.list_indices')).toMatchObject({ indexNames: [] });
  },
);

behaviour(
  'An index that is switched on is BUILDING, in which a search is IndexNotReadyException 400, and then ACTIVE',
  { known: 'documented', source: 'guide, "Managing thing indexing"' },
  async () => {
    await bench.boto.ok('iot.update_indexing_configuration', { thingIndexingConfiguration: REGISTRY });
    expect(await bench.boto.ok('iot.describe_index', { indexName: 'AWS_Things' })).toEqual({
      indexName: 'AWS_Things',
      indexStatus: 'BUILDING',
      schema: 'REGISTRY',
    });
    expect(await bench.boto.refusal('iot.search_index', { queryString: '*' })).toMatchObject({
      name: 'IndexNotReadyException',
      status: 400,
    });
    bench.letIndexBuild();
    expect(await bench.boto.ok('iot.describe_index', { indexName: 'AWS_Things' })).toMatchObject({
      indexStatus: 'ACTIVE',
    });
    expect(await bench.boto.ok('iot.list_indices')).toMatchObject({ indexNames: ['AWS_Things'] });
    expect(await bench.search('*')).toEqual(['pump-1', 'pump-2', 'Valve-1']);
  },
);

behaviour(
  'Changing what is indexed makes the index REBUILDING; what was indexed before can be searched meanwhile, what is new cannot',
  { known: 'documented', source: 'guide, "Managing thing indexing"' },
  async () => {
    await bench.configure(REGISTRY);
    await bench.boto.ok('iot.update_indexing_configuration', {
      thingIndexingConfiguration: { ...REGISTRY, thingConnectivityIndexingMode: 'STATUS' },
    });
    expect(await bench.boto.ok('iot.describe_index', { indexName: 'AWS_Things' })).toMatchObject({
      indexStatus: 'REBUILDING',
      schema: 'REGISTRY_AND_CONNECTIVITY_STATUS',
    });
    expect(await bench.search('thingName:pump-1')).toEqual(['pump-1']);
    expect(await bench.search('connectivity.connected:*')).toEqual([]);
    bench.letIndexBuild();
    expect(await bench.search('connectivity.connected:*')).toHaveLength(3);
    expect(await bench.boto.ok('iot.describe_index', { indexName: 'AWS_Things' })).toMatchObject({
      indexStatus: 'ACTIVE',
    });
  },
);

behaviour(
  'Each UpdateIndexingConfiguration replaces all custom fields, and a mode that is not given is off',
  { known: 'documented', source: 'guide, "Managing thing indexing"' },
  async () => {
    const load = { name: 'attributes.load', type: 'Number' };
    await bench.configure({ ...REGISTRY, thingConnectivityIndexingMode: 'STATUS', customFields: [load] });
    const first = await bench.boto.ok('iot.get_indexing_configuration');
    expect(first['thingIndexingConfiguration']).toMatchObject({
      customFields: [load],
      thingConnectivityIndexingMode: 'STATUS',
    });
    expect(first['thingIndexingConfiguration'].managedFields).toContainEqual({
      name: 'connectivity.connected',
      type: 'Boolean',
    });
    await bench.configure(REGISTRY);
    const second = await bench.boto.ok('iot.get_indexing_configuration');
    expect(second['thingIndexingConfiguration']).toMatchObject({
      customFields: [],
      thingConnectivityIndexingMode: 'OFF',
    });
  },
);

behaviour(
  'UpdateIndexingConfiguration refuses custom fields that the mode does not index, managed fields as custom ones, and connectivity without an index',
  { known: 'documented', source: 'guide, "Managing thing indexing"' },
  async () => {
    const shadowField = { name: 'shadow.desired.power', type: 'Boolean' };
    for (const thingIndexingConfiguration of [
      { ...REGISTRY, customFields: [shadowField] },
      {
        thingIndexingMode: 'REGISTRY_AND_SHADOW',
        customFields: [{ name: 'shadow.hasDelta', type: 'Boolean' }],
      },
      { thingIndexingMode: 'OFF', thingConnectivityIndexingMode: 'STATUS' },
      { ...REGISTRY, managedFields: [{ name: 'thingName', type: 'Number' }] },
    ]) {
      const refused = await bench.boto.refusal('iot.update_indexing_configuration', {
        thingIndexingConfiguration,
      });
      expect(refused).toMatchObject({ name: 'InvalidRequestException', status: 400 });
    }
    await bench.configure({ thingIndexingMode: 'REGISTRY_AND_SHADOW', customFields: [shadowField] });
  },
);

behaviour(
  'Named shadows are indexed only by name: without names UpdateIndexingConfiguration is InvalidRequestException 400',
  { known: 'measured', source: 'hashicorp/terraform-provider-aws #27532' },
  async () => {
    const thingIndexingConfiguration = { ...REGISTRY, namedShadowIndexingMode: 'ON' };
    expect(
      await bench.boto.refusal('iot.update_indexing_configuration', { thingIndexingConfiguration }),
    ).toEqual({
      name: 'InvalidRequestException',
      status: 400,
      message: 'NamedShadowNames Filter must not be empty for enabling NamedShadowIndexingMode',
    });
  },
);

behaviour(
  'An index has at most 10 named shadows',
  { known: 'documented', source: 'guide, "Managing thing indexing"' },
  async () => {
    const shadows = (count: number) => ({
      ...{ ...REGISTRY, namedShadowIndexingMode: 'ON' },
      filter: { namedShadowNames: Array.from({ length: count }, (_, index) => `s${index}`) },
    });
    await bench.configure(shadows(10));
    const thingIndexingConfiguration = shadows(11);
    expect(
      await bench.boto.refusal('iot.update_indexing_configuration', { thingIndexingConfiguration }),
    ).toMatchObject({ name: 'InvalidRequestException', status: 400 });
  },
);

behaviour(
  'An index has at most 5 custom fields',
  { known: 'measured', source: 'aws/aws-iot-device-sdk-js #406' },
  async () => {
    const fields = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ name: `attributes.a${index}`, type: 'String' }));
    await bench.configure({ ...REGISTRY, customFields: fields(5) });
    const thingIndexingConfiguration = { ...REGISTRY, customFields: fields(6) };
    expect(
      await bench.boto.refusal('iot.update_indexing_configuration', { thingIndexingConfiguration }),
    ).toMatchObject({ name: 'InvalidRequestException', status: 400 });
  },
);

it('refuses in a sentence what the sandbox does not index', async () => {
  for (const [more, sentence] of [
    [{ deviceDefenderIndexingMode: 'VIOLATIONS' }, /not supported by the sandbox/],
    [
      { filter: { geoLocations: [{ name: 'shadow.reported.at', order: 'LatLon' }] } },
      /not supported by the sandbox/,
    ],
  ] as const) {
    const refused = await bench.boto.refusal('iot.update_indexing_configuration', {
      thingIndexingConfiguration: { ...REGISTRY, ...more },
    });
    expect(refused.message).toMatch(sentence);
  }
});
