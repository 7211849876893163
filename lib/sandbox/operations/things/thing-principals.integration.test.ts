import { afterAll, beforeAll, expect } from 'vitest';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import { CertificateMaker } from '@/lib/sandbox/testing/certificate-maker';

let sandbox: Sandbox;
let boto: Boto;
let maker: CertificateMaker;
beforeAll(async () => {
  sandbox = await startSandbox();
  boto = new Boto(sandbox.api);
  maker = await CertificateMaker.open();
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await maker[Symbol.asyncDispose]();
  await sandbox.close();
});

const REFUSED = { name: 'InvalidRequestException', status: 400 };
const MISSING = { name: 'ResourceNotFoundException', status: 404 };
const UNKNOWN_ARN = `arn:aws:iot:us-east-2:123456789012:cert/${'0'.repeat(64)}`;

async function newPrincipal(): Promise<string> {
  const { pem: certificatePem } = await maker.ca();
  return (await boto.ok('iot.register_certificate_without_ca', { certificatePem }))['certificateArn'];
}
const createThings = async (...names: readonly string[]) => {
  for (const thingName of names) await boto.ok('iot.create_thing', { thingName });
};
const attachment = (thingName: string, principal: string, thingPrincipalType?: string) => ({
  thingName,
  principal,
  ...(thingPrincipalType && { thingPrincipalType }),
});
const attach = (...args: Parameters<typeof attachment>) =>
  boto.ok('iot.attach_thing_principal', attachment(...args));
const attachRefusal = (...args: Parameters<typeof attachment>) =>
  boto.refusal('iot.attach_thing_principal', attachment(...args));

behaviour(
  'A thing that holds principals cannot be deleted until they are detached',
  { known: 'measured', source: 'CGI-FR/IoT-Hub-Portal #2147, with the text' },
  async () => {
    const principal = await newPrincipal();
    await createThings('holder');
    await attach('holder', principal);
    await attach('holder', principal);
    const thingName = 'holder';
    expect((await boto.ok('iot.list_thing_principals', { thingName }))['principals']).toEqual([principal]);
    expect((await boto.ok('iot.list_principal_things', { principal }))['things']).toEqual([thingName]);
    expect(await boto.refusal('iot.delete_thing', { thingName })).toEqual({
      ...REFUSED,
      message: 'Cannot delete. Thing holder is still attached to one or more principals',
    });
    await boto.ok('iot.detach_thing_principal', { thingName, principal });
    await boto.ok('iot.detach_thing_principal', { thingName, principal });
    await boto.ok('iot.delete_thing', { thingName });
    await boto.ok('iot.delete_thing', { thingName });
  },
);

behaviour(
  'Listing the principals of a thing that is not there says so',
  { known: 'measured', source: 'getmoto/moto, tests' },
  async () => {
    for (const call of ['iot.list_thing_principals', 'iot.list_thing_principals_v2']) {
      expect(await boto.refusal(call, { thingName: 'nothing' })).toEqual({
        ...MISSING,
        message:
          'Failed to list principals for thing nothing because the thing does not exist in your account',
      });
    }
  },
);

behaviour(
  'AttachThingPrincipal needs a thing and a principal that are there',
  { known: 'documented', source: 'service model, AttachThingPrincipal' },
  async () => {
    await createThings('lonely');
    expect(await attachRefusal('nothing', await newPrincipal())).toMatchObject(MISSING);
    expect(await attachRefusal('lonely', UNKNOWN_ARN)).toMatchObject(MISSING);
    expect(await attachRefusal('lonely', 'no-arn')).toMatchObject(REFUSED);
    expect(await attachRefusal('lonely', UNKNOWN_ARN, 'SHARED')).toMatchObject(REFUSED);
  },
);

behaviour(
  'A principal that is attached exclusively is attached to that thing only',
  { known: 'documented', source: 'service model, AttachThingPrincipal; guide, "Exclusive things"' },
  async () => {
    const principal = await newPrincipal();
    await createThings('sole', 'second');
    await attach('sole', principal, 'EXCLUSIVE_THING');
    await attach('sole', principal, 'EXCLUSIVE_THING');
    expect(await attachRefusal('second', principal)).toMatchObject(REFUSED);
    expect(await attachRefusal('second', principal, 'EXCLUSIVE_THING')).toMatchObject(REFUSED);
    await boto.ok('iot.detach_thing_principal', attachment('sole', principal));
    await attach('second', principal, 'EXCLUSIVE_THING');
  },
);

