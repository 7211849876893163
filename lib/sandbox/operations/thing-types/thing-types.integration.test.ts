import { expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';

const MINUTE_MS = 60_000;

let clock = Date.now();
const { boto } = await testSandbox({ now: () => new Date(clock) });

const create = (thingTypeName: string, more: object = {}) =>
  boto.ok('iot.create_thing_type', { thingTypeName, ...more });
const describeType = (thingTypeName: string) => boto.ok('iot.describe_thing_type', { thingTypeName });
const deprecate = (thingTypeName: string, undoDeprecate = false) =>
  boto.ok('iot.deprecate_thing_type', { thingTypeName, undoDeprecate });
const attributes = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, 'x']));

behaviour(
  'CreateThingType keeps description and searchable attributes, and DescribeThingType tells them with the dates',
  { known: 'documented', source: 'guide, "Thing types"' },
  async () => {
    const thingTypeProperties = {
      thingTypeDescription: 'light bulb type',
      searchableAttributes: ['model', 'wattage'],
    };
    const created = await create('LightBulb', { thingTypeProperties });
    expect(created).toMatchObject({
      thingTypeName: 'LightBulb',
      thingTypeArn: 'arn:aws:iot:us-east-2:123456789012:thingtype/LightBulb',
    });
    const described = await describeType('LightBulb');
    expect(described).toMatchObject({ ...created, thingTypeProperties });
    expect(described['thingTypeMetadata']).toEqual({
      deprecated: false,
      creationDate: new Date(clock).toISOString().replace(/(\.\d{3})Z/, '$1000+00:00'),
    });
  },
);

behaviour(
  'CreateThingType again with the same configuration succeeds, whatever the order of searchable attributes; with another it is ResourceAlreadyExistsException',
  {
    known: 'documented',
    source: 'service model, CreateThingType; ministackorg/ministack #1349 for the order',
  },
  async () => {
    const tags = [{ Key: 'k', Value: 'v' }];
    const properties = (...searchableAttributes: string[]) => ({
      thingTypeProperties: { searchableAttributes },
    });
    const first = await create('Repeated', { tags, ...properties('a', 'b') });
    expect(await create('Repeated', properties('b', 'a'))).toEqual(first);
    expect(await create('Repeated', { tags, ...properties('a', 'b') })).toEqual(first);
    const others = [
      { thingTypeProperties: { ...properties('a', 'b').thingTypeProperties, thingTypeDescription: 'other' } },
      properties('a', 'c'),
      properties('a'),
      {},
      { tags: [{ Key: 'k', Value: 'other' }], ...properties('a', 'b') },
    ];
    for (const other of others) {
      const refusal = await boto.refusal('iot.create_thing_type', { thingTypeName: 'Repeated', ...other });
      expect(refusal).toMatchObject({ name: 'ResourceAlreadyExistsException', status: 409 });
    }
  },
);

behaviour(
  'A thing type has at most three searchable attributes, of the pattern of attribute names',
  { known: 'assumed', source: '' },
  async () => {
    const names = ['a', 'b', 'c'];
    await create('Three', { thingTypeProperties: { searchableAttributes: names } });
    for (const searchableAttributes of [[...names, 'd'], ['with space']]) {
      const input = { thingTypeName: 'Four', thingTypeProperties: { searchableAttributes } };
      expect(await boto.refusal('iot.create_thing_type', input)).toMatchObject({
        name: 'InvalidRequestException',
        status: 400,
      });
    }
  },
);

behaviour(
  'Propagating attributes are refused in a sentence, because the sandbox does not add them to messages',
  { known: 'assumed', source: '' },
  async () => {
    const propagatingAttributes = [{ userPropertyKey: 'k', thingAttribute: 'model' }];
    const thingTypeProperties = { mqtt5Configuration: { propagatingAttributes } };
    const input = { thingTypeName: 'Propagating', thingTypeProperties };
    expect((await boto.refusal('iot.create_thing_type', input)).message).toMatch(
      /not supported by the sandbox/,
    );
    expect((await boto.refusal('iot.describe_thing_type', { thingTypeName: 'Propagating' })).status).toBe(
      404,
    );
  },
);

behaviour(
  'UpdateThingType changes the properties it names and leaves the others',
  { known: 'assumed', source: '' },
  async () => {
    await create('Updated', {
      thingTypeProperties: { thingTypeDescription: 'one', searchableAttributes: ['a'] },
    });
    const update = (thingTypeProperties: object) =>
      boto.ok('iot.update_thing_type', { thingTypeName: 'Updated', thingTypeProperties });
    await update({ thingTypeDescription: 'two' });
    await update({ searchableAttributes: ['b'] });
    const { thingTypeProperties } = await describeType('Updated');
    expect(thingTypeProperties).toEqual({ thingTypeDescription: 'two', searchableAttributes: ['b'] });
  },
);

behaviour(
  'ListThingTypes finds one type by its whole name, and lists all page by page',
  { known: 'documented', source: 'service model, ListThingTypes' },
  async () => {
    const region = 'eu-west-1';
    for (const thingTypeName of ['Pump', 'PumpSmall', 'Valve']) {
      await boto.ok('iot.create_thing_type', { thingTypeName }, region);
    }
    const list = async (input: object) => {
      const { thingTypes, nextToken } = await boto.ok('iot.list_thing_types', input, region);
      return { names: thingTypes.map((type: { thingTypeName: string }) => type.thingTypeName), nextToken };
    };
    expect((await list({ thingTypeName: 'Pump' })).names).toEqual(['Pump']);
    expect((await list({ thingTypeName: 'Nothing' })).names).toEqual([]);
    const first = await list({ maxResults: 2 });
    expect(first.names).toEqual(['Pump', 'PumpSmall']);
    expect(await list({ maxResults: 2, nextToken: first.nextToken })).toEqual({ names: ['Valve'] });
  },
);

