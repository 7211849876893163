import { describe, expect, it } from 'vitest';
import { answerOf, functionSandbox, PYTHON } from './testing/function-sandbox';

const { boto } = await functionSandbox();

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
    const answer = await answerOf(boto, {
      name: 'opts',
      files: { 'index.mjs': code },
      Environment: { Variables },
    });
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
    const answer = await answerOf(boto, {
      name: 'preload',
      files: { 'app.py': code },
      ...PYTHON,
      Environment: { Variables },
    });
    expect(answer).toEqual(['./x.so', false]);
  });
});
