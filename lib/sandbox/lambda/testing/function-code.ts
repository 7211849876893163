import { strToU8, zipSync } from 'fflate';
import type { Boto } from '@/lib/sandbox/testing/boto';

export const EXECUTION_ROLE = 'arn:aws:iam::123456789012:role/FunctionRole';

/** A package with one file, in the form in which tests hand bytes to boto3. */
export function packageOf(files: Readonly<Record<string, string>>): { base64: string } {
  const bytes = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]));
  return { base64: Buffer.from(zipSync(bytes)).toString('base64') };
}

/** A role that `service` may assume. */
export async function makeRole(
  boto: Boto,
  { name, service }: { name: string; service: string },
): Promise<string> {
  const statement = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  await boto.ok('iam.create_role', {
    RoleName: name,
    AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  });
  return `arn:aws:iam::123456789012:role/${name}`;
}

/** The role that functions of tests run as; made once a sandbox. */
export const makeExecutionRole = (boto: Boto) =>
  makeRole(boto, { name: 'FunctionRole', service: 'lambda.amazonaws.com' });

type Order = { name: string; files: Readonly<Record<string, string>>; runtime?: string; handler?: string };

/** Creates a function; answers its ARN. */
export async function makeFunction(
  boto: Boto,
  {
    name,
    files,
    runtime = 'nodejs20.x',
    handler = 'index.handler',
    ...rest
  }: Order & Readonly<Record<string, unknown>>,
): Promise<string> {
  const { FunctionArn } = await boto.ok('lambda.create_function', {
    FunctionName: name,
    Runtime: runtime,
    Handler: handler,
    Role: EXECUTION_ROLE,
    Code: { ZipFile: packageOf(files) },
    ...rest,
  });
  return String(FunctionArn);
}

export const invoked = (output: { Payload?: unknown }): unknown => {
  const { base64 } = output.Payload as { base64: string };
  return JSON.parse(Buffer.from(base64, 'base64').toString());
};
