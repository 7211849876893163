import { expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';

const { sandbox, boto } = await testSandbox();

const UUID = expect.stringMatching(/^[0-9a-f-]{36}$/);
const EVENT_ID = expect.stringMatching(/^[0-9a-f]{32}$/);
const COMMON = { eventId: EVENT_ID, timestamp: expect.any(Number) };
const ACCOUNT = { ...COMMON, accountId: '123456789012' };

type Heard = { topic: string; payload: unknown };

/** Calls in a Region of its own where only `types` are on, and what was published there meanwhile. */
async function heard(
  region: string,
  { types, calls }: { types: readonly string[]; calls: readonly [call: string, input: object][] },
): Promise<Heard[]> {
  const messages: Heard[] = [];
  const stop = sandbox.state.messageBus?.listen(({ region: where, topic, payload }) => {
    if (where !== region) return;
    messages.push({ topic, payload: JSON.parse(Buffer.from(payload).toString()) });
  });
  const eventConfigurations = Object.fromEntries(types.map((type) => [type, { Enabled: true }]));
  await boto.ok('iot.update_event_configurations', { eventConfigurations }, region);
  for (const [call, input] of calls) await boto.ok(`iot.${call}`, input, region);
  // A message follows the answer of the call that caused it; what is sent after it comes after it.
  await boto.ok(
    'iot.update_event_configurations',
    { eventConfigurations: { THING: { Enabled: true } } },
    region,
  );
  await boto.ok('iot.create_thing', { thingName: 'end-of-test' }, region);
  await expect.poll(() => messages.at(-1)?.topic).toBe('$aws/events/thing/end-of-test/created');
  stop?.();
  return messages.slice(0, -1);
}

behaviour(
  'Changes of the registry are published only where their event type is switched on',
  { known: 'documented', source: 'guide, "Registry events": not available by default' },
  async () => {
    const messages = await heard('eu-west-3', {
      types: ['THING_GROUP'],
      calls: [
        ['create_thing', { thingName: 'quiet' }],
        ['create_thing_type', { thingTypeName: 'quiet' }],
        ['create_thing_group', { thingGroupName: 'loud' }],
      ],
    });
    expect(messages.map(({ topic }) => topic)).toEqual(['$aws/events/thingGroup/loud/created']);
  },
);

behaviour(
  'The eventId of a registry event is 32 hex digits without dashes, another one each time',
  { known: 'measured', source: "LocalStack's tests of IoT, validated on AWS" },
  async () => {
    const messages = await heard('ap-northeast-3', {
      types: ['THING'],
      calls: [
        ['create_thing', { thingName: 'one' }],
        ['create_thing', { thingName: 'two' }],
      ],
    });
    const eventId = EVENT_ID;
    expect(messages).toMatchObject([{ payload: { eventId } }, { payload: { eventId } }]);
    const ids = messages.map(({ payload }) => JSON.stringify(payload).match(/[0-9a-f]{32}/)?.[0]);
    expect(new Set(ids).size).toBe(2);
  },
);

behaviour(
  'A thing that is created, updated and deleted is told with its attributes, type and version',
  { known: 'documented', source: 'guide, "Registry events", Thing Created/Updated/Deleted' },
  async () => {
    const thingName = 'MyThing';
    const messages = await heard('eu-north-1', {
      types: ['THING'],
      calls: [
        ['create_thing', { thingName, attributePayload: { attributes: { a: '1' } } }],
        ['create_thing', { thingName, attributePayload: { attributes: { a: '1' } } }],
        ['update_thing', { thingName, attributePayload: { attributes: { a: '2' } } }],
        ['delete_thing', { thingName }],
        ['delete_thing', { thingName }],
      ],
    });
    const event = (operation: string, versionNumber: number, a: string) => ({
      topic: `$aws/events/thing/MyThing/${operation.toLowerCase()}`,
      payload: {
        ...ACCOUNT,
        eventType: 'THING_EVENT',
        operation,
        thingId: UUID,
        thingName,
        versionNumber,
        thingTypeName: null,
        attributes: { a },
      },
    });
    expect(messages).toEqual([event('CREATED', 1, '1'), event('UPDATED', 2, '2'), event('DELETED', 2, '2')]);
  },
);

behaviour(
  'A thing type that is created, deprecated or undeprecated is told, and every thing that gets or loses a type',
  { known: 'documented', source: 'guide, "Registry events", Thing Type events' },
  async () => {
    const thingTypeName = 'MyThingType';
    const thingTypeProperties = {
      thingTypeDescription: 'My thing type',
      searchableAttributes: ['attribute1'],
    };
    const messages = await heard('eu-south-1', {
      types: ['THING_TYPE', 'THING_TYPE_ASSOCIATION'],
      calls: [
        ['create_thing_type', { thingTypeName, thingTypeProperties }],
        ['create_thing', { thingName: 'myThing', thingTypeName }],
        ['update_thing', { thingName: 'myThing', attributePayload: { attributes: { a: '1' } } }],
        ['update_thing', { thingName: 'myThing', removeThingType: true }],
        ['deprecate_thing_type', { thingTypeName }],
        ['deprecate_thing_type', { thingTypeName, undoDeprecate: true }],
      ],
    });
    const type = (topic: string, { operation, deprecated }: { operation: string; deprecated: boolean }) => ({
      topic: `$aws/events/thingType/MyThingType/${topic}`,
      payload: {
        ...ACCOUNT,
        eventType: 'THING_TYPE_EVENT',
        operation,
        thingTypeId: UUID,
        thingTypeName,
        isDeprecated: deprecated,
        deprecationDate: deprecated ? expect.any(Number) : null,
        searchableAttributes: ['attribute1'],
        description: 'My thing type',
      },
    });
    const association = (operation: string) => ({
      topic: '$aws/events/thingTypeAssociation/thing/myThing/MyThingType',
      payload: {
        ...COMMON,
        eventType: 'THING_TYPE_ASSOCIATION_EVENT',
        operation,
        thingId: UUID,
        thingName: 'myThing',
        thingTypeName,
      },
    });
    expect(messages).toEqual([
      type('created', { operation: 'CREATED', deprecated: false }),
      association('CREATED'),
      association('DELETED'),
      type('updated', { operation: 'UPDATED', deprecated: true }),
      type('updated', { operation: 'UPDATED', deprecated: false }),
    ]);
  },
);

behaviour(
  'A thing group that is created, updated and deleted is told with its ancestors, and that it came under its parent',
  { known: 'documented', source: 'guide, "Registry events", Thing Group events and hierarchy events' },
  async () => {
    const region = 'ap-east-1';
    const thingGroupName = 'MyChildThingGroup';
    const messages = await heard(region, {
      types: ['THING_GROUP', 'THING_GROUP_HIERARCHY'],
      calls: [
        ['create_thing_group', { thingGroupName: 'MyRootThingGroup' }],
        ['create_thing_group', { thingGroupName, parentGroupName: 'MyRootThingGroup' }],
        ['update_thing_group', { thingGroupName, thingGroupProperties: { thingGroupDescription: 'child' } }],
        ['delete_thing_group', { thingGroupName }],
      ],
    });
    const root = {
      groupName: 'MyRootThingGroup',
      groupArn: `arn:aws:iot:${region}:123456789012:thinggroup/MyRootThingGroup`,
    };
    const group = (operation: string, more: object) => ({
      topic: `$aws/events/thingGroup/MyChildThingGroup/${operation.toLowerCase()}`,
      payload: {
        ...ACCOUNT,
        eventType: 'THING_GROUP_EVENT',
        operation,
        thingGroupId: UUID,
        thingGroupName,
        parentGroupName: 'MyRootThingGroup',
        parentGroupId: UUID,
        rootToParentThingGroups: [root],
        attributes: {},
        ...more,
      },
    });
    const hierarchy = (operation: string) => ({
      topic: `$aws/events/thingGroupHierarchy/thingGroup/MyRootThingGroup/childThingGroup/MyChildThingGroup/${operation.toLowerCase()}`,
      payload: {
        ...ACCOUNT,
        eventType: 'THING_GROUP_HIERARCHY_EVENT',
        operation,
        thingGroupId: UUID,
        thingGroupName: 'MyRootThingGroup',
        childGroupId: UUID,
        childGroupName: thingGroupName,
      },
    });
    expect(messages[0]?.payload).toMatchObject({
      parentGroupName: null,
      parentGroupId: null,
      rootToParentThingGroups: null,
    });
    expect(messages.slice(1)).toEqual([
      group('CREATED', { versionNumber: 1, description: null }),
      hierarchy('ADDED'),
      group('UPDATED', { versionNumber: 2, description: 'child' }),
      hierarchy('REMOVED'),
      group('DELETED', { versionNumber: 2, description: 'child' }),
    ]);
  },
);

behaviour(
  'A thing that joins and leaves a thing group is told, with one id for the membership',
  { known: 'documented', source: 'guide, "Registry events", Thing Added to or Removed from a Thing Group' },
  async () => {
    const region = 'sa-east-1';
    const membership = { thingGroupName: 'g', thingName: 't' };
    const messages = await heard(region, {
      types: ['THING_GROUP_MEMBERSHIP'],
      calls: [
        ['create_thing', { thingName: 't' }],
        ['create_thing_group', { thingGroupName: 'g' }],
        ['add_thing_to_thing_group', membership],
        ['add_thing_to_thing_group', membership],
        ['remove_thing_from_thing_group', membership],
        ['remove_thing_from_thing_group', membership],
      ],
    });
    const event = (operation: string) => ({
      topic: `$aws/events/thingGroupMembership/thingGroup/g/thing/t/${operation.toLowerCase()}`,
      payload: {
        ...ACCOUNT,
        eventType: 'THING_GROUP_MEMBERSHIP_EVENT',
        operation,
        groupArn: `arn:aws:iot:${region}:123456789012:thinggroup/g`,
        groupId: UUID,
        thingArn: `arn:aws:iot:${region}:123456789012:thing/t`,
        thingId: UUID,
        membershipId: UUID,
      },
    });
    expect(messages).toEqual([event('ADDED'), event('REMOVED')]);
    const ids = messages.map(({ payload }) => JSON.parse(JSON.stringify(payload)).membershipId);
    expect(ids[0]).toBe(ids[1]);
  },
);

behaviour(
  'An event whose topic would have more than 256 bytes is not published, and the call that caused it succeeds',
  { known: 'assumed', source: '' },
  async () => {
    const [thingName, thingGroupName] = ['t'.repeat(128), 'g'.repeat(128)];
    const messages = await heard('me-south-1', {
      types: ['THING_GROUP_MEMBERSHIP'],
      calls: [
        ['create_thing', { thingName }],
        ['create_thing_group', { thingGroupName }],
        ['add_thing_to_thing_group', { thingName, thingGroupName }],
      ],
    });
    expect(messages).toEqual([]);
    expect(sandbox.state.explanations.after(0)).toContainEqual(
      expect.objectContaining({ code: 'event-not-published', region: 'me-south-1' }),
    );
  },
);
