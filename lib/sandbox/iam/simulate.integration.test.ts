import { paginateSimulatePrincipalPolicy } from '@aws-sdk/client-iam';
import { beforeAll, expect } from 'vitest';
import { PROVISIONING_TRUST_POLICY } from '@/lib/provisioning/provisioning-role';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';

const REGISTRATION = 'arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration';
const THING = 'arn:aws:iot:us-east-1:123456789012:thing/';
const ROLE = 'arn:aws:iam::123456789012:role/Simulated';
const documentOf = (...statements: readonly object[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', Resource: '*', ...statement })),
  });

const { sandbox, boto } = await testSandbox();

beforeAll(async () => {
  const RoleName = 'Simulated';
  await boto.ok('iam.create_role', { RoleName, AssumeRolePolicyDocument: PROVISIONING_TRUST_POLICY });
  await boto.ok('iam.attach_role_policy', { RoleName, PolicyArn: REGISTRATION });
  await boto.ok('iam.put_role_policy', {
    RoleName,
    PolicyName: 'inline',
    PolicyDocument: documentOf(
      { Effect: 'Deny', Action: 'iot:CreateThing', Resource: `${THING}secret-*` },
      { Action: 'iot:Publish', Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } } },
    ),
  });
});

const simulate = async (input: object) =>
  (await boto.ok('iam.simulate_principal_policy', { PolicySourceArn: ROLE, ...input }))['EvaluationResults'];

behaviour(
  'SimulatePrincipalPolicy decides each action on each resource by the policies of the role: allowed, explicitDeny, implicitDeny',
  { known: 'documented', source: 'IAM API reference, SimulatePrincipalPolicy' },
  async () => {
    const results = await simulate({
      ActionNames: ['iot:CreateThing', 'iot:DeleteThing'],
      ResourceArns: [`${THING}pump`, `${THING}secret-1`],
    });
    const decisions = results.map(
      (result: { EvalActionName: string; EvalResourceName: string; EvalDecision: string }) => [
        result.EvalActionName,
        result.EvalResourceName.slice(THING.length),
        result.EvalDecision,
      ],
    );
    expect(decisions).toEqual([
      ['iot:CreateThing', 'pump', 'allowed'],
      ['iot:CreateThing', 'secret-1', 'explicitDeny'],
      ['iot:DeleteThing', 'pump', 'implicitDeny'],
      ['iot:DeleteThing', 'secret-1', 'implicitDeny'],
    ]);
  },
);

behaviour(
  'A simulation names every statement that applies by its policy, those overridden by a Deny as well',
  { known: 'documented', source: 'IAM API reference, EvaluationResult' },
  async () => {
    const [denied] = await simulate({ ActionNames: ['iot:CreateThing'], ResourceArns: [`${THING}secret-1`] });
    expect(denied.MatchedStatements).toEqual([
      { SourcePolicyId: 'AWSIoTThingsRegistration', SourcePolicyType: 'aws-managed' },
      { SourcePolicyId: 'inline', SourcePolicyType: 'role' },
    ]);
  },
);

behaviour(
  'Without resources a simulation is of *',
  { known: 'documented', source: 'IAM API reference, SimulatePrincipalPolicy, ResourceArns' },
  async () => {
    const [result] = await simulate({ ActionNames: ['iot:CreateThing'] });
    expect(result).toMatchObject({ EvalResourceName: '*', EvalDecision: 'allowed' });
  },
);

behaviour(
  'Context keys that a policy asks for and nobody gave are missing context values',
  { known: 'documented', source: 'IAM API reference, EvaluationResult' },
  async () => {
    const ActionNames = ['iot:Publish'];
    expect(await simulate({ ActionNames })).toMatchObject([
      { EvalDecision: 'implicitDeny', MissingContextValues: ['aws:RequestedRegion'] },
    ]);
    const entry = (value: string) => ({
      ContextKeyName: 'aws:RequestedRegion',
      ContextKeyValues: [value],
      ContextKeyType: 'string',
    });
    const decide = async (value: string) =>
      (await simulate({ ActionNames, ContextEntries: [entry(value)] }))[0];
    expect(await decide('us-east-1')).toMatchObject({ EvalDecision: 'allowed', MissingContextValues: [] });
    expect(await decide('us-west-2')).toMatchObject({ EvalDecision: 'implicitDeny' });
  },
);

behaviour(
  'PolicyInputList counts as attached too, and alone in SimulateCustomPolicy',
  { known: 'documented', source: 'IAM API reference, SimulatePrincipalPolicy and SimulateCustomPolicy' },
  async () => {
    const input = {
      ActionNames: ['iot:DeleteThing', 'iot:CreateThing'],
      PolicyInputList: [documentOf({ Action: 'iot:DeleteThing' })],
    };
    expect(await simulate(input)).toMatchObject([
      {
        EvalDecision: 'allowed',
        MatchedStatements: [{ SourcePolicyId: 'PolicyInputList.1', SourcePolicyType: 'none' }],
      },
      { EvalDecision: 'allowed' },
    ]);
    expect((await boto.ok('iam.simulate_custom_policy', input))['EvaluationResults']).toMatchObject([
      { EvalDecision: 'allowed' },
      { EvalDecision: 'implicitDeny' },
    ]);
  },
);

behaviour(
  'Results of a simulation come page by page',
  { known: 'documented', source: 'IAM API reference, SimulatePrincipalPolicy, MaxItems and Marker' },
  async () => {
    const { iam } = clientsFor(sandbox.api);
    const pages: string[] = [];
    const input = {
      PolicySourceArn: ROLE,
      ActionNames: ['iot:CreateThing', 'iot:DeleteThing'],
      ResourceArns: [`${THING}1`, `${THING}2`, `${THING}3`],
    };
    for await (const page of paginateSimulatePrincipalPolicy({ client: iam, pageSize: 4 }, input)) {
      pages.push((page.EvaluationResults ?? []).map((one) => one.EvalResourceName?.at(-1)).join(''));
    }
    expect(pages).toEqual(['1231', '23']);
  },
);

behaviour(
  'A simulation of a role that is not there is NoSuchEntity 404; wildcard actions and what is not judged are refused',
  {
    known: 'documented',
    source: 'IAM API reference, SimulatePrincipalPolicy; that members are refused is the sandbox',
  },
  async () => {
    const refusal = (input: object) =>
      boto.refusal('iam.simulate_principal_policy', {
        PolicySourceArn: ROLE,
        ActionNames: ['iot:Publish'],
        ...input,
      });
    expect(await refusal({ PolicySourceArn: `${ROLE}X` })).toMatchObject({
      name: 'NoSuchEntity',
      status: 404,
    });
    const user = { PolicySourceArn: 'arn:aws:iam::123456789012:user/u' };
    expect(await refusal(user)).toMatchObject({ name: 'InvalidInput', status: 400 });
    for (const ActionNames of [['iot:*'], ['Publish'], []]) {
      expect(await refusal({ ActionNames })).toMatchObject({ name: 'ValidationError', status: 400 });
    }
    expect(await refusal({ ResourcePolicy: documentOf({ Action: '*' }) })).toMatchObject({
      message: 'ResourcePolicy is not supported by the sandbox',
    });
    expect(await refusal({ PolicyInputList: ['nonsense'] })).toMatchObject({ name: 'InvalidInput' });
  },
);
