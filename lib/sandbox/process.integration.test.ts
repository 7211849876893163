import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CreateThingCommand,
  DescribeThingCommand,
  GetRegistrationCodeCommand,
  ListThingsCommand,
  paginateListThings,
} from '@aws-sdk/client-iot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientsFor } from './testing/clients';
import { bundleSandbox, SandboxProcess, type SandboxReady } from './testing/sandbox-process';

let directory: string;
let bundle: string;
const started: SandboxProcess[] = [];

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'sandbox-process-'));
  bundle = path.join(directory, 'sandbox.mjs');
  await bundleSandbox(bundle);
});
afterAll(async () => {
  for (const sandbox of started) await sandbox.end('SIGKILL');
  await rm(directory, { recursive: true, force: true });
});

function launch(env: Record<string, string>): SandboxProcess {
  const sandbox = new SandboxProcess(bundle, env);
  started.push(sandbox);
  return sandbox;
}

async function launchReady(
  env: Record<string, string>,
): Promise<{ child: ChildProcess; ready: SandboxReady }> {
  const sandbox = launch(env);
  return { child: sandbox.child, ready: await sandbox.ready() };
}

/** Runs to the end. */
const launchToEnd = (env: Record<string, string>) => launch(env).ended();

const newDataDir = () => mkdtemp(path.join(directory, 'data-'));

describe('the process', () => {
  it('prints one line of JSON, listens on loopback, and ends on SIGTERM', async () => {
    const { child, ready } = await launchReady({ SANDBOX_DATA_DIR: await newDataDir() });
    const { port } = new URL(ready.api);
    expect(ready).toEqual({
      sandbox: 'ready',
      api: `http://127.0.0.1:${port}`,
      mqtt: { host: 'localhost', port: expect.any(Number) },
      https: { host: 'localhost', port: expect.any(Number) },
      alpn: { host: 'localhost', port: expect.any(Number) },
      caFile: expect.stringMatching(/\.pem$/),
    });
    const served = await (await fetch(`${ready.api}/_sandbox/ca.pem`)).text();
    expect(served).toBe(await readFile(ready.caFile, 'utf8'));
    expect(served).toContain('BEGIN CERTIFICATE');
    // Every address of the loopback net reaches a server that listens on 0.0.0.0, and not one on 127.0.0.1.
    const elsewhere = connect(Number(port), '127.0.0.2');
    await expect(once(elsewhere, 'connect')).rejects.toThrow('ECONNREFUSED');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('ends when its parent has gone', async () => {
    const { child } = await launchReady({ SANDBOX_DATA_DIR: ':memory:' });
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('says in a sentence which port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    for (const name of ['SANDBOX_API_PORT', 'SANDBOX_MQTT_PORT']) {
      const { code, out, err } = await launchToEnd({ [name]: port, SANDBOX_DATA_DIR: ':memory:' });
      expect([code, out, err]).toEqual([
        1,
        '',
        `Port ${port} is taken. Stop what uses it, or set ${name} to another port.\n`,
      ]);
    }
    taken.close();
  });

  it('says in a sentence which setting is wrong', async () => {
    const { code, err } = await launchToEnd({ SANDBOX_API_PORT: '70000', SANDBOX_ACCOUNT_ID: '12' });
    expect(code).toBe(2);
    expect(err).toBe(
      'SANDBOX_API_PORT is "70000", but it must be a port number from 0 to 65535.\nSANDBOX_ACCOUNT_ID is "12", but it must have 12 digits.\n',
    );
  });

  it('refuses a data directory that another one uses, and takes it when that one is gone', async () => {
    const dataDir = path.join(await newDataDir(), 'd'.repeat(120));
    const { child } = await launchReady({ SANDBOX_DATA_DIR: dataDir });
    const second = await launchToEnd({ SANDBOX_DATA_DIR: dataDir });
    expect(second.code).toBe(1);
    expect(second.err).toContain(`Another sandbox is using ${dataDir}.`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const third = await launchReady({ SANDBOX_DATA_DIR: dataDir });
    third.child.kill('SIGTERM');
    await once(third.child, 'exit');
  });
});

describe('kill -9', () => {
  it('loses nothing that was acknowledged, over a torn line, and nothing is left after a reset', async () => {
    const dataDir = await newDataDir();
    const acknowledged = new Set<string>();
    let next = 0;
    let code: string | undefined;
    for (let kill = 0; kill < 2; kill += 1) {
      const { child, ready } = await launchReady({ SANDBOX_DATA_DIR: dataDir });
      const { iot } = clientsFor(ready.api);
      const { registrationCode } = await iot.send(new GetRegistrationCodeCommand({}));
      expect(code ?? registrationCode).toBe(registrationCode);
      code = registrationCode;
      const writer = async () => {
        for (;;) {
          next += 1;
          const thingName = `t${next}`;
          try {
            await iot.send(
              new CreateThingCommand({ thingName, attributePayload: { attributes: { thingName } } }),
            );
          } catch {
            return; // the sandbox was killed under this call, which is the point
          }
          acknowledged.add(thingName);
        }
      };
      const writers = Array.from({ length: 8 }, writer);
      while (acknowledged.size < (kill + 1) * 47) await new Promise((done) => setTimeout(done, 1));
      child.kill('SIGKILL');
      await once(child, 'exit');
      await Promise.all(writers);
    }
    // What a crash in the middle of a write leaves behind.
    await appendFile(path.join(dataDir, 'state.jsonl'), '[["put","us-east-2/things","torn",{"thin');
    const { child, ready } = await launchReady({ SANDBOX_DATA_DIR: dataDir });
    const { iot } = clientsFor(ready.api);
    const found = new Set<string | undefined>();
    for await (const page of paginateListThings({ client: iot, pageSize: 250 }, {})) {
      for (const thing of page.things ?? []) found.add(thing.thingName);
    }
    expect([...acknowledged].filter((name) => !found.has(name))).toEqual([]);
    expect(found.has('torn')).toBe(false);
    const [first = ''] = acknowledged;
    const described = await iot.send(new DescribeThingCommand({ thingName: first }));
    expect(described.attributes).toEqual({ thingName: first });
    const elsewhere = await clientsFor(ready.api, 'eu-west-1').iot.send(new ListThingsCommand({}));
    expect(elsewhere.things).toEqual([]);

    expect((await fetch(`${ready.api}/_sandbox/reset`, { method: 'POST' })).status).toBe(200);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const after = await launchReady({ SANDBOX_DATA_DIR: dataDir });
    const left = await clientsFor(after.ready.api).iot.send(new ListThingsCommand({}));
    expect(left.things).toEqual([]);
    after.child.kill('SIGTERM');
    await once(after.child, 'exit');
  });
});
