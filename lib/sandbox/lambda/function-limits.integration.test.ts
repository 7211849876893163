import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { Boto } from '@/lib/sandbox/testing/boto';
import { makeFunction } from './testing/function-code';
import { answerOf, answerTo, functionSandbox, PYTHON } from './testing/function-sandbox';

const { sandbox, boto } = await functionSandbox();

describe('handlers of Node.js', () => {
  it('write no file that is larger than their storage', async () => {
    const code = `
      import fs from 'node:fs';
      export const handler = () => {
        const file = fs.openSync(process.env.TMPDIR + '/x', 'w');
        fs.writeSync(file, 'x', 512 * 1024 * 1024 - 1);
        try { return fs.writeSync(file, 'x', 512 * 1024 * 1024); } catch (error) { return error.code; }
      };`;
    expect(await answerOf(boto, { name: 'large-file', files: { 'index.mjs': code } })).toBe('EFBIG');
  });

  it('have no more memory outside of the heap than in it, and what Node.js needs', async () => {
    const code = `
      export const handler = ({ megabytes }) => {
        const all = Array.from({ length: megabytes }, () => Buffer.alloc(1024 * 1024, 1));
        return all.length;
      };`;
    const files = { 'index.mjs': code };
    expect(await answerOf(boto, { name: 'some-buffers', files }, { megabytes: 128 })).toBe(128);
    expect(await answerOf(boto, { name: 'many-buffers', files }, { megabytes: 512 })).toMatchObject({
      errorType: expect.stringMatching(/^(Runtime.ExitError|RangeError|Error)$/),
    });
  });
});

describe('a function has an end when', () => {
  const ended = (reason: RegExp) => ({
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringMatching(reason),
  });

  it.each([
    [
      'all its files together are larger than its storage',
      `for at in range(20):
        files.append(open(os.path.join(os.environ["TMPDIR"], str(at)), "wb"))`,
    ],
    [
      'files that it has deleted are, while it holds them',
      `for at in range(20):
        files.append(tempfile.TemporaryFile())`,
    ],
  ])('%s', async (reason, open) => {
    const code = `
import os, tempfile, time

def handler(event, context):
    files = []
    ${open}
        os.posix_fallocate(files[-1].fileno(), 0, 50_000_000)
        time.sleep(0.1)
`;
    const name = reason.replaceAll(/\W/g, '-').slice(0, 40);
    expect(await answerOf(boto, { name, files: { 'app.py': code }, ...PYTHON })).toMatchObject(
      ended(/it keeps \d+ MB in its temporary folder, of 512 MB/),
    );
  });

  it('it has too many files', async () => {
    const code = `
      import fs from 'node:fs';
      export const handler = async () => {
        for (let at = 0; at <= 10_000; at += 1) fs.writeFileSync(process.env.TMPDIR + '/' + at, '');
        await new Promise((resolve) => setTimeout(resolve, 10_000));
      };`;
    expect(await answerOf(boto, { name: 'many-files', files: { 'index.mjs': code } })).toMatchObject(
      ended(/more than 10000 files/),
    );
  });

  it.runIf(existsSync('/proc/self/status'))('memory that it could share is more than it has', async () => {
    const code = `
import mmap, time

def handler(event, context):
    shared = mmap.mmap(-1, 400 << 20)
    for at in range(0, len(shared), 4096):
        shared[at] = 1
    time.sleep(10)
`;
    expect(await answerOf(boto, { name: 'shared', files: { 'app.py': code }, ...PYTHON })).toMatchObject(
      ended(/takes \d+ MB of memory, and the sandbox lets it have 192 MB/),
    );
  });
});

it('no process of a function has more descriptors than one of Lambda', async () => {
  const code = `
    import fs from 'node:fs';
    export const handler = () => {
      try { for (;;) fs.openSync(process.env.TMPDIR + '/x', 'w'); } catch (error) { return error.code; }
    };`;
  expect(await answerOf(boto, { name: 'descriptors', files: { 'index.mjs': code } })).toBe('EMFILE');
});

behaviour(
  'Environments of one function that run at the same time each have a temporary folder of their own, which keeps its files while they are warm',
  {
    known: 'documented',
    source: 'Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle"',
  },
  async () => {
    const code = `
      import fs from 'node:fs';
      export const handler = async ({ name }) => {
        fs.writeFileSync(process.env.TMPDIR + '/' + name, '');
        await new Promise((resolve) => setTimeout(resolve, 1500));
        return fs.readdirSync(process.env.TMPDIR).sort();
      };`;
    await makeFunction(boto, { name: 'scratch', files: { 'index.mjs': code }, Timeout: 20 });
    using other = new Boto(sandbox.api);
    const both = [answerTo(boto, 'scratch', { name: 'a' }), answerTo(other, 'scratch', { name: 'b' })];
    expect(await Promise.all(both)).toEqual([['a'], ['b']]);
    expect(await answerTo(boto, 'scratch', { name: 'c' })).toEqual([expect.stringMatching(/^[ab]$/), 'c']);
  },
);

it('at most 16 processes run at a time, of all functions; the next takes the place of an idle one', async () => {
  const code = 'export const handler = () => process.pid;';
  const names = Array.from({ length: 18 }, (_, index) => `crowd-${index}`);
  const pids: number[] = [];
  for (const name of names) pids.push(Number(await answerOf(boto, { name, files: { 'index.mjs': code } })));
  await expect.poll(() => pids.filter(isRunning).length).toBeLessThanOrEqual(16);
  expect(isRunning(pids.at(-1) ?? 0)).toBe(true);
}, 60_000);

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // no such process
  }
}
