import {
  AttachPolicyCommand,
  AttachPrincipalPolicyCommand,
  AttachThingPrincipalCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateThingCommand,
  CreateTopicRuleCommand,
  DeleteCertificateCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteThingCommand,
  DescribeEndpointCommand,
  DescribeThingCommand,
  DetachPolicyCommand,
  DetachThingPrincipalCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  type IoTClient,
  ListAttachedPoliciesCommand,
  ListPoliciesCommand,
  ListPolicyPrincipalsCommand,
  ListPolicyVersionsCommand,
  ListPrincipalPoliciesCommand,
  ListPrincipalThingsCommand,
  ListTargetsForPolicyCommand,
  ListThingPrincipalsCommand,
  ListThingPrincipalsV2Command,
  ListThingsCommand,
  paginateListThings,
  RegisterCertificateWithoutCACommand,
  SetDefaultPolicyVersionCommand,
  UpdateThingCommand,
} from '@aws-sdk/client-iot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from './start-sandbox';
import { CertificateMaker } from './testing/certificate-maker';
import { clientsFor, refusalOf } from './testing/clients';

const OPEN = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';
const UNKNOWN_ARN = `arn:aws:iot:us-east-2:123456789012:cert/${'0'.repeat(64)}`;

let sandbox: Sandbox;
let maker: CertificateMaker;
let iot: IoTClient;

beforeAll(async () => {
  sandbox = await startSandbox();
  maker = await CertificateMaker.open();
  iot = clientsFor(sandbox.api).iot;
});
afterAll(async () => {
  await maker[Symbol.asyncDispose]();
  await sandbox.close();
});

/** A certificate to attach to. */
async function newPrincipal(): Promise<{ arn: string; id: string }> {
  const { pem: certificatePem } = await maker.ca();
  const registered = await iot.send(new RegisterCertificateWithoutCACommand({ certificatePem }));
  return { arn: registered.certificateArn ?? '', id: registered.certificateId ?? '' };
}

const createPolicy = (policyName: string, policyDocument = OPEN) =>
  iot.send(new CreatePolicyCommand({ policyName, policyDocument }));

