import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
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

const outcomes = z.object({
  refused: z.record(z.string(), z.string()),
  allowed: z.record(z.string(), z.string()),
  left: z.array(z.string()).optional(),
});

async function answerOf(
  order: Order & Readonly<Record<string, unknown>>,
  event: Readonly<Record<string, unknown>> = {},
): Promise<unknown> {
  await makeFunction(boto, { Timeout: 20, ...order });
  const Payload = { base64: Buffer.from(JSON.stringify(event)).toString('base64') };
  return invoked(await boto.ok('lambda.invoke', { FunctionName: order.name, Payload }));
}

describe('handlers of Node.js', () => {
  it('send nothing out, and signal nobody else', async () => {
    const code = `
      import dgram from 'node:dgram';
      import http from 'node:http';
      import net from 'node:net';
      import { kill } from 'node:process';
      import tls from 'node:tls';
      const tried = async (act) => {
        try { await act(); return 'done'; } catch (error) {
          const { code, message } = error.cause ?? error;
          return code === 'ERR_ACCESS_DENIED' && message.startsWith('The sandbox') ? 'refused' : message;
        }
      };
      const opened = (socket, name = 'connect') =>
        new Promise((resolve, reject) => socket.once(name, resolve).once('error', reject));
      const sent = (...parts) =>
        new Promise((resolve, reject) => {
          const udp = dgram.createSocket('udp4').once('error', reject);
          udp.send(...parts, (error) => (error ? reject(error) : resolve(udp.close())));
        });
      export const handler = async () => {
        const { hostname, port } = new URL(process.env.AWS_ENDPOINT_URL);
        return {
          refused: {
            port: await tried(() => opened(net.connect(9, '192.0.2.1'))),
            options: await tried(() => opened(new net.Socket().connect({ host: 'example.com', port: 9 }))),
            path: await tried(() => opened(net.connect('/var/run/x.sock'))),
            tls: await tried(() => opened(tls.connect({ host: '192.0.2.1', port: 443 }))),
            http: await tried(() => opened(http.get('http://192.0.2.1/'), 'response')),
            fetch: await tried(() => fetch('http://192.0.2.1/')),
            udp: await tried(() => sent('x', 9, '192.0.2.1')),
            'udp with offsets': await tried(() => sent(Buffer.from('x'), 0, 1, 9, '192.0.2.1')),
            kill: await tried(() => kill(process.ppid, 0)),
            'kill the group': await tried(() => process.kill(0, 0)),
          },
          allowed: {
            port: await tried(() => opened(net.connect(Number(port), hostname))),
            http: await tried(() => opened(http.get(process.env.AWS_ENDPOINT_URL), 'response')),
            fetch: await tried(() => fetch(process.env.AWS_ENDPOINT_URL)),
            udp: await tried(() => sent('x', 9, '127.0.0.1')),
            kill: await tried(() => kill(process.pid, 0)),
          },
        };
      };`;
    const answer = outcomes.parse(await answerOf({ name: 'guarded', files: { 'index.mjs': code } }));
    expect(Object.entries(answer.refused).filter(([, outcome]) => outcome !== 'refused')).toEqual([]);
    expect(Object.entries(answer.allowed).filter(([, outcome]) => outcome !== 'done')).toEqual([]);
  });

  it('write no file that is larger than their storage', async () => {
    const code = `
      import fs from 'node:fs';
      export const handler = () => {
        const file = fs.openSync(process.env.TMPDIR + '/x', 'w');
        fs.writeSync(file, 'x', 512 * 1024 * 1024 - 1);
        try { return fs.writeSync(file, 'x', 512 * 1024 * 1024); } catch (error) { return error.code; }
      };`;
    expect(await answerOf({ name: 'large-file', files: { 'index.mjs': code } })).toBe('EFBIG');
  });

  it('have no more memory outside of the heap than in it, and what Node.js needs', async () => {
    const code = `
      export const handler = ({ megabytes }) => {
        const all = Array.from({ length: megabytes }, () => Buffer.alloc(1024 * 1024, 1));
        return all.length;
      };`;
    const files = { 'index.mjs': code };
    expect(await answerOf({ name: 'some-buffers', files }, { megabytes: 128 })).toBe(128);
    expect(await answerOf({ name: 'many-buffers', files }, { megabytes: 512 })).toMatchObject({
      errorType: expect.stringMatching(/^(Runtime.ExitError|RangeError|Error)$/),
    });
  });
});

