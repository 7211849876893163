import { ChildProcess, spawn } from 'node:child_process';
import { expect, it, vi } from 'vitest';
import type { FunctionRecord } from '@/lib/sandbox/lambda/lambda-tables';
import { packageOf } from '@/lib/sandbox/lambda/testing/function-code';
import { FunctionPool } from './function-pool';

vi.mock('node:child_process', async (actual) => ({ ...(await actual<object>()), spawn: vi.fn() }));

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

/** As Node.js leaves it on EMFILE: without `stdio` and process id, and its error yet to come. */
function withoutDescriptors(): ChildProcess {
  const child = new ChildProcess();
  process.nextTick(() => child.emit('error', new Error('spawn /bin/sh EMFILE')));
  return child;
}

it.each([
  ['no file can be opened', withoutDescriptors, 'spawn /bin/sh EMFILE'],
  [
    'the machine has no memory',
    () => {
      throw new Error('spawn ENOMEM');
    },
    'spawn ENOMEM',
  ],
])('refuses every invocation with a sentence when %s', async (_when, fake, reason) => {
  vi.mocked(spawn).mockImplementation(fake);
  const pool = new FunctionPool(KNOWN, {
    host: { endpoint: 'http://127.0.0.1:1', region: 'us-east-1' },
    zip: Buffer.from(packageOf({ 'index.mjs': 'export const handler = () => 1;' }).base64, 'base64'),
  });
  const invocation = { id: 'i', event: '{}', arn: 'arn', timeoutMs: 3000 };
  // More than processes may run at a time: those that wait for one are told as well.
  const refusals = Array.from({ length: 10 }, () => pool.invoke(invocation).catch((error: unknown) => error));
  for (const refusal of await Promise.all(refusals)) {
    expect(refusal).toMatchObject({ code: 'ServiceException', message: expect.stringContaining(reason) });
  }
  await pool.close();
});
