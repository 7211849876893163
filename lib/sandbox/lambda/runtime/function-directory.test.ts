import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { packageOf } from '@/lib/sandbox/lambda/testing/function-code';
import { INVOCATION, poolOf } from '@/lib/sandbox/lambda/testing/known-function';
import { makeFunctionDirectory } from './function-directory';

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
  const pool = poolOf(zip);
  const refusal = pool.invoke(INVOCATION).catch((error: unknown) => error);
  await pool.close();
  expect(await refusal).toMatchObject({ code: 'ServiceException' });
  expect(folders()).toEqual([]);
});

it('says of a package that cannot be unpacked that it cannot', async () => {
  const pool = poolOf(Buffer.from('no zip'));
  await expect(pool.invoke(INVOCATION)).rejects.toMatchObject({
    code: 'ServiceException',
    message: expect.stringMatching(/could not be unpacked: Could not unzip/),
  });
  await pool.close();
});
