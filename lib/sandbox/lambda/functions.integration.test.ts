import { beforeAll, describe, expect, it } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';
import {
  EXECUTION_ROLE,
  makeExecutionRole,
  makeFunction,
  makeRole,
  packageOf,
} from './testing/function-code';

const { sandbox, boto } = await testSandbox();

beforeAll(async () => {
  await makeExecutionRole(boto);
  await makeRole(boto, { name: 'NotForLambda', service: 'iot.amazonaws.com' });
});

const ECHO = { 'index.mjs': 'export const handler = async (event) => ({ got: event });' };

const event = (value: unknown) => ({ base64: Buffer.from(JSON.stringify(value)).toString('base64') });

it('There is no package of a function that is not there', async () => {
  const answer = await fetch(`${sandbox.api}/_sandbox/functions/us-east-2/nobody.zip`);
  expect(answer.status).toBe(404);
});

describe('functions', () => {
  behaviour(
    'CreateFunction answers with the ARN, the hash of the package and Lambda’s defaults',
    { known: 'documented', source: 'Lambda API reference, CreateFunction' },
    async () => {
      const { base64 } = packageOf(ECHO);
      const made = await boto.ok('lambda.create_function', {
        FunctionName: 'made',
        Runtime: 'nodejs20.x',
        Handler: 'index.handler',
        Role: EXECUTION_ROLE,
        Code: { ZipFile: { base64 } },
        Tags: { team: 'fleet' },
      });
      expect(made).toMatchObject({
        FunctionArn: 'arn:aws:lambda:us-east-2:123456789012:function:made',
        Timeout: 3,
        MemorySize: 128,
        Version: '$LATEST',
        State: 'Active',
        CodeSize: Buffer.from(base64, 'base64').length,
      });
      const found = await boto.ok('lambda.get_function', { FunctionName: made['FunctionArn'] });
      expect(found['Configuration']).toEqual(made);
      const fetched = await fetch(String(found['Code'].Location));
      expect(Buffer.from(await fetched.arrayBuffer()).toString('base64')).toBe(base64);
      expect(found['Tags']).toEqual({ team: 'fleet' });
      const listed = await boto.ok('lambda.list_functions');
      expect(listed['Functions'].map((one: { FunctionName: string }) => one.FunctionName)).toContain('made');
    },
  );

  behaviour(
    'A second Lambda function of the same name is ResourceConflictException 409',
    { known: 'documented', source: 'Lambda API reference, CreateFunction' },
    async () => {
      await makeFunction(boto, { name: 'twice', files: ECHO });
      const input = {
        FunctionName: 'twice',
        Runtime: 'nodejs20.x',
        Handler: 'index.handler',
        Role: EXECUTION_ROLE,
      };
      expect(
        await boto.refusal('lambda.create_function', { ...input, Code: { ZipFile: packageOf(ECHO) } }),
      ).toEqual({ name: 'ResourceConflictException', status: 409, message: 'Function already exist: twice' });
    },
  );

  behaviour(
    'A Lambda function that is not there is ResourceNotFoundException 404 with its ARN',
    { known: 'documented', source: 'Lambda API reference, GetFunction' },
    async () => {
      for (const call of [
        'get_function',
        'get_function_configuration',
        'delete_function',
        'invoke',
        'get_policy',
      ]) {
        expect(await boto.refusal(`lambda.${call}`, { FunctionName: 'nowhere' })).toEqual({
          name: 'ResourceNotFoundException',
          status: 404,
          message: 'Function not found: arn:aws:lambda:us-east-2:123456789012:function:nowhere',
        });
      }
    },
  );

  behaviour(
    'An update of a Lambda function with another RevisionId than the last is PreconditionFailedException 412, and a dry run changes nothing',
    { known: 'documented', source: 'Lambda API reference, UpdateFunctionCode' },
    async () => {
      await makeFunction(boto, { name: 'revised', files: ECHO });
      const before = await boto.ok('lambda.get_function_configuration', { FunctionName: 'revised' });
      const other = packageOf({ 'index.mjs': 'export const handler = () => 2;' });
      const update = { FunctionName: 'revised', ZipFile: other };
      const dry = await boto.ok('lambda.update_function_code', { ...update, DryRun: true });
      expect(dry['CodeSha256']).not.toBe(before['CodeSha256']);
      expect(await boto.ok('lambda.get_function_configuration', { FunctionName: 'revised' })).toEqual(before);
      await boto.ok('lambda.update_function_code', { ...update, RevisionId: before['RevisionId'] });
      for (const [call, input] of [
        ['update_function_code', update],
        ['update_function_configuration', { FunctionName: 'revised', Timeout: 5 }],
      ] as const) {
        expect(
          await boto.refusal(`lambda.${call}`, { ...input, RevisionId: before['RevisionId'] }),
        ).toMatchObject({ name: 'PreconditionFailedException', status: 412 });
      }
      const changed = { FunctionName: 'revised', Timeout: 5, Description: 'new' };
      expect(await boto.ok('lambda.update_function_configuration', changed)).toMatchObject({
        ...changed,
        MemorySize: 128,
        Handler: 'index.handler',
      });
    },
  );

  it('are listed by pages and gone when they are deleted', async () => {
    for (const name of ['paged-a', 'paged-b']) await makeFunction(boto, { name, files: ECHO });
    const names: string[] = [];
    for (let Marker: string | undefined, rounds = 0; rounds < 50; rounds += 1) {
      const page = await boto.ok('lambda.list_functions', { MaxItems: 1, ...(Marker && { Marker }) });
      names.push(...page['Functions'].map((one: { FunctionName: string }) => one.FunctionName));
      Marker = page['NextMarker'];
      if (Marker === undefined) break;
    }
    expect(names).toEqual([...names].sort((a, b) => (a < b ? -1 : 1)));
    expect(names).toContain('paged-a');
    await boto.ok('lambda.delete_function', { FunctionName: 'paged-a' });
    expect(await boto.refusal('lambda.get_function', { FunctionName: 'paged-a' })).toMatchObject({
      status: 404,
    });
  });

  it('of another Region are not found in this one', async () => {
    await makeFunction(boto, { name: 'regional', files: ECHO });
    const refusal = await boto.refusal('lambda.get_function', { FunctionName: 'regional' }, 'eu-west-1');
    expect(refusal.status).toBe(404);
  });

  it.each<[input: object, name: string, status: number, message: RegExp, reason: string]>([
    [
      { Role: 'arn:aws:iam::123456789012:role/NotForLambda' },
      'InvalidParameterValueException',
      400,
      /cannot be assumed by Lambda/,
      'a role that trusts another service',
    ],
    [
      { Role: 'arn:aws:iam::123456789012:role/Nobody' },
      'InvalidParameterValueException',
      400,
      /cannot be assumed by Lambda/,
      'no role',
    ],
    [{ Runtime: 'java21' }, 'NotImplementedException', 501, /does not run java21/, 'another language'],
    [{ FunctionName: 'a b' }, 'ValidationException', 400, /functionName.*pattern/, 'its name'],
    [{ Timeout: 901 }, 'ValidationException', 400, /less than or equal to 900/, 'its timeout'],
    [{ MemorySize: 64 }, 'ValidationException', 400, /greater than or equal to 128/, 'its memory'],
    [{ Handler: '' }, 'ValidationException', 400, /handler/, 'its handler'],
    [
      { Environment: { Variables: { AWS_REGION: 'x' } } },
      'InvalidParameterValueException',
      400,
      /reserved keys/,
      'Lambda’s own variable',
    ],
    [
      { Code: { ZipFile: event('no zip') } },
      'InvalidParameterValueException',
      400,
      /Could not unzip/,
      'its package',
    ],
    [
      { Code: { ZipFile: packageOf({ '../out.js': '' }) } },
      'InvalidParameterValueException',
      400,
      /inside the package/,
      'a path that leaves',
    ],
    [
      { Code: { S3Bucket: 'b', S3Key: 'k' } },
      'InvalidParameterValueException',
      400,
      /no S3/,
      'a package elsewhere',
    ],
    [
      { Layers: ['arn:aws:lambda:us-east-2:123456789012:layer:l:1'] },
      'InvalidParameterValueException',
      400,
      /Layers are not supported/,
      'layers',
    ],
    [{ VpcConfig: { SubnetIds: ['s'] } }, 'InvalidParameterValueException', 400, /VPC/, 'a VPC'],
  ])('refuses %j: %s %i (%s, %s)', async (input, name, status, message) => {
    const refused = await boto.refusal('lambda.create_function', {
      FunctionName: 'refused',
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Role: EXECUTION_ROLE,
      Code: { ZipFile: packageOf(ECHO) },
      ...input,
    });
    expect(refused).toMatchObject({ name, status, message: expect.stringMatching(message) });
    expect(sandbox.state.explanations.after(0).some(({ code }) => code === 'lambda-failed')).toBe(false);
  });
});

