import { expect, it } from 'vitest';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';

const { boto } = await testSandbox();

it('answers with the output, or with name and status of a refusal', async () => {
  const first = await boto.ok('iot.create_thing', { thingName: 'pump' });
  expect(await boto.ok('iot.create_thing', { thingName: 'pump' })).toEqual(first);
  const other = { thingName: 'pump', attributePayload: { attributes: { a: 'b' } } };
  expect(await boto.refusal('iot.create_thing', other)).toMatchObject({
    name: 'ResourceAlreadyExistsException',
    status: 409,
  });
});
