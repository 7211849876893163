import { expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';

const { boto } = await testSandbox();

const REFUSED = { name: 'InvalidRequestException', status: 400 };
const MISSING = { name: 'ResourceNotFoundException', status: 404 };
const arnOf = (name: string) => `arn:aws:iot:us-east-2:123456789012:thinggroup/${name}`;

const create = (thingGroupName: string, parentGroupName?: string) =>
  boto.ok('iot.create_thing_group', { thingGroupName, ...(parentGroupName && { parentGroupName }) });
const describeGroup = (thingGroupName: string) => boto.ok('iot.describe_thing_group', { thingGroupName });

behaviour(
  'CreateThingGroup again with the same properties answers the same group; with others it is a conflict',
  { known: 'measured', source: 'getmoto/moto #5316, calls against AWS' },
  async () => {
    const thingGroupProperties = { thingGroupDescription: 'example' };
    const input = { thingGroupName: 'example', thingGroupProperties };
    const first = await boto.ok('iot.create_thing_group', input);
    expect(first).toMatchObject({ thingGroupName: 'example', thingGroupArn: arnOf('example') });
    expect(await boto.ok('iot.create_thing_group', input)).toEqual(first);
    await create('root');
    const others = [
      { thingGroupProperties: { thingGroupDescription: 'another one' } },
      { thingGroupProperties: { ...thingGroupProperties, attributePayload: { attributes: { a: 'b' } } } },
      { parentGroupName: 'root' },
    ];
    for (const other of others) {
      expect(await boto.refusal('iot.create_thing_group', { ...input, ...other })).toEqual({
        name: 'ResourceAlreadyExistsException',
        status: 409,
        message: 'Thing Group example already exists in current account with different properties',
      });
    }
  },
);

behaviour(
  'DescribeThingGroup tells parent and ancestors, the root first, and the properties; a root has neither parent nor ancestors',
  { known: 'documented', source: 'guide, "Describe a thing group"; getmoto/moto, tests' },
  async () => {
    await create('ShinyObjects');
    await create('LightBulbs', 'ShinyObjects');
    const attributePayload = { attributes: { brightness: '3400_lumens' } };
    const thingGroupProperties = { thingGroupDescription: 'string', attributePayload };
    const input = { thingGroupName: 'RedLights', parentGroupName: 'LightBulbs', thingGroupProperties };
    const { thingGroupId } = await boto.ok('iot.create_thing_group', input);
    expect(await describeGroup('RedLights')).toMatchObject({
      thingGroupName: 'RedLights',
      thingGroupArn: arnOf('RedLights'),
      thingGroupId,
      version: 1,
      thingGroupProperties,
      thingGroupMetadata: {
        parentGroupName: 'LightBulbs',
        rootToParentThingGroups: [
          { groupName: 'ShinyObjects', groupArn: arnOf('ShinyObjects') },
          { groupName: 'LightBulbs', groupArn: arnOf('LightBulbs') },
        ],
        creationDate: expect.any(String),
      },
    });
    expect((await describeGroup('ShinyObjects'))['thingGroupMetadata']).toEqual({
      creationDate: expect.any(String),
    });
    expect(await boto.refusal('iot.describe_thing_group', { thingGroupName: 'Nothing' })).toMatchObject(
      MISSING,
    );
  },
);

behaviour(
  'A hierarchy of thing groups has at most seven levels',
  { known: 'documented', source: 'AWS IoT Device Management quotas; that the root counts is assumed' },
  async () => {
    await create('level1');
    for (let level = 2; level <= 7; level += 1) await create(`level${level}`, `level${level - 1}`);
    const input = { thingGroupName: 'level8', parentGroupName: 'level7' };
    expect(await boto.refusal('iot.create_thing_group', input)).toMatchObject(REFUSED);
    expect(await boto.refusal('iot.create_thing_group', { ...input, parentGroupName: 'none' })).toMatchObject(
      MISSING,
    );
  },
);

behaviour(
  'A thing group has at most 100 direct child groups',
  { known: 'documented', source: 'AWS IoT Device Management quotas' },
  async () => {
    await create('prolific');
    for (let child = 1; child <= 100; child += 1) await create(`child${child}`, 'prolific');
    const input = { thingGroupName: 'child101', parentGroupName: 'prolific' };
    expect(await boto.refusal('iot.create_thing_group', input)).toMatchObject(REFUSED);
    await boto.ok('iot.delete_thing_group', { thingGroupName: 'child1' });
    await create('child101', 'prolific');
  },
);

behaviour(
  'UpdateThingGroup merges or replaces attributes, counts versions and checks the expected one',
  { known: 'documented', source: 'service model, UpdateThingGroup' },
  async () => {
    await create('versioned');
    const update = (attributePayload: object, more: object = {}) => ({
      thingGroupName: 'versioned',
      thingGroupProperties: { attributePayload },
      ...more,
    });
    const call = 'iot.update_thing_group';
    expect(await boto.ok(call, update({ attributes: { a: '1', b: '2' } }))).toEqual({ version: 2 });
    await boto.ok(call, update({ attributes: { b: '3', a: '' }, merge: true }, { expectedVersion: 2 }));
    await boto.ok(call, {
      thingGroupName: 'versioned',
      thingGroupProperties: { thingGroupDescription: 'text' },
    });
    expect(await describeGroup('versioned')).toMatchObject({
      version: 4,
      thingGroupProperties: { thingGroupDescription: 'text', attributePayload: { attributes: { b: '3' } } },
    });
    expect(await boto.refusal(call, update({}, { expectedVersion: 2 }))).toMatchObject({
      name: 'VersionConflictException',
      status: 409,
    });
    const attributes = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, 'x']));
    await boto.ok(call, update({ attributes: attributes(50) }));
    expect(await boto.refusal(call, update({ attributes: attributes(51) }))).toMatchObject(REFUSED);
    expect(await boto.refusal(call, update({ attributes: { 'a b': 'c' } }))).toMatchObject(REFUSED);
  },
);

