import { ChildProcess, spawn } from 'node:child_process';
import { expect, it, vi } from 'vitest';
import { packageOf } from '@/lib/sandbox/lambda/testing/function-code';
import { INVOCATION, poolOf } from '@/lib/sandbox/lambda/testing/known-function';

vi.mock('node:child_process', async (actual) => ({ ...(await actual<object>()), spawn: vi.fn() }));

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
  const pool = poolOf(
    Buffer.from(packageOf({ 'index.mjs': 'export const handler = () => 1;' }).base64, 'base64'),
  );
  // More than processes may run at a time: those that wait for one are told as well.
  const refusals = Array.from({ length: 10 }, () => pool.invoke(INVOCATION).catch((error: unknown) => error));
  for (const refusal of await Promise.all(refusals)) {
    expect(refusal).toMatchObject({ code: 'ServiceException', message: expect.stringContaining(reason) });
  }
  await pool.close();
});
