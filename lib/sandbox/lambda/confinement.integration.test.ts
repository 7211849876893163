import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { Boto } from '@/lib/sandbox/testing/boto';
import { invoked, makeExecutionRole, makeFunction } from './testing/function-code';

let sandbox: Sandbox;
let boto: Boto;
beforeAll(async () => {
  sandbox = await startSandbox();
  boto = new Boto(sandbox.api);
  await makeExecutionRole(boto);
});
afterAll(async () => {
  boto[Symbol.dispose]();
  await sandbox.close();
});

const PYTHON = { runtime: 'python3.11', handler: 'app.handler' };

type Order = Parameters<typeof makeFunction>[1];

async function answerOf(order: Order & Readonly<Record<string, unknown>>): Promise<unknown> {
  await makeFunction(boto, { Timeout: 20, ...order });
  return invoked(await boto.ok('lambda.invoke', { FunctionName: order.name }));
}

describe("a function's own variables", () => {
  it('are in process.env and lift no limit of Node.js', async () => {
    const code = `
      const atStart = process.env.NODE_OPTIONS;
      export const handler = async () => {
        const { execSync } = await import('node:child_process');
        const tried = () => { try { return String(execSync('id')); } catch (error) { return error.code; } };
        return { atStart, word: process.env.WORD, home: process.env.HOME === process.env.TMPDIR, spawn: tried() };
      };`;
    const Variables = {
      NODE_OPTIONS: '--allow-child-process --allow-fs-read=*',
      LD_PRELOAD: './x.so',
      WORD: 'été\n',
    };
    const answer = await answerOf({ name: 'opts', files: { 'index.mjs': code }, Environment: { Variables } });
    expect(answer).toEqual({
      atStart: '--allow-child-process --allow-fs-read=*',
      word: 'été\n',
      home: true,
      spawn: 'ERR_ACCESS_DENIED',
    });
  });

  it('are in os.environ and nothing is loaded for them before Python', async () => {
    const code = `
import os
AT_START = os.environ["LD_PRELOAD"]

def handler(event, context):
    with open("/proc/self/environ", "rb") as started:
        return [AT_START, b"LD_PRELOAD" in started.read()]
`;
    const Variables = { LD_PRELOAD: './x.so', LD_LIBRARY_PATH: '.', OPENSSL_CONF: './x.cnf' };
    const answer = await answerOf({
      name: 'preload',
      files: { 'app.py': code },
      ...PYTHON,
      Environment: { Variables },
    });
    expect(answer).toEqual(['./x.so', false]);
  });
});
