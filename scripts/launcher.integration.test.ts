import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { get as httpGet, type IncomingHttpHeaders } from 'node:http';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const BUILD_TIMEOUT_MS = 600_000;
const WAIT_MS = 60_000;

const LAB = { id: 'lab', name: 'Lab', kind: 'aws', accountId: '123456789012', region: 'eu-central-1' };

let dataDir = '';
let launched: Launcher[] = [];

type Launcher = { child: ChildProcess; output: () => string; exitCode: Promise<number | null> };

/** `npm start` on free ports and data of its own, without Vite's variables. */
function launch(extra: Record<string, string> = {}): Launcher {
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: ROOT,
    env: {
      NODE_ENV: 'production',
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      DATA_DIR: dataDir,
      PORT: '0',
      ENVIRONMENTS: JSON.stringify([LAB]),
      ...extra,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const take = (chunk: Buffer) => {
    text += chunk.toString();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve));
  const launcher = { child, output: () => text, exitCode };
  launched.push(launcher);
  return launcher;
}

async function until<Value>(what: string, look: () => Value | undefined | false): Promise<Value> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await delay(25);
  }
}

const readyUrl = ({ output, child }: Launcher) =>
  until('the URL', () => {
    if (child.exitCode !== null) throw new Error(output());
    return /is ready: (\S+)/.exec(output())?.[1];
  });

/** Processes whose parent is, or whose arguments name, what this launcher started; read from the kernel, not from the launcher. */
function processesOf(directory: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`DATA_DIR=${directory}`) ||
          readFileSync(`/proc/${pid}/cmdline`, 'utf8')
            .split('\0')
            .some((word) => word.startsWith(`${directory}/`))
        );
      } catch {
        // It ended while we looked.
        return false;
      }
    });
}

const allGone = () => until('all processes to end', () => processesOf(dataDir).length === 0);

async function occupy(): Promise<{ port: number; server: Server }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, server };
}

beforeAll(async () => {
  const build = spawn(process.execPath, ['scripts/build.mjs', '--when-stale'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  expect(await new Promise((resolve) => build.once('exit', resolve))).toBe(0);
}, BUILD_TIMEOUT_MS);

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'jitp-console-launch-'));
  launched = [];
});

