import {
  CreateThingCommand,
  DescribeThingCommand,
  type IoTClient,
  ListThingsCommand,
  paginateListThings,
} from '@aws-sdk/client-iot';
import { beforeAll, expect, it } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';

const { sandbox, boto } = await testSandbox();
let iot: IoTClient;

beforeAll(async () => {
  iot = clientsFor(sandbox.api).iot;
});

const REFUSED = { name: 'InvalidRequestException', status: 400 };
const thing = (thingName: string, attributes?: Record<string, string>, more: object = {}) => ({
  thingName,
  ...(attributes && { attributePayload: { attributes } }),
  ...more,
});
const described = (thingName: string) => boto.ok('iot.describe_thing', { thingName });

behaviour(
  'CreateThing again with the same attributes and type succeeds, with others it is ResourceAlreadyExistsException',
  { known: 'measured', source: 'localstack/localstack #10002 for the type; service model, CreateThing' },
  async () => {
    for (const thingTypeName of ['Kind', 'OtherKind'])
      await boto.ok('iot.create_thing_type', { thingTypeName });
    const input = thing('line:7', { version: 'v1' }, { thingTypeName: 'Kind' });
    const first = await boto.ok('iot.create_thing', input);
    expect(await boto.ok('iot.create_thing', input)).toEqual(first);
    expect(await described('line:7')).toMatchObject({
      ...first,
      defaultClientId: 'line:7',
      thingArn: 'arn:aws:iot:us-east-2:123456789012:thing/line:7',
      thingTypeName: 'Kind',
      attributes: { version: 'v1' },
      version: 1,
    });
    const others = [
      thing('line:7', { version: 'v2' }, { thingTypeName: 'Kind' }),
      thing('line:7', { version: 'v1' }, { thingTypeName: 'OtherKind' }),
      thing('line:7', { version: 'v1' }),
    ];
    for (const other of others) {
      expect(await boto.refusal('iot.create_thing', other)).toMatchObject({
        name: 'ResourceAlreadyExistsException',
        status: 409,
      });
    }
    await boto.ok('iot.deprecate_thing_type', { thingTypeName: 'Kind' });
    expect(await boto.ok('iot.create_thing', input)).toEqual(first);
  },
);

behaviour(
  'Names of things and names and values of attributes have the lengths and characters of the model',
  { known: 'documented', source: 'service model, ThingName, AttributeName and AttributeValue' },
  async () => {
    const longest = { [`n${'#'.repeat(127)}`]: '='.repeat(800) };
    await boto.ok('iot.create_thing', thing('x'.repeat(128), longest));
    const refused: [why: string, input: object][] = [
      ['a name with a dot', thing('a.b')],
      ['a name that is too long', thing('x'.repeat(129))],
      ['a value with a space', thing('attribute', { o: 'Example Corp' })],
      ['a value that is too long', thing('attribute', { o: 'x'.repeat(801) })],
      ['an attribute name with a space', thing('attribute', { 'a b': 'c' })],
      ['an attribute name that is too long', thing('attribute', { ['n'.repeat(129)]: 'c' })],
    ];
    for (const [why, input] of refused) {
      expect(await boto.refusal('iot.create_thing', input), why).toMatchObject(REFUSED);
    }
  },
);

behaviour(
  'An attribute called __proto__ is kept as any other',
  { known: 'assumed', source: '' },
  async () => {
    const attributes: Record<string, string> = Object.fromEntries([['__proto__', 'x']]);
    await iot.send(new CreateThingCommand({ thingName: 'polluter', attributePayload: { attributes } }));
    const output = await iot.send(new DescribeThingCommand({ thingName: 'polluter' }));
    expect(JSON.stringify(output.attributes)).toBe('{"__proto__":"x"}');
    expect('x' in {}).toBe(false);
  },
);

behaviour(
  'UpdateThing merges or replaces attributes, removes those with an empty value, and counts versions',
  { known: 'documented', source: 'service model, AttributePayload; getmoto/moto, tests' },
  async () => {
    await boto.ok('iot.create_thing', thing('updated', { a: '1', b: '2' }));
    const update = (attributePayload: object, more: object = {}) =>
      boto.ok('iot.update_thing', { thingName: 'updated', attributePayload, ...more });
    await update({ attributes: { b: '3', c: '4' }, merge: true }, { expectedVersion: 1 });
    expect(await described('updated')).toMatchObject({ attributes: { a: '1', b: '3', c: '4' }, version: 2 });
    await update({ attributes: { a: '' }, merge: true });
    expect((await described('updated'))['attributes']).toEqual({ b: '3', c: '4' });
    await update({ attributes: { z: '9' } });
    expect((await described('updated'))['attributes']).toEqual({ z: '9' });
    await boto.ok('iot.update_thing', { thingName: 'updated' });
    expect(await described('updated')).toMatchObject({ attributes: { z: '9' }, version: 5 });
  },
);

