import {
  DescribeIndexCommand,
  SearchIndexCommand,
  UpdateIndexingConfigurationCommand,
} from '@aws-sdk/client-iot';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import { clientsFor } from '@/lib/sandbox/testing/clients';

let sandbox: Sandbox;
let boto: Boto;
let clock = Date.UTC(2026, 0, 1);
/** Longer than an index takes to build. */
const BUILT_MS = 1000;

beforeAll(async () => {
  sandbox = await startSandbox({ now: () => new Date(clock) });
  boto = new Boto(sandbox.api);
  await boto.ok('iot.create_thing_type', { thingTypeName: 'pump' });
  const things: [string, Record<string, string>, string?][] = [
    ['pump-1', { model: '1.2', country: 'usa', load: '75' }, 'pump'],
    ['pump-2', { model: '1.3', load: '80' }],
    ['Valve-1', { model: 'legacy', load: '9' }],
  ];
  for (const [thingName, attributes, thingTypeName] of things) {
    await boto.ok('iot.create_thing', { thingName, attributePayload: { attributes }, thingTypeName });
  }
  await boto.ok('iot.create_thing_group', { thingGroupName: 'plant' });
  await boto.ok('iot.create_thing_group', { thingGroupName: 'hall', parentGroupName: 'plant' });
  await boto.ok('iot.add_thing_to_thing_group', { thingGroupName: 'hall', thingName: 'pump-2' });
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await sandbox.close();
});

const configure = async (thingIndexingConfiguration: object) => {
  await boto.ok('iot.update_indexing_configuration', { thingIndexingConfiguration });
  clock += BUILT_MS;
};
const REGISTRY = { thingIndexingMode: 'REGISTRY' };
const search = async (queryString: string) => {
  const { things } = await boto.ok('iot.search_index', { queryString });
  return things.map((thing: { thingName: string }) => thing.thingName);
};

behaviour(
  'SearchIndex, DescribeIndex and the aggregations answer ResourceNotFoundException 404 while indexing is off, which it is at first',
  { known: 'measured', source: 'csuermann/node-red-contrib-virtual-smart-home#16' },
  async () => {
    await boto.ok('iot.update_indexing_configuration', {
      thingIndexingConfiguration: { thingIndexingMode: 'OFF' },
    });
    const { thingIndexingConfiguration, thingGroupIndexingConfiguration } = await boto.ok(
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
    expect(await boto.refusal('iot.search_index', { queryString: '*' })).toEqual(missing);
    expect(await boto.refusal('iot.describe_index', { indexName: 'AWS_Things' })).toEqual(missing);
    expect(await boto.refusal('iot.get_statistics', { queryString: '*' })).toEqual(missing);
    expect(await boto.ok('iot.list_indices')).toMatchObject({ indexNames: [] });
  },
);

behaviour(
  'An index that is switched on is BUILDING, in which a search is IndexNotReadyException 400, and then ACTIVE',
  { known: 'documented', source: 'guide, "Managing thing indexing"' },
  async () => {
    await boto.ok('iot.update_indexing_configuration', { thingIndexingConfiguration: REGISTRY });
    expect(await boto.ok('iot.describe_index', { indexName: 'AWS_Things' })).toEqual({
      indexName: 'AWS_Things',
      indexStatus: 'BUILDING',
      schema: 'REGISTRY',
    });
    expect(await boto.refusal('iot.search_index', { queryString: '*' })).toMatchObject({
      name: 'IndexNotReadyException',
      status: 400,
    });
    clock += BUILT_MS;
    expect(await boto.ok('iot.describe_index', { indexName: 'AWS_Things' })).toMatchObject({
      indexStatus: 'ACTIVE',
    });
    expect(await boto.ok('iot.list_indices')).toMatchObject({ indexNames: ['AWS_Things'] });
    expect(await search('*')).toEqual(['pump-1', 'pump-2', 'Valve-1']);
  },
);

behaviour(
  'Changing what is indexed makes the index REBUILDING; what was indexed before can be searched meanwhile, what is new cannot',
  { known: 'documented', source: 'guide, "Managing thing indexing"' },
  async () => {
    await configure(REGISTRY);
    await boto.ok('iot.update_indexing_configuration', {
      thingIndexingConfiguration: { ...REGISTRY, thingConnectivityIndexingMode: 'STATUS' },
    });
    expect(await boto.ok('iot.describe_index', { indexName: 'AWS_Things' })).toMatchObject({
      indexStatus: 'REBUILDING',
      schema: 'REGISTRY_AND_CONNECTIVITY_STATUS',
    });
    expect(await search('thingName:pump-1')).toEqual(['pump-1']);
    expect(await search('connectivity.connected:*')).toEqual([]);
    clock += BUILT_MS;
    expect(await search('connectivity.connected:*')).toHaveLength(3);
    expect(await boto.ok('iot.describe_index', { indexName: 'AWS_Things' })).toMatchObject({
      indexStatus: 'ACTIVE',
    });
  },
);

behaviour(
  'Each UpdateIndexingConfiguration replaces all custom fields, and a mode that is not given is off',
  { known: 'documented', source: 'guide, "Managing thing indexing"' },
  async () => {
    const load = { name: 'attributes.load', type: 'Number' };
    await configure({ ...REGISTRY, thingConnectivityIndexingMode: 'STATUS', customFields: [load] });
    const first = await boto.ok('iot.get_indexing_configuration');
    expect(first['thingIndexingConfiguration']).toMatchObject({
      customFields: [load],
      thingConnectivityIndexingMode: 'STATUS',
    });
    expect(first['thingIndexingConfiguration'].managedFields).toContainEqual({
      name: 'connectivity.connected',
      type: 'Boolean',
    });
    await configure(REGISTRY);
    const second = await boto.ok('iot.get_indexing_configuration');
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
      const refused = await boto.refusal('iot.update_indexing_configuration', { thingIndexingConfiguration });
      expect(refused).toMatchObject({ name: 'InvalidRequestException', status: 400 });
    }
    await configure({ thingIndexingMode: 'REGISTRY_AND_SHADOW', customFields: [shadowField] });
  },
);