afterEach(async () => {
  for (const { child, exitCode } of launched) {
    child.kill('SIGINT');
    await exitCode;
  }
  await allGone();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('npm start', () => {
  it('prints a URL that works and, until the first admin exists, a new setup link each time', async () => {
    const first = launch();
    const url = await readyUrl(first);
    expect((await fetch(`${url}/sign-in`)).status).toBe(200);
    const link = await until('the link', () => /\/setup#token=([\w-]{43})\s/.exec(first.output())?.[1]);
    first.child.kill('SIGINT');
    expect(await first.exitCode).toBe(0);

    const second = launch();
    await readyUrl(second);
    const renewed = await until('the link', () => /\/setup#token=([\w-]{43})\s/.exec(second.output())?.[1]);
    expect(renewed).not.toBe(link);
    expect(readFileSync(path.join(dataDir, 'session-secret'), 'utf8').length).toBeGreaterThan(40);
  });

  it('keeps its data and secrets from other users', async () => {
    await readyUrl(launch());
    const mode = (name: string) => (statSync(path.join(dataDir, name)).mode & 0o777).toString(8);
    expect(['.', 'session-secret', 'server-actions-key', 'run/.s.PGSQL.5432', 'lock.sock'].map(mode)).toEqual(
      ['700', '600', '600', '600', '600'],
    );
  });

  it('refuses a second instance on the same data, and the first goes on', async () => {
    const url = await readyUrl(launch());
    const second = launch();
    expect(await second.exitCode).toBe(1);
    expect(second.output()).toContain(`already runs on ${dataDir}`);
    expect((await fetch(`${url}/sign-in`)).status).toBe(200);
  });

  it.each([
    { variable: 'PORT', environments: true },
    { variable: 'SANDBOX_API_PORT', environments: false },
    { variable: 'SANDBOX_MQTT_PORT', environments: false },
  ])('names a taken port and $variable, and leaves nothing', async ({ variable, environments }) => {
    const { port, server } = await occupy();
    const refused = launch({
      SANDBOX_API_PORT: '0',
      SANDBOX_MQTT_PORT: '0',
      ...(environments ? {} : { ENVIRONMENTS: '' }),
      [variable]: String(port),
    });
    expect(await refused.exitCode).toBe(1);
    server.close();
    expect(refused.output()).toMatch(
      new RegExp(`^Port ${port} .* taken by another program.*${variable}`, 'm'),
    );
    expect(refused.output()).not.toContain('    at ');
    expect(processesOf(dataDir)).toEqual([]);
  });

  it('lists every fault of the configuration at once, without values', async () => {
    const refused = launch({
      BASE_URL: 'http://console.example.com',
      HOST: '0.0.0.0',
      SESSION_SECRET: 'tiny-secret',
    });
    expect(await refused.exitCode).toBe(1);
    expect(refused.output()).toMatch(/BASE_URL must begin with https:/);
    expect(refused.output()).toMatch(/SESSION_SECRET must have at least/);
    expect(refused.output()).not.toContain('tiny-secret');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends everything on %s, cleanly', async (signal) => {
    const running = launch();
    await readyUrl(running);
    expect(processesOf(dataDir).length).toBeGreaterThanOrEqual(3);
    running.child.kill(signal);
    expect(await running.exitCode).toBe(0);
    expect(processesOf(dataDir)).toEqual([]);
  });

  it('leaves no orphan when it is killed, and starts again on the same data', async () => {
    const killed = launch();
    await readyUrl(killed);
    killed.child.kill('SIGKILL');
    await allGone();
    const again = launch();
    expect((await fetch(`${await readyUrl(again)}/sign-in`)).status).toBe(200);
  });

  it('says so and ends the rest when one of its processes ends', async () => {
    const running = launch();
    await readyUrl(running);
    const database = processesOf(dataDir).find((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('children/database.mjs'),
    );
    process.kill(database ?? 0, 'SIGKILL');
    expect(await running.exitCode).toBe(1);
    expect(running.output()).toMatch(/The embedded database ended unexpectedly \(signal SIGKILL\)/);
  });
});

describe('the console behind its door', () => {
  it('answers under its own name only, and believes no forwarded header of a stranger', async () => {
    const url = await readyUrl(launch());
    const { port } = new URL(url);
    const byAddress = await fetch(`http://127.0.0.1:${port}/audit?x=1`, { redirect: 'manual' });
    expect([byAddress.status, byAddress.headers.get('location')]).toEqual([307, `${url}/audit?x=1`]);
    const forwarded = await fetch(`${url}/audit`, {
      redirect: 'manual',
      headers: {
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        forwarded: 'host=evil.example',
      },
    });
    expect([forwarded.status, forwarded.headers.get('location')]).toEqual([307, '/sign-in?next=%2Faudit']);
  });

  it('sends a strict policy with a nonce of its own each time', async () => {
    const url = await readyUrl(launch());
    const policies = await Promise.all(
      [1, 2].map(async () => (await fetch(`${url}/sign-in`)).headers.get('content-security-policy') ?? ''),
    );
    for (const policy of policies) {
      expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/]{22}==' 'strict-dynamic';/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:/);
    }
    expect(policies[0]).not.toBe(policies[1]);
  });

  it.each([
    { trusted: '127.0.0.0/8', status: 200, why: 'a proxy that the configuration names' },
    { trusted: '192.0.2.1', status: 421, why: 'nobody else' },
  ])('believes the forwarded name of $why', async ({ trusted, status }) => {
    const { port, server } = await occupy();
    server.close();
    const env = { PORT: String(port), BASE_URL: 'https://console.example.com', TRUSTED_PROXIES: trusted };
    expect(await readyUrl(launch(env))).toBe('https://console.example.com');
    const answer = await get(port, { host: 'backend:3000', 'x-forwarded-host': 'console.example.com' });
    expect(answer.status).toBe(status);
    if (status === 200) expect(answer.headers['strict-transport-security']).toMatch(/^max-age=\d{8}/);
  });
});

/** fetch cannot choose the Host header. */
function get(port: number, headers: Record<string, string>) {
  return new Promise<{ status: number | undefined; headers: IncomingHttpHeaders }>((resolve, reject) => {
    const request = httpGet({ host: '127.0.0.1', port, path: '/sign-in', headers }, (response) => {
      response.resume();
      resolve({ status: response.statusCode, headers: response.headers });
    });
    request.once('error', reject);
  });
}
