import { expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';

const { boto } = await testSandbox();

const REFUSED = { name: 'InvalidRequestException', status: 400 };
const MISSING = { name: 'ResourceNotFoundException', status: 404 };

/** Groups by name, `child<parent` below another. */
async function createGroups(...groups: readonly string[]): Promise<void> {
  for (const group of groups) {
    const [thingGroupName, parentGroupName] = group.split('<');
    await boto.ok('iot.create_thing_group', { thingGroupName, ...(parentGroupName && { parentGroupName }) });
  }
}
const createThing = (thingName: string) => boto.ok('iot.create_thing', { thingName });
const membership = (thingName: string, thingGroupName: string) => ({ thingName, thingGroupName });
const add = (thingName: string, thingGroupName: string) =>
  boto.ok('iot.add_thing_to_thing_group', membership(thingName, thingGroupName));
async function groupsOf(thingName: string): Promise<string[]> {
  const { thingGroups } = await boto.ok('iot.list_thing_groups_for_thing', { thingName });
  return thingGroups.map((group: { groupName: string }) => group.groupName);
}
async function thingsIn(thingGroupName: string, more: object = {}): Promise<string[]> {
  return (await boto.ok('iot.list_things_in_thing_group', { thingGroupName, ...more }))['things'];
}

behaviour(
  'AddThingToThingGroup of a member and RemoveThingFromThingGroup of a stranger succeed and change nothing',
  { known: 'measured', source: 'getmoto/moto, notes on AWS in its group operations' },
  async () => {
    await createGroups('club');
    for (const thingName of ['member', 'stranger']) await createThing(thingName);
    await add('member', 'club');
    await add('member', 'club');
    await boto.ok('iot.remove_thing_from_thing_group', membership('stranger', 'club'));
    expect(await thingsIn('club')).toEqual(['member']);
    await boto.ok('iot.remove_thing_from_thing_group', membership('member', 'club'));
    expect(await thingsIn('club')).toEqual([]);
  },
);

behaviour(
  'Thing and group are named by name or by ARN; neither, or one that does not match, is refused',
  { known: 'documented', source: 'service model, RemoveThingFromThingGroup; getmoto/moto, tests' },
  async () => {
    await createGroups('by-arn');
    const { thingArn } = await createThing('arn-thing');
    const thingGroupArn = 'arn:aws:iot:us-east-2:123456789012:thinggroup/by-arn';
    await boto.ok('iot.add_thing_to_thing_group', { thingGroupArn, thingArn });
    expect(await thingsIn('by-arn')).toEqual(['arn-thing']);
    const call = 'iot.remove_thing_from_thing_group';
    expect(await boto.refusal(call, { thingArn })).toEqual({
      ...REFUSED,
      message: 'Both thingGroupArn and thingGroupName are empty. Need to specify at least one of them',
    });
    expect((await boto.refusal(call, { thingGroupArn })).message).toBe(
      'Both thingArn and thingName are empty. Need to specify at least one of them',
    );
    expect(await boto.refusal(call, { thingGroupArn, thingArn, thingName: 'other' })).toMatchObject(REFUSED);
    expect(await boto.refusal(call, { thingGroupArn: thingArn, thingArn })).toMatchObject(REFUSED);
    expect(await boto.refusal(call, membership('arn-thing', 'nowhere'))).toMatchObject(MISSING);
    expect(await boto.refusal(call, membership('nothing', 'by-arn'))).toMatchObject(MISSING);
  },
);

behaviour(
  'A thing is in at most ten groups',
  { known: 'documented', source: 'guide, "Add a thing to a static thing group"' },
  async () => {
    await createThing('joiner');
    for (let count = 1; count <= 11; count += 1) await createGroups(`union${count}`);
    for (let count = 1; count <= 10; count += 1) await add('joiner', `union${count}`);
    for (const overrideDynamicGroups of [false, true]) {
      const input = { ...membership('joiner', 'union11'), overrideDynamicGroups };
      expect(await boto.refusal('iot.add_thing_to_thing_group', input)).toMatchObject(REFUSED);
    }
    await boto.ok('iot.remove_thing_from_thing_group', membership('joiner', 'union1'));
    await add('joiner', 'union11');
  },
);

behaviour(
  'A thing is never in two groups of one hierarchy, whether above, below or beside each other',
  { known: 'documented', source: 'guide, "Static thing groups"' },
  async () => {
    await createGroups('top', 'middle<top', 'bottom<middle', 'beside<top', 'elsewhere');
    await createThing('single');
    await add('single', 'middle');
    for (const group of ['top', 'bottom', 'beside']) {
      const refusal = await boto.refusal('iot.add_thing_to_thing_group', membership('single', group));
      expect(refusal).toMatchObject(REFUSED);
    }
    await add('single', 'elsewhere');
  },
);

behaviour(
  'ListThingsInThingGroup lists direct members, and with recursive those of all child groups, page by page',
  { known: 'documented', source: 'guide, "List things in a thing group"' },
  async () => {
    await createGroups('house', 'floor<house', 'room<floor');
    for (const [thingName, group] of [
      ['lamp', 'room'],
      ['door', 'house'],
      ['stairs', 'floor'],
    ] as const) {
      await createThing(thingName);
      await add(thingName, group);
    }
    expect(await thingsIn('house')).toEqual(['door']);
    expect(await thingsIn('house', { recursive: true })).toEqual(['lamp', 'door', 'stairs']);
    const input = { thingGroupName: 'house', recursive: true, maxResults: 2 };
    const { nextToken } = await boto.ok('iot.list_things_in_thing_group', input);
    expect(await thingsIn('house', { ...input, nextToken })).toEqual(['stairs']);
    const other = { thingGroupName: 'floor', recursive: true, maxResults: 2, nextToken };
    expect(await boto.refusal('iot.list_things_in_thing_group', other)).toMatchObject(REFUSED);
    expect(await boto.refusal('iot.list_things_in_thing_group', { thingGroupName: 'none' })).toMatchObject(
      MISSING,
    );
  },
);

behaviour(
  'ListThingGroupsForThing lists the groups of a thing with their parent groups',
  { known: 'documented', source: 'guide, "List groups for a thing"' },
  async () => {
    await createGroups('bulbs', 'red-bulbs<bulbs', 'replaceable');
    await createThing('bulb');
    await add('bulb', 'replaceable');
    await add('bulb', 'red-bulbs');
    expect(await groupsOf('bulb')).toEqual(['bulbs', 'red-bulbs', 'replaceable']);
    const refusal = await boto.refusal('iot.list_thing_groups_for_thing', { thingName: 'nothing' });
    expect(refusal).toMatchObject(MISSING);
  },
);

behaviour(
  'UpdateThingGroupsForThing removes before it adds, and changes all or nothing',
  { known: 'assumed', source: '' },
  async () => {
    await createGroups('north', 'north-a<north', 'north-b<north', 'south');
    await createThing('mover');
    await add('mover', 'north-a');
    const update = (thingGroupsToAdd: string[], thingGroupsToRemove: string[]) => ({
      thingName: 'mover',
      thingGroupsToAdd,
      thingGroupsToRemove,
    });
    const call = 'iot.update_thing_groups_for_thing';
    await boto.ok(call, update(['north-b'], ['north-a']));
    expect(await groupsOf('mover')).toEqual(['north', 'north-b']);
    expect(await boto.refusal(call, update(['south', 'north-a'], []))).toMatchObject(REFUSED);
    expect(await boto.refusal(call, update(['south'], ['nowhere']))).toMatchObject(MISSING);
    expect(await groupsOf('mover')).toEqual(['north', 'north-b']);
    await boto.ok(call, update(['south'], []));
    expect(await groupsOf('mover')).toEqual(['north', 'north-b', 'south']);
  },
);

behaviour('DeleteThing takes the thing out of its groups', { known: 'assumed', source: '' }, async () => {
  await createGroups('mourners');
  await createThing('mortal');
  await add('mortal', 'mourners');
  await boto.ok('iot.delete_thing', { thingName: 'mortal' });
  expect(await thingsIn('mourners')).toEqual([]);
  await createThing('mortal');
  expect(await groupsOf('mortal')).toEqual([]);
});