behaviour(
  'Named shadows are indexed only by name: without names UpdateIndexingConfiguration is InvalidRequestException 400',
  { known: 'measured', source: 'hashicorp/terraform-provider-aws#27532' },
  async () => {
    const thingIndexingConfiguration = { ...REGISTRY, namedShadowIndexingMode: 'ON' };
    expect(await boto.refusal('iot.update_indexing_configuration', { thingIndexingConfiguration })).toEqual({
      name: 'InvalidRequestException',
      status: 400,
      message: 'NamedShadowNames Filter must not be empty for enabling NamedShadowIndexingMode',
    });
  },
);

behaviour(
  'An index has at most 5 custom fields',
  { known: 'measured', source: 'aws/aws-iot-device-sdk-js#406' },
  async () => {
    const fields = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ name: `attributes.a${index}`, type: 'String' }));
    await configure({ ...REGISTRY, customFields: fields(5) });
    const thingIndexingConfiguration = { ...REGISTRY, customFields: fields(6) };
    expect(
      await boto.refusal('iot.update_indexing_configuration', { thingIndexingConfiguration }),
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
    const refused = await boto.refusal('iot.update_indexing_configuration', {
      thingIndexingConfiguration: { ...REGISTRY, ...more },
    });
    expect(refused.message).toMatch(sentence);
  }
});

