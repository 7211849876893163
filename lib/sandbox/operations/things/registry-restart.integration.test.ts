import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startSandbox } from '@/lib/sandbox/start-sandbox';
import { Boto, type BotoOutput } from '@/lib/sandbox/testing/boto';

it('types, groups, billing groups, tags and event configurations are there after a restart, with what hangs on them', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'registry-'));
  try {
    const before = await during(dataDir, async (boto) => {
      const tags = [{ Key: 'k', Value: 'v' }];
      await boto.ok('iot.create_thing_type', { thingTypeName: 'type', tags });
      await boto.ok('iot.create_billing_group', { billingGroupName: 'bill' });
      await boto.ok('iot.create_thing', {
        thingName: 'thing',
        thingTypeName: 'type',
        billingGroupName: 'bill',
      });
      await boto.ok('iot.create_thing_group', { thingGroupName: 'root' });
      await boto.ok('iot.create_thing_group', { thingGroupName: 'child', parentGroupName: 'root' });
      await boto.ok('iot.add_thing_to_thing_group', { thingGroupName: 'child', thingName: 'thing' });
      const eventConfigurations = { THING: { Enabled: true } };
      await boto.ok('iot.update_event_configurations', { eventConfigurations });
      return seen(boto);
    });
    const after = await during(dataDir, async (boto) => {
      for (const [call, input] of [
        ['delete_billing_group', { billingGroupName: 'bill' }],
        ['delete_thing_group', { thingGroupName: 'root' }],
      ] as const) {
        expect((await boto.refusal(`iot.${call}`, input)).name).toBe('InvalidRequestException');
      }
      return seen(boto);
    });
    expect(after).toEqual(before);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});

async function during<Result>(dataDir: string, run: (boto: Boto) => Promise<Result>): Promise<Result> {
  await using sandbox = await startSandbox({ dataDir });
  using boto = new Boto(sandbox.api);
  return await run(boto);
}

async function seen(boto: Boto): Promise<BotoOutput[]> {
  const resourceArn = 'arn:aws:iot:us-east-2:123456789012:thingtype/type';
  const outputs: BotoOutput[] = [];
  for (const [call, input] of [
    ['describe_thing_type', { thingTypeName: 'type' }],
    ['describe_thing', { thingName: 'thing' }],
    ['describe_thing_group', { thingGroupName: 'child' }],
    ['list_thing_groups_for_thing', { thingName: 'thing' }],
    ['list_things_in_thing_group', { thingGroupName: 'root', recursive: true }],
    ['list_things_in_billing_group', { billingGroupName: 'bill' }],
    ['list_tags_for_resource', { resourceArn }],
    ['describe_event_configurations', {}],
  ] as const) {
    outputs.push(await boto.ok(`iot.${call}`, input));
  }
  return outputs;
}