describe('policies', () => {
  it('have versions of which one is in force', async () => {
    const policyName = 'a+b@c,d=e.f-g';
    expect(await createPolicy(policyName)).toMatchObject({
      policyVersionId: '1',
      policyArn: `arn:aws:iot:us-east-2:123456789012:policy/${policyName}`,
    });
    expect((await refusalOf(createPolicy(policyName))).message).toBe(
      `Policy cannot be created - name already exists (name=${policyName})`,
    );
    const newVersion = (setAsDefault: boolean) =>
      iot.send(new CreatePolicyVersionCommand({ policyName, policyDocument: OPEN, setAsDefault }));
    for (const setAsDefault of [false, true, false, false]) await newVersion(setAsDefault);
    expect(await refusalOf(newVersion(false))).toEqual({
      name: 'VersionsLimitExceededException',
      status: 409,
      message: `The policy ${policyName} already has the maximum number of versions (5)`,
    });
    expect((await iot.send(new GetPolicyCommand({ policyName }))).defaultVersionId).toBe('3');
    const listed = await iot.send(new ListPolicyVersionsCommand({ policyName }));
    expect(listed.policyVersions?.map(({ versionId }) => versionId)).toEqual(['5', '4', '3', '2', '1']);

    const deleteVersion = (policyVersionId: string) =>
      iot.send(new DeletePolicyVersionCommand({ policyName, policyVersionId }));
    expect((await refusalOf(deleteVersion('3'))).message).toBe(
      'Cannot delete the default version of a policy',
    );
    expect((await refusalOf(iot.send(new DeletePolicyCommand({ policyName })))).message).toBe(
      'Cannot delete the policy because it has one or more policy versions attached to it',
    );
    for (const version of ['1', '2', '4', '5']) await deleteVersion(version);
    expect((await newVersion(true)).policyVersionId).toBe('6');
    await iot.send(new SetDefaultPolicyVersionCommand({ policyName, policyVersionId: '3' }));
    await deleteVersion('6');
    const version3 = await iot.send(new GetPolicyVersionCommand({ policyName, policyVersionId: '3' }));
    expect(version3).toMatchObject({ isDefaultVersion: true, policyDocument: OPEN });
    await iot.send(new DeletePolicyCommand({ policyName }));
    const gone = await refusalOf(iot.send(new GetPolicyCommand({ policyName })));
    expect(gone).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
    expect(gone.message).toContain('Policy not found');
  });

  it.each([
    ['no JSON', 'x'],
    ['no statement', '{"Version":"2012-10-17"}'],
    ['an effect that is none', OPEN.replace('Allow', 'Maybe')],
    ['more than 2048 characters besides white space', OPEN.replace('"*"', `"${'x'.repeat(2048)}"`)],
  ])('are refused with %s', async (_name, document) => {
    const refusal = await refusalOf(createPolicy('Malformed', document));
    expect(refusal).toMatchObject({ name: 'MalformedPolicyException', status: 400 });
  });

  it('do not count white space', async () => {
    await createPolicy('Spacious', OPEN.replaceAll(',', `,${' '.repeat(2048)}`));
  });

  it('are attached to a certificate up to ten times, and seen from both ends', async () => {
    const { arn, id } = await newPrincipal();
    for (let count = 0; count <= 10; count += 1) await createPolicy(`Attached${count}`);
    const attach = (policyName: string, target = arn) =>
      iot.send(new AttachPolicyCommand({ policyName, target }));
    await attach('Attached0');
    await attach('Attached0');
    await iot.send(new AttachPrincipalPolicyCommand({ policyName: 'Attached1', principal: arn }));
    for (let count = 2; count < 10; count += 1) await attach(`Attached${count}`);
    expect(await refusalOf(attach('Attached10'))).toMatchObject({
      name: 'LimitExceededException',
      status: 410,
    });
    const unknown = await refusalOf(attach('Attached0', UNKNOWN_ARN));
    expect(unknown).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
    expect(unknown.message).toContain(UNKNOWN_ARN);
    expect((await refusalOf(attach('Nowhere'))).status).toBe(404);

    const page = await iot.send(new ListAttachedPoliciesCommand({ target: arn, pageSize: 4 }));
    const rest = await iot.send(
      new ListAttachedPoliciesCommand({ target: arn, pageSize: 20, marker: page.nextMarker }),
    );
    expect([page.policies?.length, rest.policies?.length, rest.nextMarker]).toEqual([4, 6, undefined]);
    const principal = await iot.send(new ListPrincipalPoliciesCommand({ principal: arn }));
    expect(principal.policies).toHaveLength(10);
    const policyName = 'Attached1';
    expect((await iot.send(new ListTargetsForPolicyCommand({ policyName }))).targets).toEqual([arn]);
    expect((await iot.send(new ListPolicyPrincipalsCommand({ policyName }))).principals).toEqual([arn]);

    expect((await refusalOf(iot.send(new DeletePolicyCommand({ policyName })))).message).toBe(
      `The policy cannot be deleted as the policy is attached to one or more principals (name=${policyName})`,
    );
    const remove = (forceDelete: boolean) =>
      iot.send(new DeleteCertificateCommand({ certificateId: id, forceDelete }));
    expect(await refusalOf(remove(false))).toEqual({
      name: 'DeleteConflictException',
      status: 409,
      message: `Certificate policies must be detached before deletion (arn: ${arn})`,
    });
    await iot.send(new DetachPolicyCommand({ policyName, target: arn }));
    await iot.send(new DeletePolicyCommand({ policyName }));
    await remove(true);
    const targets = await iot.send(new ListTargetsForPolicyCommand({ policyName: 'Attached0' }));
    expect(targets.targets).toEqual([]);
  });

  it('are listed page by page, in both orders', async () => {
    const region = clientsFor(sandbox.api, 'ap-northeast-1').iot;
    for (const policyName of ['P1', 'P2', 'P3']) {
      await region.send(new CreatePolicyCommand({ policyName, policyDocument: OPEN }));
    }
    const names = async (ascendingOrder: boolean) => {
      const first = await region.send(new ListPoliciesCommand({ pageSize: 2, ascendingOrder }));
      const marker = first.nextMarker;
      const second = await region.send(new ListPoliciesCommand({ pageSize: 2, ascendingOrder, marker }));
      return [first, second].map(({ policies }) => policies?.map(({ policyName }) => policyName));
    };
    expect(await names(true)).toEqual([['P1', 'P2'], ['P3']]);
    expect(await names(false)).toEqual([['P3', 'P2'], ['P1']]);
  });
});