behaviour(
  'A principal that is attached to another thing cannot be attached exclusively, but to a thing that has other principals',
  {
    known: 'documented',
    source: 'service model, AttachThingPrincipal: the principal is exclusive, the thing is not',
  },
  async () => {
    const [shared, exclusive] = [await newPrincipal(), await newPrincipal()];
    await createThings('common', 'also');
    await attach('common', shared);
    await attach('also', shared, 'NON_EXCLUSIVE_THING');
    const third = await newPrincipal();
    await attach('common', third);
    expect(await attachRefusal('also', third, 'EXCLUSIVE_THING')).toMatchObject(REFUSED);
    await attach('common', exclusive, 'EXCLUSIVE_THING');
    const { thingPrincipalObjects } = await boto.ok('iot.list_thing_principals_v2', { thingName: 'common' });
    expect(thingPrincipalObjects).toHaveLength(3);
  },
);

behaviour(
  'How a principal is attached to a thing changes only by detaching it first',
  { known: 'assumed', source: '' },
  async () => {
    const principal = await newPrincipal();
    await createThings('steady');
    await attach('steady', principal);
    expect(await attachRefusal('steady', principal, 'EXCLUSIVE_THING')).toMatchObject(REFUSED);
    await boto.ok('iot.detach_thing_principal', attachment('steady', principal));
    await attach('steady', principal, 'EXCLUSIVE_THING');
    expect(await attachRefusal('steady', principal, 'NON_EXCLUSIVE_THING')).toMatchObject(REFUSED);
  },
);

behaviour(
  'The V2 lists tell how each principal is attached, filter by it, and come page by page',
  { known: 'documented', source: 'service model, ListThingPrincipalsV2 and ListPrincipalThingsV2' },
  async () => {
    const principals = [await newPrincipal(), await newPrincipal(), await newPrincipal()].sort((a, b) =>
      a < b ? -1 : 1,
    );
    const [first = '', second = '', third = ''] = principals;
    await createThings('seen', 'seen-too');
    await attach('seen', first, 'EXCLUSIVE_THING');
    for (const principal of [second, third]) await attach('seen', principal);
    await attach('seen-too', second);
    const seen = async (more: object) =>
      boto.ok('iot.list_thing_principals_v2', { thingName: 'seen', ...more });
    const exclusive = { principal: first, thingPrincipalType: 'EXCLUSIVE_THING' };
    const shared = [second, third].map((principal) => ({
      principal,
      thingPrincipalType: 'NON_EXCLUSIVE_THING',
    }));
    expect((await seen({}))['thingPrincipalObjects']).toEqual([exclusive, ...shared]);
    const filtered = { thingPrincipalType: 'NON_EXCLUSIVE_THING' };
    expect((await seen(filtered))['thingPrincipalObjects']).toEqual(shared);
    const page = await seen({ ...filtered, maxResults: 1 });
    expect(page['thingPrincipalObjects']).toEqual([shared[0]]);
    const rest = await seen({ ...filtered, maxResults: 1, nextToken: page['nextToken'] });
    expect(rest).toEqual({ thingPrincipalObjects: [shared[1]] });
    expect(
      await boto.refusal('iot.list_thing_principals_v2', {
        thingName: 'seen',
        nextToken: page['nextToken'],
      }),
    ).toMatchObject(REFUSED);

    const things = async (principal: string, more: object = {}) =>
      (await boto.ok('iot.list_principal_things_v2', { principal, ...more }))['principalThingObjects'];
    expect(await things(second)).toEqual([
      { thingName: 'seen', thingPrincipalType: 'NON_EXCLUSIVE_THING' },
      { thingName: 'seen-too', thingPrincipalType: 'NON_EXCLUSIVE_THING' },
    ]);
    expect(await things(first, { thingPrincipalType: 'EXCLUSIVE_THING' })).toHaveLength(1);
    expect(await things(first, { thingPrincipalType: 'NON_EXCLUSIVE_THING' })).toEqual([]);
    expect(await boto.refusal('iot.list_principal_things_v2', { principal: UNKNOWN_ARN })).toMatchObject(
      MISSING,
    );
  },
);