behaviour(
  'No thing gets a deprecated thing type, by CreateThing or by UpdateThing, until the deprecation is undone',
  {
    known: 'documented',
    source: 'guide, "Deprecate a thing type"; getmoto/moto, tests pin InvalidRequestException',
  },
  async () => {
    const thingTypeName = 'Deprecated';
    await create(thingTypeName);
    await boto.ok('iot.create_thing', { thingName: 'before', thingTypeName });
    await boto.ok('iot.create_thing', { thingName: 'untyped' });
    await deprecate(thingTypeName);
    expect((await describeType(thingTypeName))['thingTypeMetadata']).toMatchObject({
      deprecated: true,
      deprecationDate: expect.any(String),
    });
    const refused = { name: 'InvalidRequestException', status: 400 };
    const inputs = { thingName: 'after', thingTypeName };
    expect(await boto.refusal('iot.create_thing', inputs)).toMatchObject(refused);
    expect(await boto.refusal('iot.update_thing', { thingName: 'untyped', thingTypeName })).toMatchObject(
      refused,
    );
    expect((await boto.ok('iot.describe_thing', { thingName: 'before' }))['thingTypeName']).toBe(
      thingTypeName,
    );
    await boto.ok('iot.update_thing', { thingName: 'before', thingTypeName });

    await deprecate(thingTypeName, true);
    const { thingTypeMetadata } = await describeType(thingTypeName);
    expect(thingTypeMetadata).toMatchObject({ deprecated: false });
    expect(thingTypeMetadata).not.toHaveProperty('deprecationDate');
    await boto.ok('iot.create_thing', inputs);
  },
);

behaviour(
  'DeleteThingType is refused until five minutes after the deprecation',
  {
    known: 'measured',
    source: 'the message is quoted in a public clean-up script; guide, "Delete a thing type"',
  },
  async () => {
    const thingTypeName = 'Retired';
    await create(thingTypeName, { tags: [{ Key: 'k', Value: 'v' }] });
    const refusal = () => boto.refusal('iot.delete_thing_type', { thingTypeName });
    expect(await refusal()).toMatchObject({ name: 'InvalidRequestException', status: 400 });
    await deprecate(thingTypeName);
    clock += 4 * MINUTE_MS;
    await deprecate(thingTypeName);
    clock += MINUTE_MS - 1;
    expect(await refusal()).toEqual({
      name: 'InvalidRequestException',
      status: 400,
      message:
        'Cannot delete thing type : Retired. Please wait for 5 minutes after deprecation and then retry',
    });
    clock += 1;
    await boto.ok('iot.delete_thing_type', { thingTypeName });
    expect(await refusal()).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
    const { thingTypeArn: resourceArn } = await create(thingTypeName);
    expect((await boto.ok('iot.list_tags_for_resource', { resourceArn }))['tags']).toEqual([]);
  },
);

behaviour(
  'DeleteThingType is refused while things have the type',
  { known: 'documented', source: 'service model, DeleteThingType' },
  async () => {
    const thingTypeName = 'InUse';
    await create(thingTypeName);
    await boto.ok('iot.create_thing', { thingName: 'user', thingTypeName });
    await deprecate(thingTypeName);
    clock += 6 * MINUTE_MS;
    const refusal = await boto.refusal('iot.delete_thing_type', { thingTypeName });
    expect(refusal).toMatchObject({ name: 'InvalidRequestException', status: 400 });
    await boto.ok('iot.update_thing', { thingName: 'user', removeThingType: true });
    await boto.ok('iot.delete_thing_type', { thingTypeName });
  },
);

behaviour(
  'A thing has up to 50 attributes with a thing type and 3 without',
  { known: 'documented', source: 'guide, "Thing types"; AWS IoT Core quotas' },
  async () => {
    const thingTypeName = 'Roomy';
    await create(thingTypeName);
    const createThing = (thingName: string, count: number, more: object = {}) => ({
      thingName,
      attributePayload: { attributes: attributes(count) },
      ...more,
    });
    await boto.ok('iot.create_thing', createThing('three', 3));
    await boto.ok('iot.create_thing', createThing('fifty', 50, { thingTypeName }));
    const refused = { name: 'InvalidRequestException', status: 400 };
    expect(await boto.refusal('iot.create_thing', createThing('four', 4))).toMatchObject(refused);
    expect(await boto.refusal('iot.create_thing', createThing('more', 51, { thingTypeName }))).toMatchObject(
      refused,
    );
    const remove = { thingName: 'fifty', removeThingType: true };
    expect(await boto.refusal('iot.update_thing', remove)).toMatchObject(refused);
    await boto.ok('iot.update_thing', { ...remove, attributePayload: { attributes: attributes(3) } });
    await boto.ok('iot.update_thing', {
      thingName: 'three',
      thingTypeName,
      attributePayload: { attributes: attributes(50) },
    });
  },
);

behaviour(
  'CreateThing and UpdateThing with a thing type that is not there are ResourceNotFoundException',
  { known: 'documented', source: 'service model, CreateThing and UpdateThing' },
  async () => {
    const missing = { name: 'ResourceNotFoundException', status: 404 };
    const input = { thingName: 'typeless', thingTypeName: 'Missing' };
    expect(await boto.refusal('iot.create_thing', input)).toMatchObject(missing);
    await boto.ok('iot.create_thing', { thingName: 'typeless' });
    expect(await boto.refusal('iot.update_thing', input)).toMatchObject(missing);
  },
);
