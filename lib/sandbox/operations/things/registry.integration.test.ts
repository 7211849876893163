/** What things, thing types, thing groups and billing groups have in common; through boto3. */
import { expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';

const REFUSED = { name: 'InvalidRequestException', status: 400 };
const MISSING = { name: 'ResourceNotFoundException', status: 404 };
const { boto } = await testSandbox();

/** In boto3's words, and the member that holds the name. */
const KINDS = [
  ['thing', 'thingName'],
  ['thing_type', 'thingTypeName'],
  ['thing_group', 'thingGroupName'],
  ['billing_group', 'billingGroupName'],
] as const;

behaviour(
  'Names of things, thing types, thing groups and billing groups are 1 to 128 of letters, digits and : _ -',
  {
    known: 'documented',
    source: 'service model, ThingName, ThingTypeName, ThingGroupName and BillingGroupName',
  },
  async () => {
    for (const [kind, member] of KINDS) {
      await boto.ok(`iot.create_${kind}`, { [member]: `a:B_9-${'x'.repeat(122)}` });
      for (const name of ['a.b', 'a b', 'a@b', 'ü', 'x'.repeat(129)]) {
        expect(await boto.refusal(`iot.create_${kind}`, { [member]: name }), name).toMatchObject(REFUSED);
      }
    }
  },
);

behaviour(
  'What is not there cannot be described or updated: ResourceNotFoundException 404',
  { known: 'documented', source: 'service model, errors of the registry operations' },
  async () => {
    for (const [kind, member] of KINDS) {
      expect(await boto.refusal(`iot.describe_${kind}`, { [member]: 'absent' })).toMatchObject(MISSING);
    }
    const updates: [call: string, input: object][] = [
      ['iot.update_thing', { thingName: 'absent' }],
      ['iot.deprecate_thing_type', { thingTypeName: 'absent' }],
      ['iot.update_thing_group', { thingGroupName: 'absent', thingGroupProperties: {} }],
      ['iot.update_billing_group', { billingGroupName: 'absent', billingGroupProperties: {} }],
    ];
    for (const [call, input] of updates) expect(await boto.refusal(call, input), call).toMatchObject(MISSING);
  },
);

behaviour(
  'DeleteThing of a thing that is not there succeeds',
  { known: 'documented', source: 'API reference, DeleteThing' },
  async () => {
    await boto.ok('iot.delete_thing', { thingName: 'absent' });
  },
);

behaviour(
  'DescribeThing tells the default client id, which is the name, the id, the version and the billing group',
  { known: 'documented', source: 'API reference, DescribeThing' },
  async () => {
    await boto.ok('iot.create_billing_group', { billingGroupName: 'Plant' });
    const input = { thingName: 'press', billingGroupName: 'Plant' };
    const { thingId, thingArn } = await boto.ok('iot.create_thing', input);
    expect(thingId).toMatch(/^[0-9a-f-]{36}$/);
    expect(await boto.ok('iot.describe_thing', { thingName: 'press' })).toEqual({
      ...{ thingName: 'press', defaultClientId: 'press', thingId, thingArn },
      ...{ billingGroupName: 'Plant', attributes: {}, version: 1 },
    });
  },
);

behaviour(
  'DetachThingPrincipal of a principal that is not attached succeeds',
  { known: 'assumed', source: '' },
  async () => {
    await boto.ok('iot.create_thing', { thingName: 'lonely' });
    const { certificateArn: principal } = await boto.ok('iot.create_keys_and_certificate');
    await boto.ok('iot.detach_thing_principal', { thingName: 'lonely', principal });
  },
);

behaviour('Things are listed in the order of their creation', { known: 'assumed', source: '' }, async () => {
  const names = ['c', 'a', 'b'];
  for (const thingName of names) await boto.ok('iot.create_thing', { thingName }, 'eu-north-1');
  const { things } = await boto.ok('iot.list_things', {}, 'eu-north-1');
  expect(things.map(({ thingName }: { thingName: string }) => thingName)).toEqual(names);
});

behaviour(
  'A thing group has at most 50 attributes',
  { known: 'documented', source: 'AWS IoT Core quotas' },
  async () => {
    const group = (count: number) => {
      const entries = Array.from({ length: count }, (_, index) => [`a${index}`, 'x']);
      return { thingGroupProperties: { attributePayload: { attributes: Object.fromEntries(entries) } } };
    };
    await boto.ok('iot.create_thing_group', { thingGroupName: 'full', ...group(50) });
    const over = { thingGroupName: 'over', ...group(51) };
    expect(await boto.refusal('iot.create_thing_group', over)).toMatchObject(REFUSED);
  },
);