describe('permissions', () => {
  behaviour(
    'AddPermission answers with its statement, GetPolicy with all, RemovePermission takes one away',
    { known: 'documented', source: 'Lambda API reference, AddPermission' },
    async () => {
      await makeFunction(boto, { name: 'shared', files: ECHO });
      const permission = {
        FunctionName: 'shared',
        StatementId: 'iot',
        Action: 'lambda:InvokeFunction',
        Principal: 'iot.amazonaws.com',
        SourceArn: 'arn:aws:iot:us-east-2:123456789012:rule/jitr',
        SourceAccount: '123456789012',
      };
      expect(await boto.refusal('lambda.get_policy', { FunctionName: 'shared' })).toMatchObject({
        status: 404,
      });
      const { Statement } = await boto.ok('lambda.add_permission', permission);
      expect(JSON.parse(String(Statement))).toEqual({
        Sid: 'iot',
        Effect: 'Allow',
        Principal: { Service: 'iot.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: 'arn:aws:lambda:us-east-2:123456789012:function:shared',
        Condition: {
          StringEquals: { 'AWS:SourceAccount': '123456789012' },
          ArnLike: { 'AWS:SourceArn': 'arn:aws:iot:us-east-2:123456789012:rule/jitr' },
        },
      });
      expect(await boto.refusal('lambda.add_permission', permission)).toMatchObject({
        name: 'ResourceConflictException',
        message: expect.stringContaining('The statement id (iot) provided already exists'),
      });
      const { Policy } = await boto.ok('lambda.get_policy', { FunctionName: 'shared' });
      expect(JSON.parse(String(Policy))).toMatchObject({ Id: 'default', Statement: [{ Sid: 'iot' }] });
      await boto.ok('lambda.remove_permission', { FunctionName: 'shared', StatementId: 'iot' });
      expect(
        await boto.refusal('lambda.remove_permission', { FunctionName: 'shared', StatementId: 'iot' }),
      ).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
    },
  );
});