behaviour(
  'SearchIndex finds things by name, type, group (groups above count) and attribute, values without and field names with regard to case',
  { known: 'documented', source: 'guide, "Example thing queries"' },
  async () => {
    await configure(REGISTRY);
    expect(await search('thingName:pump*')).toEqual(['pump-1', 'pump-2']);
    expect(await search('thingName:valve-?')).toEqual(['Valve-1']);
    expect(await search('thingname:valve-1')).toEqual([]);
    expect(await search('thingTypeName:PUMP')).toEqual(['pump-1']);
    expect(await search('thingGroupNames:hall')).toEqual(['pump-2']);
    expect(await search('thingGroupNames:plant')).toEqual(['pump-2']);
    expect(await search('attributes.load:[75 TO 80]')).toEqual(['pump-1', 'pump-2']);
    expect(await search('attributes.load:{75 TO 80]')).toEqual(['pump-2']);
    expect(await search('attributes.load<10 OR attributes.country:usa')).toEqual(['pump-1', 'Valve-1']);
    expect(await search('NOT attributes.model:legacy')).toEqual(['pump-1', 'pump-2']);
    expect(await search('thingName:(pump* AND -pump-2)')).toEqual(['pump-1']);
    expect(await search('usa')).toEqual(['pump-1']);
  },
);

behaviour(
  'A document of SearchIndex has the name, id, type, groups and attributes of the thing',
  { known: 'documented', source: 'service model, ThingDocument' },
  async () => {
    await configure(REGISTRY);
    const { things } = await boto.ok('iot.search_index', { queryString: 'thingName:pump-2' });
    const { thingId } = await boto.ok('iot.describe_thing', { thingName: 'pump-2' });
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
    await configure(REGISTRY);
    expect(await search('registry.version:*')).toEqual([]);
  },
);

behaviour('A field that is not indexed matches nothing', { known: 'assumed', source: '' }, async () => {
  await configure(REGISTRY);
  expect(await search('attribute.model:1.2')).toEqual([]);
  const explained = sandbox.state.explanations.after(0).at(-1);
  expect(explained).toMatchObject({ code: 'index-field-unknown', params: { field: 'attribute.model' } });
});

behaviour(
  'A query that cannot be read is InvalidQueryException 400',
  { known: 'documented', source: 'service model, SearchIndex' },
  async () => {
    await configure(REGISTRY);
    const refused = await boto.refusal('iot.search_index', { queryString: 'thingName:(a' });
    expect(refused).toMatchObject({ name: 'InvalidQueryException', status: 400 });
    expect(refused.message).toContain('at character 13');
  },
);

behaviour(
  'SearchIndex pages by nextToken in its body, at most 100 a page',
  { known: 'documented', source: 'service model, SearchIndexRequest' },
  async () => {
    await configure(REGISTRY);
    const first = await boto.ok('iot.search_index', { queryString: '*', maxResults: 2 });
    expect(first['things']).toHaveLength(2);
    const rest = { queryString: '*', nextToken: first['nextToken'] };
    const second = await boto.ok('iot.search_index', rest);
    expect(second['things'].map((thing: { thingName: string }) => thing.thingName)).toEqual(['Valve-1']);
    expect(second['nextToken']).toBeUndefined();
    const other = { ...rest, queryString: 'thingName:*' };
    expect(await boto.refusal('iot.search_index', other)).toMatchObject({ name: 'InvalidRequestException' });
    const large = { queryString: '*', maxResults: 101 };
    expect(await boto.refusal('iot.search_index', large)).toMatchObject({ name: 'InvalidRequestException' });
  },
);

behaviour(
  'GetStatistics counts text fields, computes number fields, takes registry.version by default, and ignores values of another type',
  { known: 'documented', source: 'guide, "Querying for aggregate data"' },
  async () => {
    const customFields = [
      { name: 'attributes.load', type: 'Number' },
      { name: 'attributes.country', type: 'String' },
      { name: 'attributes.model', type: 'Number' },
    ];
    await configure({ ...REGISTRY, customFields });
    const statistics = async (aggregationField?: string, queryString = '*') =>
      (await boto.ok('iot.get_statistics', { queryString, aggregationField }))['statistics'];
    expect(await statistics('attributes.country')).toEqual({ count: 1 });
    expect(await statistics('attributes.load', 'thingName:pump*')).toEqual({
      count: 2,
      average: 77.5,
      sum: 155,
      minimum: 75,
      maximum: 80,
      sumOfSquares: 12025,
      variance: 6.25,
      stdDeviation: 2.5,
    });
    expect(await statistics('attributes.model')).toMatchObject({ count: 2, maximum: 1.3 });
    expect(await statistics()).toMatchObject({ count: 3, minimum: 1 });
    expect(await statistics('attributes.load', 'thingName:none')).toEqual({ count: 0 });
    const foreign = { queryString: '*', aggregationField: 'attributes.other' };
    expect(await boto.refusal('iot.get_statistics', foreign)).toMatchObject({
      name: 'InvalidAggregationException',
      status: 400,
    });
  },
);

