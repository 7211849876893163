import { expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';

const { boto } = await testSandbox();

const REFUSED = { name: 'InvalidRequestException', status: 400 };
const MISSING = { name: 'ResourceNotFoundException', status: 404 };

const create = (billingGroupName: string, more: object = {}) =>
  boto.ok('iot.create_billing_group', { billingGroupName, ...more });
const createThing = (thingName: string, more: object = {}) =>
  boto.ok('iot.create_thing', { thingName, ...more });
const thingsIn = async (billingGroupName: string, more: object = {}) =>
  (await boto.ok('iot.list_things_in_billing_group', { billingGroupName, ...more }))['things'];

behaviour(
  'CreateBillingGroup again with the same configuration succeeds, with another it is ResourceAlreadyExistsException',
  { known: 'documented', source: 'service model, CreateBillingGroup' },
  async () => {
    const billingGroupProperties = { billingGroupDescription: 'cost centre 7' };
    const first = await create('centre', { billingGroupProperties });
    expect(first).toMatchObject({
      billingGroupName: 'centre',
      billingGroupArn: 'arn:aws:iot:us-east-2:123456789012:billinggroup/centre',
    });
    expect(await create('centre', { billingGroupProperties })).toEqual(first);
    const refusal = await boto.refusal('iot.create_billing_group', { billingGroupName: 'centre' });
    expect(refusal).toMatchObject({ name: 'ResourceAlreadyExistsException', status: 409 });
    const described = await boto.ok('iot.describe_billing_group', { billingGroupName: 'centre' });
    expect(described).toMatchObject({ ...first, version: 1, billingGroupProperties });
    expect(described['billingGroupMetadata']).toEqual({ creationDate: expect.any(String) });
    expect(await boto.refusal('iot.describe_billing_group', { billingGroupName: 'none' })).toMatchObject(
      MISSING,
    );
  },
);

behaviour(
  'UpdateBillingGroup and DeleteBillingGroup check the expected version',
  { known: 'documented', source: 'service model, UpdateBillingGroup and DeleteBillingGroup' },
  async () => {
    await create('versioned');
    const update = (billingGroupDescription: string, expectedVersion: number) => ({
      billingGroupName: 'versioned',
      billingGroupProperties: { billingGroupDescription },
      expectedVersion,
    });
    expect(await boto.ok('iot.update_billing_group', update('one', 1))).toEqual({ version: 2 });
    const conflict = { name: 'VersionConflictException', status: 409 };
    expect(await boto.refusal('iot.update_billing_group', update('two', 1))).toMatchObject(conflict);
    const remove = { billingGroupName: 'versioned', expectedVersion: 1 };
    expect(await boto.refusal('iot.delete_billing_group', remove)).toMatchObject(conflict);
    await boto.ok('iot.delete_billing_group', { ...remove, expectedVersion: 2 });
    await boto.ok('iot.delete_billing_group', remove);
  },
);

behaviour(
  'A thing is in one billing group at most, and DescribeThing names it',
  { known: 'documented', source: 'AWS IoT Core quotas; that the second is refused, not a move, is assumed' },
  async () => {
    for (const name of ['first', 'second']) await create(name);
    await createThing('paid');
    const call = 'iot.add_thing_to_billing_group';
    const input = { billingGroupName: 'first', thingName: 'paid' };
    await boto.ok(call, input);
    await boto.ok(call, input);
    expect(await boto.ok('iot.describe_thing', { thingName: 'paid' })).toMatchObject({
      billingGroupName: 'first',
      version: 1,
    });
    expect(await boto.refusal(call, { ...input, billingGroupName: 'second' })).toMatchObject(REFUSED);
    await boto.ok('iot.remove_thing_from_billing_group', { ...input, billingGroupName: 'second' });
    expect(await thingsIn('first')).toEqual(['paid']);
    const billingGroupArn = 'arn:aws:iot:us-east-2:123456789012:billinggroup/first';
    const thingArn = 'arn:aws:iot:us-east-2:123456789012:thing/paid';
    await boto.ok('iot.remove_thing_from_billing_group', { billingGroupArn, thingArn });
    expect(await thingsIn('first')).toEqual([]);
    await boto.ok(call, { ...input, billingGroupName: 'second' });
    expect(await boto.refusal(call, { ...input, billingGroupName: 'none' })).toMatchObject(MISSING);
  },
);

behaviour(
  'CreateThing puts the thing in a billing group that is there',
  { known: 'documented', source: 'service model, CreateThing' },
  async () => {
    await create('born');
    const first = await createThing('native', { billingGroupName: 'born' });
    expect(await createThing('native', { billingGroupName: 'born' })).toEqual(first);
    expect(await thingsIn('born')).toEqual(['native']);
    const input = { thingName: 'foreign', billingGroupName: 'none' };
    expect(await boto.refusal('iot.create_thing', input)).toMatchObject(MISSING);
    expect(await boto.refusal('iot.describe_thing', { thingName: 'foreign' })).toMatchObject(MISSING);
  },
);

behaviour(
  'DeleteBillingGroup is refused while things are in it; a deleted thing is in none',
  { known: 'assumed', source: '' },
  async () => {
    const billingGroupName = 'full';
    await create(billingGroupName);
    await createThing('occupant', { billingGroupName });
    expect(await boto.refusal('iot.delete_billing_group', { billingGroupName })).toMatchObject(REFUSED);
    await boto.ok('iot.delete_thing', { thingName: 'occupant' });
    expect(await thingsIn(billingGroupName)).toEqual([]);
    await boto.ok('iot.delete_billing_group', { billingGroupName });
  },
);

behaviour(
  'ListBillingGroups filters by prefix; it and ListThingsInBillingGroup come page by page',
  { known: 'documented', source: 'service model, ListBillingGroups' },
  async () => {
    const region = 'eu-west-2';
    for (const billingGroupName of ['site-a', 'site-b', 'lab']) {
      await boto.ok('iot.create_billing_group', { billingGroupName }, region);
    }
    const list = async (input: object) => {
      const { billingGroups, nextToken } = await boto.ok('iot.list_billing_groups', input, region);
      return { names: billingGroups.map((group: { groupName: string }) => group.groupName), nextToken };
    };
    expect((await list({ namePrefixFilter: 'site-' })).names).toEqual(['site-a', 'site-b']);
    const first = await list({ maxResults: 2 });
    expect(await list({ maxResults: 2, nextToken: first.nextToken })).toEqual({ names: ['lab'] });

    await create('paged');
    for (let count = 1; count <= 3; count += 1)
      await createThing(`paged${count}`, { billingGroupName: 'paged' });
    const page = { billingGroupName: 'paged', maxResults: 2 };
    const { nextToken } = await boto.ok('iot.list_things_in_billing_group', page);
    expect(await thingsIn('paged', { ...page, nextToken })).toEqual(['paged3']);
  },
);