behaviour(
  'UpdateThing and DeleteThing with another expected version are VersionConflictException',
  { known: 'documented', source: 'service model; getmoto/moto, tests' },
  async () => {
    await boto.ok('iot.create_thing', thing('conflicting'));
    const input = { thingName: 'conflicting', expectedVersion: 2 };
    for (const call of ['iot.update_thing', 'iot.delete_thing']) {
      expect(await boto.refusal(call, input)).toEqual({
        name: 'VersionConflictException',
        status: 409,
        message: 'The version for thing conflicting does not match the expected version.',
      });
    }
    await boto.ok('iot.delete_thing', { ...input, expectedVersion: 1 });
    await boto.ok('iot.delete_thing', input);
  },
);

behaviour(
  'UpdateThing gives a thing another type or none, and refuses both at once',
  { known: 'assumed', source: '' },
  async () => {
    for (const thingTypeName of ['One', 'Two']) await boto.ok('iot.create_thing_type', { thingTypeName });
    await boto.ok('iot.create_thing', thing('changing', {}, { thingTypeName: 'One' }));
    const update = { thingName: 'changing', thingTypeName: 'Two' };
    expect(await boto.refusal('iot.update_thing', { ...update, removeThingType: true })).toMatchObject(
      REFUSED,
    );
    await boto.ok('iot.update_thing', update);
    expect((await described('changing'))['thingTypeName']).toBe('Two');
    await boto.ok('iot.update_thing', { thingName: 'changing', removeThingType: true });
    expect(await described('changing')).not.toHaveProperty('thingTypeName');
  },
);

behaviour(
  'ListThings filters by attribute, by attribute and value, by the start of the value, and by type',
  { known: 'documented', source: 'service model, ListThings' },
  async () => {
    const region = 'us-west-2';
    await boto.ok('iot.create_thing_type', { thingTypeName: 'Typed' }, region);
    for (let count = 0; count < 12; count += 1) {
      const attributes = count % 3 === 0 ? {} : { site: count % 3 === 1 ? 'kyoto' : 'kyoto-2' };
      const more = count < 6 ? { thingTypeName: 'Typed' } : {};
      await boto.ok('iot.create_thing', thing(`t${count}`, attributes, more), region);
    }
    const found = async (input: object): Promise<string[]> => {
      const { things } = await boto.ok('iot.list_things', input, region);
      return things.map(({ thingName }: { thingName: string }) => thingName);
    };
    expect(await found({ attributeName: 'site' })).toHaveLength(8);
    expect(await found({ attributeName: 'site', attributeValue: 'kyoto' })).toEqual([
      't1',
      't4',
      't7',
      't10',
    ]);
    const prefixed = { attributeName: 'site', attributeValue: 'kyoto', usePrefixAttributeValue: true };
    expect(await found(prefixed)).toHaveLength(8);
    expect(await found({ ...prefixed, attributeValue: 'yoto' })).toEqual([]);
    expect(await found({ thingTypeName: 'Typed' })).toEqual(['t0', 't1', 't2', 't3', 't4', 't5']);
    expect(await found({ ...prefixed, thingTypeName: 'Typed' })).toEqual(['t1', 't2', 't4', 't5']);
    expect(await found({ thingTypeName: 'Unknown' })).toEqual([]);
    expect(await boto.refusal('iot.list_things', { attributeValue: 'kyoto' }, region)).toMatchObject(REFUSED);
  },
);

behaviour(
  'Lists of the registry come in pages of up to 250, whose tokens serve the same list only',
  { known: 'documented', source: 'service model, RegistryMaxResults; the tokens are assumed' },
  async () => {
    const region = clientsFor(sandbox.api, 'ca-central-1').iot;
    for (let count = 0; count < 30; count += 1) {
      const attributes = { site: count % 2 ? 'kyoto' : 'osaka' };
      await region.send(new CreateThingCommand({ thingName: `p${count}`, attributePayload: { attributes } }));
    }
    const pages: number[] = [];
    const names = new Set<string>();
    for await (const page of paginateListThings({ client: region, pageSize: 12 }, {})) {
      pages.push(page.things?.length ?? 0);
      for (const { thingName = '' } of page.things ?? []) names.add(thingName);
    }
    expect([pages, names.size]).toEqual([[12, 12, 6], 30]);
    const first = await region.send(new ListThingsCommand({ attributeName: 'site', maxResults: 20 }));
    const misused = { attributeName: 'site', attributeValue: 'kyoto', nextToken: first.nextToken };
    expect(await boto.refusal('iot.list_things', misused, 'ca-central-1')).toMatchObject(REFUSED);
    for (const maxResults of [0, 251]) {
      expect(await boto.refusal('iot.list_things', { maxResults }, 'ca-central-1')).toMatchObject(REFUSED);
    }
  },
);

it('a list shows what has changed since it was last asked for', async () => {
  const region = 'ap-south-1';
  const names = async () => {
    const { things } = await boto.ok('iot.list_things', {}, region);
    return things.map(({ thingName, version }: { thingName: string; version: number }) => [
      thingName,
      version,
    ]);
  };
  expect(await names()).toEqual([]);
  await boto.ok('iot.create_thing', { thingName: 'x' }, region);
  expect(await names()).toEqual([['x', 1]]);
  await boto.ok('iot.update_thing', { thingName: 'x', attributePayload: { attributes: { a: 'b' } } }, region);
  expect(await names()).toEqual([['x', 2]]);
  await boto.ok('iot.delete_thing', { thingName: 'x' }, region);
  expect(await names()).toEqual([]);
});