behaviour(
  'GetCardinality counts different values and answers 0 for none; GetPercentiles takes 1,5,25,50,75,95,99 by default and answers nothing for none',
  { known: 'documented', source: 'guide, "Querying for aggregate data"' },
  async () => {
    await configure({ ...REGISTRY, customFields: [{ name: 'attributes.load', type: 'Number' }] });
    const aggregationField = 'attributes.load';
    expect(await boto.ok('iot.get_cardinality', { queryString: '*', aggregationField })).toEqual({
      cardinality: 3,
    });
    const none = { queryString: 'thingName:none', aggregationField };
    expect(await boto.ok('iot.get_cardinality', none)).toEqual({ cardinality: 0 });
    expect(await boto.ok('iot.get_percentiles', none)).toEqual({ percentiles: [] });
    const { percentiles } = await boto.ok('iot.get_percentiles', { queryString: '*', aggregationField });
    expect(percentiles.map(({ percent }: { percent: number }) => percent)).toEqual([
      1, 5, 25, 50, 75, 95, 99,
    ]);
    const some = await boto.ok('iot.get_percentiles', {
      queryString: '*',
      aggregationField,
      percents: [0, 12.5, 100],
    });
    expect(some['percentiles']).toEqual([
      { percent: 0, value: 9 },
      { percent: 12.5, value: 25.5 },
      { percent: 100, value: 80 },
    ]);
    const text = { queryString: '*', aggregationField: 'thingName' };
    expect(await boto.refusal('iot.get_percentiles', text)).toMatchObject({
      name: 'InvalidAggregationException',
    });
  },
);

behaviour(
  'GetBucketsAggregation counts documents by value and says how many the query finds',
  { known: 'documented', source: 'service model, GetBucketsAggregation' },
  async () => {
    await configure({ ...REGISTRY, customFields: [{ name: 'attributes.model', type: 'String' }] });
    const input = {
      queryString: 'thingName:*',
      aggregationField: 'attributes.model',
      bucketsAggregationType: { termsAggregation: { maxBuckets: 2 } },
    };
    expect(await boto.ok('iot.get_buckets_aggregation', input)).toEqual({
      totalCount: 3,
      buckets: [
        { keyValue: '1.2', count: 1 },
        { keyValue: '1.3', count: 1 },
      ],
    });
  },
);

behaviour(
  'Thing groups have an index of their own, AWS_ThingGroups',
  { known: 'documented', source: 'guide, "Managing thing group indexing"' },
  async () => {
    await boto.ok('iot.update_indexing_configuration', {
      thingGroupIndexingConfiguration: { thingGroupIndexingMode: 'ON' },
    });
    clock += BUILT_MS;
    const indexName = 'AWS_ThingGroups';
    expect(await boto.ok('iot.describe_index', { indexName })).toMatchObject({ schema: 'THING_GROUPS' });
    const { thingGroups } = await boto.ok('iot.search_index', {
      indexName,
      queryString: 'parentGroupNames:plant',
    });
    expect(thingGroups).toMatchObject([{ thingGroupName: 'hall', parentGroupNames: ['plant'] }]);
  },
);

behaviour(
  'GetThingConnectivityData needs connectivity indexing; a thing that never connected is not connected, without details',
  {
    known: 'documented',
    source: 'guide, "Device connectivity status queries"; API reference, GetThingConnectivityData',
  },
  async () => {
    await configure(REGISTRY);
    const thingName = 'pump-1';
    expect(await boto.refusal('iot.get_thing_connectivity_data', { thingName })).toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await configure({ ...REGISTRY, thingConnectivityIndexingMode: 'STATUS' });
    expect(await boto.ok('iot.get_thing_connectivity_data', { thingName })).toEqual({
      thingName,
      connected: false,
    });
    expect(await boto.refusal('iot.get_thing_connectivity_data', { thingName: 'nobody' })).toMatchObject({
      name: 'ResourceNotFoundException',
      status: 404,
    });
  },
);

