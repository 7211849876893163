import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import type { FunctionRecord } from '@/lib/sandbox/lambda/lambda-tables';
import { packageOf } from '@/lib/sandbox/lambda/testing/function-code';
import { makeFunctionDirectory } from './function-directory';
import { FunctionPool } from './function-pool';

const KNOWN: FunctionRecord = {
  functionName: 'f',
  role: 'arn:aws:iam::123456789012:role/FunctionRole',
  runtime: 'nodejs20.x',
  handler: 'index.handler',
  description: '',
  timeoutSeconds: 3,
  memoryMegabytes: 128,
  environment: {},
  ephemeralStorageMegabytes: 512,
  architecture: 'x86_64',
  tags: {},
  codeSha256: '',
  codeBytes: 1,
  modifiedAt: 0,
  revisionId: 'r',
  permissions: [],
  policyRevisionId: '',
  sequence: 1,
};
const host = { endpoint: 'http://127.0.0.1:1', region: 'us-east-1' };
const invocation = { id: 'i', event: '{}', arn: 'arn', timeoutMs: 3000 };

const folders = () =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`sandbox-function-${process.pid}-`));

it.each([
  ['a file is in the place of a folder', { a: '', 'a/b': '' }],
  ['a name is too long', { ['a'.repeat(300)]: '' }],
])('leaves no folder behind when %s', async (_reason, names) => {
  const files = new Map(Object.keys(names).map((name) => [name, new Uint8Array()]));
  await expect(makeFunctionDirectory(files, 'node')).rejects.toThrow(/ENOTDIR|EEXIST|ENAMETOOLONG/);
  expect(folders()).toEqual([]);
});

it('makes no folder for a function that was changed meanwhile', async () => {
  const zip = Buffer.from(packageOf({ 'index.mjs': '' }).base64, 'base64');
  const pool = new FunctionPool(KNOWN, { host, zip });
  const refusal = pool.invoke(invocation).catch((error: unknown) => error);
  await pool.close();
  expect(await refusal).toMatchObject({ code: 'ServiceException' });
  expect(folders()).toEqual([]);
});

it('says of a package that cannot be unpacked that it cannot', async () => {
  const pool = new FunctionPool(KNOWN, { host, zip: Buffer.from('no zip') });
  await expect(pool.invoke(invocation)).rejects.toMatchObject({
    code: 'ServiceException',
    message: expect.stringMatching(/could not be unpacked: Could not unzip/),
  });
  await pool.close();
});