describe('things', () => {
  const create = (thingName: string, attributes?: Record<string, string>) =>
    iot.send(new CreateThingCommand({ thingName, ...(attributes && { attributePayload: { attributes } }) }));

  it('are created once, and again only as they are', async () => {
    const { thingId } = await create('line:7', { version: 'v1' });
    expect((await create('line:7', { version: 'v1' })).thingId).toBe(thingId);
    expect(await refusalOf(create('line:7', { version: 'v2' }))).toMatchObject({
      name: 'ResourceAlreadyExistsException',
      status: 409,
    });
    expect(await iot.send(new DescribeThingCommand({ thingName: 'line:7' }))).toMatchObject({
      thingId,
      defaultClientId: 'line:7',
      thingArn: 'arn:aws:iot:us-east-2:123456789012:thing/line:7',
      attributes: { version: 'v1' },
      version: 1,
    });
  });

  it.each<[why: string, name: string, attributes: Record<string, string>]>([
    ['a name with a dot', 'a.b', {}],
    ['a name that is too long', 'x'.repeat(129), {}],
    ['an attribute value with a space', 'attribute', { o: 'Example Corp' }],
    ['an attribute name with a space', 'attribute', { 'a b': 'c' }],
    ['a fourth attribute without a type', 'attribute', { a: '1', b: '2', c: '3', d: '4' }],
  ])('are refused with %s', async (_why, thingName, attributes) => {
    const refusal = await refusalOf(create(thingName, attributes));
    expect(refusal).toMatchObject({ name: 'InvalidRequestException', status: 400 });
  });

  it('keep an attribute that is called __proto__ as any other', async () => {
    const attributes: Record<string, string> = Object.fromEntries([['__proto__', 'x']]);
    await create('polluter', attributes);
    const described = await iot.send(new DescribeThingCommand({ thingName: 'polluter' }));
    expect(JSON.stringify(described.attributes)).toBe('{"__proto__":"x"}');
    expect('x' in {}).toBe(false);
  });

  it('are updated by merge or replacement, against an expected version', async () => {
    await create('updated', { a: '1', b: '2' });
    const update = (input: object) => iot.send(new UpdateThingCommand({ thingName: 'updated', ...input }));
    const described = () => iot.send(new DescribeThingCommand({ thingName: 'updated' }));
    await update({ attributePayload: { attributes: { b: '3', c: '4' }, merge: true }, expectedVersion: 1 });
    expect(await described()).toMatchObject({ attributes: { a: '1', b: '3', c: '4' }, version: 2 });
    await update({ attributePayload: { attributes: { a: '' }, merge: true } });
    expect((await described()).attributes).toEqual({ b: '3', c: '4' });
    await update({ attributePayload: { attributes: { z: '9' } } });
    expect((await described()).attributes).toEqual({ z: '9' });
    expect(await refusalOf(update({ expectedVersion: 1 }))).toMatchObject({
      name: 'VersionConflictException',
      status: 409,
    });
    expect(await refusalOf(update({ thingTypeName: 'T', removeThingType: true }))).toMatchObject({
      status: 400,
    });
    expect((await refusalOf(update({ thingTypeName: 'T' }))).status).toBe(404);
  });

  it('hold principals, and cannot go before them', async () => {
    const { arn } = await newPrincipal();
    await create('holder');
    const thingName = 'holder';
    await iot.send(new AttachThingPrincipalCommand({ thingName, principal: arn }));
    await iot.send(new AttachThingPrincipalCommand({ thingName, principal: arn }));
    expect((await iot.send(new ListThingPrincipalsCommand({ thingName }))).principals).toEqual([arn]);
    expect((await iot.send(new ListThingPrincipalsV2Command({ thingName }))).thingPrincipalObjects).toEqual([
      { principal: arn, thingPrincipalType: 'NON_EXCLUSIVE_THING' },
    ]);
    expect((await iot.send(new ListPrincipalThingsCommand({ principal: arn }))).things).toEqual([thingName]);
    const remove = () => iot.send(new DeleteThingCommand({ thingName }));
    expect(await refusalOf(remove())).toEqual({
      name: 'InvalidRequestException',
      status: 400,
      message: 'Cannot delete. Thing holder is still attached to one or more principals',
    });
    await iot.send(new DetachThingPrincipalCommand({ thingName, principal: arn }));
    await remove();
    await remove();
    expect((await refusalOf(iot.send(new ListThingPrincipalsCommand({ thingName })))).message).toBe(
      'Failed to list principals for thing holder because the thing does not exist in your account',
    );
  });

  it('share a principal only when none holds it exclusively', async () => {
    const { arn: principal } = await newPrincipal();
    for (const thingName of ['sole', 'second']) await create(thingName);
    const attach = (thingName: string, thingPrincipalType?: 'EXCLUSIVE_THING') =>
      iot.send(new AttachThingPrincipalCommand({ thingName, principal, thingPrincipalType }));
    await attach('sole', 'EXCLUSIVE_THING');
    expect((await refusalOf(attach('second'))).status).toBe(400);
    expect((await refusalOf(attach('second', 'EXCLUSIVE_THING'))).status).toBe(400);
  });

  it('are found by attribute and listed page by page', async () => {
    const region = clientsFor(sandbox.api, 'us-west-2').iot;
    for (let count = 0; count < 30; count += 1) {
      const attributes = { site: count % 2 ? 'kyoto' : 'osaka' };
      await region.send(new CreateThingCommand({ thingName: `t${count}`, attributePayload: { attributes } }));
    }
    const pages: number[] = [];
    const names = new Set<string>();
    for await (const page of paginateListThings({ client: region, pageSize: 12 }, {})) {
      pages.push(page.things?.length ?? 0);
      for (const { thingName = '' } of page.things ?? []) names.add(thingName);
    }
    expect([pages, names.size]).toEqual([[12, 12, 6], 30]);
    const found = async (input: object) =>
      (await region.send(new ListThingsCommand({ attributeName: 'site', maxResults: 250, ...input }))).things
        ?.length;
    expect(await found({ attributeValue: 'kyoto' })).toBe(15);
    expect(await found({ attributeValue: 'ky' })).toBe(0);
    expect(await found({ attributeValue: 'ky', usePrefixAttributeValue: true })).toBe(15);
    expect(await refusalOf(region.send(new ListThingsCommand({ maxResults: 251 })))).toMatchObject({
      name: 'InvalidRequestException',
      status: 400,
    });
  });
});

describe('the rest of the control plane', () => {
  it('knows one endpoint', async () => {
    const endpoint = (endpointType?: string) => iot.send(new DescribeEndpointCommand({ endpointType }));
    expect((await endpoint('iot:Data-ATS')).endpointAddress).toBe('localhost');
    expect((await refusalOf(endpoint('iot:Data'))).message).toContain('retired');
    expect((await refusalOf(endpoint())).status).toBe(400);
  });

  it('answers what it does not do with its name', async () => {
    const refusal = await refusalOf(
      iot.send(new CreateTopicRuleCommand({ ruleName: 'r', topicRulePayload: { sql: '', actions: [] } })),
    );
    expect(refusal).toEqual({
      name: 'NotImplementedException',
      status: 501,
      message: 'The sandbox does not implement CreateTopicRule',
    });
  });
});
