import { ListTagsForResourceCommand, TagResourceCommand } from '@aws-sdk/client-iot';
import { expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { CertificateMaker } from '@/lib/sandbox/testing/certificate-maker';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';

const { sandbox, boto } = await testSandbox();

const REFUSED = { name: 'InvalidRequestException', status: 400 };
const ARN = 'arn:aws:iot:us-east-2:123456789012:';
const tagsOf = async (resourceArn: string) =>
  (await boto.ok('iot.list_tags_for_resource', { resourceArn }))['tags'];
const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: 'v' }));
async function newType(thingTypeName: string, tags: object[] = []): Promise<string> {
  return (await boto.ok('iot.create_thing_type', { thingTypeName, tags }))['thingTypeArn'];
}

behaviour(
  'Tags given at creation and by TagResource are listed; a key that is there gets the new value, an absent value is empty',
  { known: 'documented', source: 'guide, "Tagging your AWS IoT resources"' },
  async () => {
    const resourceArn = await newType('tagged', [{ Key: 'env', Value: 'test' }]);
    const tags = [{ Key: 'env', Value: 'prod' }, { Key: 'Env', Value: 'case' }, { Key: 'flag' }];
    const { iot } = clientsFor(sandbox.api);
    await iot.send(new TagResourceCommand({ resourceArn, tags }));
    const listed = await iot.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(listed.tags).toEqual([tags[0], tags[1], { Key: 'flag', Value: '' }]);
    expect(listed.nextToken).toBeUndefined();
    await boto.ok('iot.untag_resource', { resourceArn, tagKeys: ['env', 'never-there'] });
    expect(await tagsOf(resourceArn)).toEqual([tags[1], { Key: 'flag', Value: '' }]);
  },
);

behaviour(
  'Thing types, thing groups, billing groups, policies and CA certificates can be tagged when they are there',
  { known: 'documented', source: 'Service Authorization Reference for AWS IoT; service model, TagResource' },
  async () => {
    const policyDocument =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';
    const { policyArn } = await boto.ok('iot.create_policy', { policyName: 'tagged', policyDocument });
    const { thingGroupArn } = await boto.ok('iot.create_thing_group', { thingGroupName: 'tagged' });
    const { billingGroupArn } = await boto.ok('iot.create_billing_group', { billingGroupName: 'tagged' });
    await using maker = await CertificateMaker.open();
    const { certificateArn: caArn } = await boto.ok('iot.register_ca_certificate', {
      caCertificate: (await maker.ca()).pem,
      certificateMode: 'SNI_ONLY',
    });
    const tags = [{ Key: 'k', Value: 'v' }];
    for (const resourceArn of [policyArn, thingGroupArn, billingGroupArn, caArn]) {
      expect(await tagsOf(resourceArn)).toEqual([]);
      await boto.ok('iot.tag_resource', { resourceArn, tags });
      expect(await tagsOf(resourceArn)).toEqual(tags);
    }
    const absent = [
      'policy/none',
      'thingtype/none',
      'rule/none',
      `cacert/${'0'.repeat(64)}`,
      'rolealias/none',
    ];
    const elsewhere = [
      policyArn.replace('us-east-2', 'us-east-1'),
      policyArn.replace('123456789012', '1'.repeat(12)),
    ];
    for (const resourceArn of [...absent.map((resource) => ARN + resource), ...elsewhere]) {
      for (const [call, input] of [
        ['tag_resource', { tags }],
        ['untag_resource', { tagKeys: ['k'] }],
        ['list_tags_for_resource', {}],
      ] as const) {
        expect(await boto.refusal(`iot.${call}`, { resourceArn, ...input })).toMatchObject({
          name: 'ResourceNotFoundException',
          status: 404,
        });
      }
    }
  },
);

behaviour(
  'Things and certificates cannot be tagged',
  {
    known: 'documented',
    source: 'guide, "Billing groups": AWS IoT does not allow tags on individual things',
  },
  async () => {
    const { thingArn } = await boto.ok('iot.create_thing', { thingName: 'untaggable' });
    for (const resourceArn of [thingArn, `${ARN}cert/${'0'.repeat(64)}`, 'no-arn']) {
      const tags = [{ Key: 'k', Value: 'v' }];
      expect(await boto.refusal('iot.tag_resource', { resourceArn, tags })).toMatchObject(REFUSED);
    }
  },
);

behaviour(
  'A resource has at most 50 tags: TagResource is LimitExceededException, and nothing is added',
  { known: 'documented', source: 'guide, "Tag restrictions and limitations"; service model, TagResource' },
  async () => {
    const resourceArn = await newType('full', numbered(50));
    const more = {
      resourceArn,
      tags: [
        { Key: 'k0', Value: 'new' },
        { Key: 'k50', Value: 'v' },
      ],
    };
    expect(await boto.refusal('iot.tag_resource', more)).toMatchObject({
      name: 'LimitExceededException',
      status: 410,
    });
    expect(await tagsOf(resourceArn)).toEqual(numbered(50));
    await boto.ok('iot.tag_resource', { resourceArn, tags: [{ Key: 'k0', Value: 'new' }] });
    const input = { thingTypeName: 'overfull', tags: numbered(51) };
    expect(await boto.refusal('iot.create_thing_type', input)).toMatchObject(REFUSED);
    expect((await boto.refusal('iot.describe_thing_type', { thingTypeName: 'overfull' })).status).toBe(404);
  },
);

behaviour(
  'Keys have 1 to 128 and values up to 256 characters of the allowed ones, no key comes twice, and aws: is reserved',
  { known: 'documented', source: 'service model, Tag; guide, "Tag restrictions and limitations"' },
  async () => {
    const resourceArn = await newType('strict');
    await boto.ok('iot.tag_resource', {
      resourceArn,
      tags: [{ Key: 'é @+=._:/-'.padEnd(128, 'k'), Value: 'v'.repeat(256) }],
    });
    const bad = [
      [{ Key: '', Value: 'v' }],
      [{ Key: 'k'.repeat(129), Value: 'v' }],
      [{ Key: 'k', Value: 'v'.repeat(257) }],
      [{ Key: 'a#b', Value: 'v' }],
      [{ Key: 'aws:cloudformation', Value: 'v' }],
      [{ Key: 'AWS:x', Value: 'v' }],
      [{ Key: 'k', Value: 'aws:x' }],
      [
        { Key: 'k', Value: '1' },
        { Key: 'k', Value: '2' },
      ],
    ];
    for (const tags of bad) {
      expect(await boto.refusal('iot.tag_resource', { resourceArn, tags })).toMatchObject(REFUSED);
    }
    expect(await tagsOf(resourceArn)).toHaveLength(1);
  },
);
