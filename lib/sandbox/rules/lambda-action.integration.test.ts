import { describe, expect } from 'vitest';
import { makeFunction } from '@/lib/sandbox/lambda/testing/function-code';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { ruleSandbox } from './testing/rule-sandbox';

const ACCOUNT = '123456789012';
const ARN = (name: string) => `arn:aws:iot:us-east-2:${ACCOUNT}:rule/${name}`;
const FUNCTION = `arn:aws:lambda:us-east-2:${ACCOUNT}:function:sink`;

const { sandbox, boto, create, publish, told } = await ruleSandbox('out/*');

describe('the Lambda action', () => {
  const CODE = `export const handler = async (event) => { console.log('seen', JSON.stringify(event)); };`;
  const logs = () =>
    sandbox.state.explanations
      .after(0)
      .filter(({ code, params }) => code === 'lambda-log' && params?.['functionName'] === 'sink')
      .map(({ message }) => message);

  behaviour(
    'A Lambda action invokes the function only with a permission for iot.amazonaws.com and this rule, and says what is missing otherwise',
    { known: 'documented', source: 'guide, "Lambda rule action"' },
    async () => {
      await makeFunction(boto, { name: 'sink', files: { 'index.mjs': CODE }, Timeout: 20 });
      await create('to_lambda', {
        sql: "SELECT * FROM 'in/lambda'",
        actions: [{ lambda: { functionArn: FUNCTION } }],
      });
      const failures = () => told('rule-action-failed', 'to_lambda').map(({ message }) => message);

      await publish('in/lambda', { n: 1 });
      await expect.poll(failures).toEqual([expect.stringContaining('does not let iot.amazonaws.com call')]);

      const permission = {
        FunctionName: 'sink',
        Action: 'lambda:InvokeFunction',
        Principal: 'iot.amazonaws.com',
      };
      await boto.ok('lambda.add_permission', {
        ...permission,
        StatementId: 'other',
        SourceArn: ARN('another'),
      });
      await publish('in/lambda', { n: 2 });
      await expect.poll(failures).toHaveLength(2);
      expect(failures()[1]).toContain(`not ${ARN('to_lambda')}`);

      await boto.ok('lambda.add_permission', {
        ...permission,
        StatementId: 'mine',
        SourceArn: ARN('to_*'),
        SourceAccount: ACCOUNT,
      });
      await publish('in/lambda', { n: 3 });
      await expect.poll(logs, { timeout: 15_000 }).toEqual([expect.stringContaining('seen {"n":3}')]);
      expect(told('rule-action-executed', 'to_lambda')).toHaveLength(1);
    },
  );

  behaviour(
    'A payload that is not JSON cannot be passed to a function unless it is encoded',
    { known: 'documented', source: 'guide, "Working with binary payloads"' },
    async () => {
      const actions = [{ lambda: { functionArn: FUNCTION } }];
      await create('to_raw', { sql: "SELECT * FROM 'in/raw'", actions });
      await create('to_encoded', {
        sql: "SELECT encode(*, 'base64') AS data FROM 'in/raw'",
        actions,
        awsIotSqlVersion: '2016-03-23',
      });
      await boto.ok('lambda.add_permission', {
        FunctionName: 'sink',
        StatementId: 'encoded',
        Action: 'lambda:InvokeFunction',
        Principal: 'iot.amazonaws.com',
        SourceArn: ARN('to_encoded'),
      });
      await publish('in/raw', 'plain text');
      await expect
        .poll(logs, { timeout: 15_000 })
        .toContainEqual(expect.stringContaining('{"data":"cGxhaW4gdGV4dA=="}'));
      expect(told('rule-action-failed', 'to_raw')[0]?.message).toContain('takes JSON only');
    },
  );
});
