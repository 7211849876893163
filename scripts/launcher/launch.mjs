/**
 * Starts everything, says where it is, and ends everything.
 * @module
 */
import path from 'node:path';
import { buildConsole } from './build.mjs';
import { buildAloneWhenStale } from './build-lock.mjs';
import { bundleWhenStale } from './bundle.mjs';
import { createChildren, killGroup } from './children.mjs';
import {
  consoleEnvironment,
  databaseEnvironment,
  sandboxEnvironment,
  sandboxVariables,
} from './environment.mjs';
import { lock, SOCKET_PATH_BYTES_MAX } from './lock.mjs';
import { claimPort, LOOPBACK } from './ports.mjs';
import { loadSecrets, makeDataDir } from './secrets.mjs';
import { readSettings } from './settings.mjs';

/** @param {{ isDevelopment: boolean }} options */
export async function launch({ isDevelopment }) {
  const children = createChildren({ onUnexpectedEnd: (sentence) => stop(1, sentence) });
  let stopping = false;
  /** The build under way, if any. */
  let build;

  async function stop(code, sentence) {
    if (stopping) return;
    stopping = true;
    if (sentence) console.error(sentence);
    if (build) killGroup(build);
    await children.stopAll();
    process.exit(code);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // Asked twice, it does not wait for anybody.
      if (stopping) {
        children.killAll();
        process.exit(1);
      }
      void stop(0);
    });
  }

  try {
    const { url, setupToken } = await startAll({
      isDevelopment,
      children,
      onBuild: (child) => {
        build = child;
      },
    });
    console.log(`JITP Console is ready: ${url}`);
    if (setupToken !== undefined) {
      console.log(
        `No operator exists yet. Set the first security admin's password, once, at\n${url}/setup#token=${setupToken}`,
      );
    }
  } catch (error) {
    await stop(1, error.message);
  }
}

async function startAll({ isDevelopment, children, onBuild }) {
  await bundleWhenStale();
  const settings = await readSettings(process.env);
  makeDataDir(settings.dataDir);
  await lock(settings.dataDir);
  const ports = await claimPorts(settings);
  if (!isDevelopment) {
    await buildAloneWhenStale('console', () => {
      console.log('Building the console; this takes a minute, once.');
      return buildConsole({ onStart: onBuild });
    });
  }

  const databaseSocketDir =
    settings.databaseUrl === undefined ? path.join(settings.dataDir, 'run') : undefined;
  const hasSandbox = settings.environments === undefined;
  const env = consoleEnvironment(process.env, {
    settings,
    port: ports.console,
    isDevelopment,
    secrets: loadSecrets(settings.dataDir),
    databaseSocketDir,
    hasSandbox,
  });
  // Loading takes longest, so these two load while the others start, and hear when they may go on.
  const consoleReady = children.start({
    name: 'console',
    title: 'The console',
    env,
    args: isDevelopment ? ['--dev'] : [],
  });
  const preparing = children.start({ name: 'prepare', title: 'The preparation of the database', env });
  const starting = [
    databaseSocketDir && startDatabase(children, settings.dataDir, databaseSocketDir),
    hasSandbox ? startSandbox(children, settings, ports) : undefined,
  ];
  const goOn = async () => {
    const [, sandbox] = await Promise.all(starting);
    children.tell('prepare', {});
    const prepared = await preparing;
    children.tell('console', { environment: sandbox === undefined ? {} : sandboxVariables(sandbox) });
    return { url: env.BASE_URL, setupToken: prepared.setupToken };
  };
  const [started] = await Promise.all([goOn(), preparing, consoleReady]);
  return started;
}

/** Asked before anything is built or started, so that a taken port costs no minute. */
async function claimPorts(settings) {
  const hosts = settings.host === undefined ? LOOPBACK : [settings.host];
  const claim = (port, variable, purpose) => claimPort({ port, hosts: LOOPBACK, variable, purpose });
  return {
    console: await claimPort({ port: settings.port, hosts, variable: 'PORT', purpose: 'the console' }),
    ...(settings.environments === undefined && {
      api: await claim(settings.sandbox.apiPort, 'SANDBOX_API_PORT', "the sandbox's API"),
      mqtt: await claim(settings.sandbox.mqttPort, 'SANDBOX_MQTT_PORT', "the sandbox's MQTT"),
    }),
  };
}

function startDatabase(children, dataDir, socketDir) {
  const socket = path.join(socketDir, '.s.PGSQL.5432');
  if (Buffer.byteLength(socket) > SOCKET_PATH_BYTES_MAX) {
    throw new Error(
      `DATA_DIR is too long a path for the database's socket (${SOCKET_PATH_BYTES_MAX} bytes with ${path.relative(dataDir, socket)} behind it). Choose a shorter one.`,
    );
  }
  return children.start({
    name: 'database',
    title: 'The embedded database',
    env: databaseEnvironment(process.env),
    args: [path.join(dataDir, 'database'), socketDir],
  });
}

async function startSandbox(children, settings, { api, mqtt }) {
  const env = sandboxEnvironment(process.env, { dataDir: settings.dataDir, apiPort: api, mqttPort: mqtt });
  const ready = await children.start({ name: 'sandbox', title: 'The sandbox', env, readyLine: true });
  return { accountId: settings.sandbox.accountId, ready };
}