const seen = (clientId: string, more: { connected: boolean; principal: string; at: number }) => {
  sandbox.state.connectivity.set('us-east-2', clientId, {
    connected: more.connected,
    timestamp: more.at,
    principal: more.principal,
    sessionId: 'session',
    versionNumber: 1,
    disconnectReason: more.connected ? undefined : 'CONNECTION_LOST',
    sourceIp: '127.0.0.1',
    sourcePort: 40_000,
  });
};

behaviour(
  'Connectivity is indexed for the client whose id is the name of a thing, its time in epoch milliseconds, with the reason of a disconnect',
  { known: 'documented', source: 'guide, "Managing thing indexing"' },
  async () => {
    await configure({ ...REGISTRY, thingConnectivityIndexingMode: 'STATUS' });
    seen('pump-1', { connected: true, principal: 'a'.repeat(64), at: 1_557_651_600_001 });
    seen('Valve-1', { connected: false, principal: 'b'.repeat(64), at: 1_557_651_600_002 });
    seen('somebody', { connected: true, principal: 'c'.repeat(64), at: 1_557_651_600_003 });
    expect(await search('connectivity.connected:true')).toEqual(['pump-1']);
    expect(await search('connectivity.connected:false')).toEqual(['pump-2', 'Valve-1']);
    expect(await search('connectivity.disconnectReason:CONNECTION_LOST')).toEqual(['Valve-1']);
    expect(
      await search(
        'connectivity.connected:true AND connectivity.timestamp : [1557651600000 TO 1557867600000]',
      ),
    ).toEqual(['pump-1']);
    const { things } = await boto.ok('iot.search_index', { queryString: 'thingName:Valve-1' });
    expect(things[0].connectivity).toEqual({
      connected: false,
      timestamp: 1_557_651_600_002,
      disconnectReason: 'CONNECTION_LOST',
    });
    const data = await boto.ok('iot.get_thing_connectivity_data', { thingName: 'pump-1' });
    expect(data).toEqual({
      thingName: 'pump-1',
      connected: true,
      timestamp: expect.stringContaining('2019-05-12'),
    });
  },
);

behaviour(
  'Connectivity is indexed for the thing that a principal is attached to exclusively, whatever the client id',
  { known: 'documented', source: 'guide, "Associating an AWS IoT thing to an MQTT client connection"' },
  async () => {
    await configure({ ...REGISTRY, thingConnectivityIndexingMode: 'STATUS' });
    const principal = `arn:aws:iot:us-east-2:123456789012:cert/${'d'.repeat(64)}`;
    const region = sandbox.state.region('us-east-2');
    seen('another-name', { connected: true, principal: 'd'.repeat(64), at: 1_557_651_600_004 });
    region.thingPrincipals.link('pump-2', principal, { type: 'NON_EXCLUSIVE_THING' });
    expect(await search('connectivity.connected:true')).not.toContain('pump-2');
    region.thingPrincipals.link('pump-2', principal, { type: 'EXCLUSIVE_THING' });
    expect(await search('connectivity.connected:true')).toContain('pump-2');
    region.thingPrincipals.unlink('pump-2', principal);
  },
);

it('answers the AWS SDK for JavaScript in a Region of its own', async () => {
  const { iot } = clientsFor(sandbox.api, 'eu-west-1');
  await iot.send(
    new UpdateIndexingConfigurationCommand({ thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY' } }),
  );
  clock += BUILT_MS;
  expect(await iot.send(new DescribeIndexCommand({ indexName: 'AWS_Things' }))).toMatchObject({
    indexStatus: 'ACTIVE',
  });
  expect(await iot.send(new SearchIndexCommand({ queryString: '*' }))).toMatchObject({ things: [] });
});
