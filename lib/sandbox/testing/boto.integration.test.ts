import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { Boto } from './boto';

let sandbox: Sandbox;
let boto: Boto;
beforeAll(async () => {
  sandbox = await startSandbox();
  boto = new Boto(sandbox.api);
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await sandbox.close();
});

it('answers with the output, or with name and status of a refusal', async () => {
  const first = await boto.ok('iot.create_thing', { thingName: 'pump' });
  expect(await boto.ok('iot.create_thing', { thingName: 'pump' })).toEqual(first);
  const other = { thingName: 'pump', attributePayload: { attributes: { a: 'b' } } };
  expect(await boto.refusal('iot.create_thing', other)).toMatchObject({
    name: 'ResourceAlreadyExistsException',
    status: 409,
  });
});