behaviour(
  'DeleteThingGroup is refused while the group has child groups, and succeeds for a group that is not there',
  { known: 'measured', source: 'guide, "Delete a thing group"; getmoto/moto #2941' },
  async () => {
    await create('Group1a');
    await create('Group2a', 'Group1a');
    const remove = (thingGroupName: string, more: object = {}) =>
      ['iot.delete_thing_group', { thingGroupName, ...more }] as const;
    expect(await boto.refusal(...remove('Group1a'))).toEqual({
      ...REFUSED,
      message: 'Cannot delete thing group : Group1a when there are still child groups attached to it',
    });
    expect((await boto.refusal(...remove('Group2a', { expectedVersion: 9 }))).status).toBe(409);
    for (const name of ['Group2a', 'Group1a', 'Group1a', 'NeverThere']) await boto.ok(...remove(name));
  },
);

behaviour(
  'DeleteThingGroup takes its things, its policies and its tags off the group',
  { known: 'documented', source: 'guide, "Delete a thing group"' },
  async () => {
    const thingGroupName = 'fading';
    await boto.ok('iot.create_thing_group', { thingGroupName, tags: [{ Key: 'k', Value: 'v' }] });
    await boto.ok('iot.create_thing', { thingName: 'left-behind' });
    await boto.ok('iot.add_thing_to_thing_group', { thingGroupName, thingName: 'left-behind' });
    const policyName = 'of-the-group';
    const policyDocument =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';
    await boto.ok('iot.create_policy', { policyName, policyDocument });
    await boto.ok('iot.attach_policy', { policyName, target: arnOf(thingGroupName) });
    await boto.ok('iot.delete_thing_group', { thingGroupName });
    await boto.ok('iot.delete_policy', { policyName });
    const groups = await boto.ok('iot.list_thing_groups_for_thing', { thingName: 'left-behind' });
    expect(groups['thingGroups']).toEqual([]);
    await create(thingGroupName);
    expect((await boto.ok('iot.list_things_in_thing_group', { thingGroupName }))['things']).toEqual([]);
    const { tags } = await boto.ok('iot.list_tags_for_resource', { resourceArn: arnOf(thingGroupName) });
    expect(tags).toEqual([]);
  },
);

behaviour(
  'ListThingGroups lists every level below a parent, or of all groups, unless recursive is false; a prefix filters',
  {
    known: 'measured',
    source: 'getmoto/moto #2961, an answer of AWS; the guide says that recursive is false unless asked for',
  },
  async () => {
    const region = 'eu-central-1';
    const tree: [name: string, parent?: string][] = [
      ['Lights'],
      ['LightsRed', 'Lights'],
      ['LightsRedLed', 'LightsRed'],
      ['Replaceable'],
    ];
    for (const [thingGroupName, parentGroupName] of tree) {
      await boto.ok(
        'iot.create_thing_group',
        { thingGroupName, ...(parentGroupName && { parentGroupName }) },
        region,
      );
    }
    const list = async (input: object) => {
      const { thingGroups, nextToken } = await boto.ok('iot.list_thing_groups', input, region);
      return { names: thingGroups.map((group: { groupName: string }) => group.groupName), nextToken };
    };
    expect((await list({})).names).toEqual(['Lights', 'LightsRed', 'LightsRedLed', 'Replaceable']);
    expect((await list({ recursive: false })).names).toEqual(['Lights', 'Replaceable']);
    expect((await list({ parentGroup: 'Lights' })).names).toEqual(['LightsRed', 'LightsRedLed']);
    expect((await list({ parentGroup: 'Lights', recursive: false })).names).toEqual(['LightsRed']);
    expect((await list({ parentGroup: 'Lights', recursive: true })).names).toEqual([
      'LightsRed',
      'LightsRedLed',
    ]);
    expect((await list({ namePrefixFilter: 'LightsR' })).names).toEqual(['LightsRed', 'LightsRedLed']);
    const first = await list({ maxResults: 3 });
    expect(await list({ maxResults: 3, nextToken: first.nextToken })).toEqual({ names: ['Replaceable'] });
    expect(await boto.refusal('iot.list_thing_groups', { parentGroup: 'Nothing' }, region)).toMatchObject(
      MISSING,
    );
  },
);

behaviour('CreateDynamicThingGroup is not built', { known: 'assumed', source: '' }, async () => {
  const input = { thingGroupName: 'dynamic', queryString: 'thingName:*' };
  expect((await boto.refusal('iot.create_dynamic_thing_group', input)).status).toBe(501);
});
