import {
  AttachPolicyCommand,
  AttachPrincipalPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateTopicRuleCommand,
  DeleteCertificateCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DescribeEndpointCommand,
  DetachPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  type IoTClient,
  ListAttachedPoliciesCommand,
  ListPoliciesCommand,
  ListPolicyPrincipalsCommand,
  ListPolicyVersionsCommand,
  ListPrincipalPoliciesCommand,
  ListTargetsForPolicyCommand,
  RegisterCertificateWithoutCACommand,
  SetDefaultPolicyVersionCommand,
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