describe('handlers of Python', () => {
  it('change no files but their own, signal nobody else and send nothing out', async () => {
    const code = `
import os, shutil, socket, tempfile

def tried(act, *args, **named):
    try:
        act(*args, **named)
        return "done"
    except PermissionError as error:
        return "refused" if str(error).startswith("The sandbox") else str(error)

def handler(event, context):
    outside = event["outside"]
    kept = outside + "/kept"
    own = os.path.join(os.environ["TMPDIR"], "own")
    with open(own, "w") as file:
        file.write("x")
    os.symlink(kept, own + "-link")
    folder = os.open(outside, os.O_RDONLY)
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    refused = {
        "remove": tried(os.remove, kept),
        "remove in a folder": tried(os.remove, "kept", dir_fd=folder),
        "rename from": tried(os.rename, kept, own + "2"),
        "rename to": tried(os.rename, own, outside + "/new"),
        "replace": tried(os.replace, own, kept),
        "rmdir": tried(os.rmdir, outside + "/empty"),
        "mkdir": tried(os.mkdir, outside + "/made"),
        "link from": tried(os.link, kept, own + "3"),
        "link to": tried(os.link, own, outside + "/linked"),
        "symlink": tried(os.symlink, own, outside + "/symlinked"),
        "truncate": tried(os.truncate, kept, 0),
        "truncate by a link": tried(os.truncate, own + "-link", 0),
        "chmod": tried(os.chmod, kept, 0),
        "chown": tried(os.chown, kept, os.getuid(), os.getgid()),
        "utime": tried(os.utime, kept),
        "rmtree": tried(shutil.rmtree, outside),
        "kill": tried(os.kill, os.getppid(), 0),
        "killpg": tried(os.killpg, os.getpgid(0), 0),
        "unix": tried(socket.socket(socket.AF_UNIX).connect, outside + "/socket"),
        "sendto": tried(udp.sendto, b"x", ("192.0.2.1", 9)),
        "sendmsg": tried(udp.sendmsg, [b"x"], [], 0, ("192.0.2.1", 9)),
    }
    with tempfile.TemporaryDirectory() as made:
        os.makedirs(made + "/a/b")
        os.rename(own, made + "/a/b/own")
    os.chdir(os.environ["TMPDIR"])
    os.mkdir("relative")
    shutil.rmtree("relative")
    allowed = {
        "remove a link": tried(os.remove, own + "-link"),
        "kill itself": tried(os.kill, os.getpid(), 0),
        "sendto": tried(udp.sendto, b"x", ("127.0.0.1", 9)),
    }
    return {"refused": refused, "allowed": allowed, "left": os.listdir(os.environ["TMPDIR"])}
`;
    const outside = await mkdtemp(path.join(tmpdir(), 'outside-'));
    try {
      await mkdir(path.join(outside, 'empty'));
      await writeFile(path.join(outside, 'kept'), 'kept');
      const order = { name: 'py-guarded', files: { 'app.py': code }, ...PYTHON };
      const answer = outcomes.parse(await answerOf(order, { outside }));
      expect(Object.entries(answer.refused).filter(([, outcome]) => outcome !== 'refused')).toEqual([]);
      expect(Object.entries(answer.allowed).filter(([, outcome]) => outcome !== 'done')).toEqual([]);
      expect(answer.left).toEqual([]);
      expect(await readdir(outside)).toEqual(['empty', 'kept']);
      expect(await readFile(path.join(outside, 'kept'), 'utf8')).toBe('kept');
    } finally {
      await rm(outside, { recursive: true });
    }
  });
});

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
