import path from 'node:path';
import { RequestRates } from './call-admission/request-rates';
import { startApiServer } from './http/api-server';
import { FunctionRunner } from './lambda/function-runner';
import { loopbackHosts } from './loopback';
import { startMqtt } from './mqtt/start-mqtt';
import { serveShadows } from './operations/shadows/serve-shadows';
import { startRuleEngine } from './rules/rule-engine';
import type { SandboxSettings } from './settings';
import { StartRefusal } from './start-refusal';
import { openState } from './state/open-state';
import type { SandboxState } from './state/sandbox-state';
import { loadOrCreateServerIdentity } from './tls/server-identity';

/** A sandbox that can be used; disposing stops it. */
export type Sandbox = AsyncDisposable & {
  /** URL of the API port, without a trailing slash. */
  api: string;
  apiPort: number;
  mqtt: { host: string; port: number };
  /** Path of the PEM that device clients trust. */
  caFile: string;
  caPem: string;
  state: SandboxState;
  /** Stops listening, ends connections, writes what is left. Can be called again. */
  close(): Promise<void>;
};

/** What differs from free ports, memory only and no provisioning delay. */
export type StartSettings = Partial<SandboxSettings> & {
  now?: () => Date;
  /** Told of bugs; standard error by default. */
  onUnexpected?(error: unknown): void;
};

/** For tests: free ports, nothing kept, no wait. */
const DEFAULTS: SandboxSettings = {
  apiPort: 0,
  mqttPort: 0,
  dataDir: undefined,
  accountId: '123456789012',
  provisioningDelayMs: 0,
  throttled: false,
};

/**
 * Starts REST and MQTT; resolves when both listen.
 *
 * @throws StartRefusal with a sentence for a person: a taken port, a directory in use, a file that cannot be read
 */
export async function startSandbox(settings: StartSettings = {}): Promise<Sandbox> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    // In the reverse order of the start: nobody is served while what serves them is going.
    for (let closer = closers.pop(); closer; closer = closers.pop()) await closer();
  };
  try {
    return await startParts(settings, { closers, close });
  } catch (error) {
    await close();
    throw error;
  }
}

async function startParts(
  settings: StartSettings,
  { closers, close }: { closers: (() => Promise<void>)[]; close: () => Promise<void> },
): Promise<Sandbox> {
  const { apiPort, mqttPort, accountId, provisioningDelayMs, throttled, ...rest } = {
    ...DEFAULTS,
    ...settings,
  };
  const dataDir = rest.dataDir && path.resolve(rest.dataDir);
  const now = settings.now ?? (() => new Date());
  const onUnexpected = settings.onUnexpected ?? reportOnStderr;
  const hosts = await loopbackHosts();

  const state = await openState(dataDir, accountId);
  if (throttled) state.rates = new RequestRates();
  closers.push(() => state.close());
  const { caPem, caFile, keyPem, certPem, dispose } = await loadOrCreateServerIdentity(dataDir, now());
  closers.push(dispose);

  const mqtt = await claimed(
    startMqtt({
      sandbox: state,
      port: mqttPort,
      hosts,
      serverIdentity: { keyPem, certPem },
      provisioningDelayMs,
      now,
    }),
    { port: mqttPort, variable: 'SANDBOX_MQTT_PORT' },
  );
  closers.push(() => mqtt.close());
  state.messageBus = mqtt.bus;
  const ruleEngine = startRuleEngine({ sandbox: state, bus: mqtt.bus, now, onUnexpected });
  closers.push(() => ruleEngine.close());
  const stopShadows = serveShadows(mqtt.bus, state, now);
  closers.push(async () => stopShadows());

  const api = await claimed(startApiServer({ state, caPem, now, port: apiPort, hosts, onUnexpected }), {
    port: apiPort,
    variable: 'SANDBOX_API_PORT',
  });
  closers.push(() => api.close());
  const functionRunner = new FunctionRunner({
    sandbox: state,
    endpoint: `http://127.0.0.1:${api.port}`,
    now,
  });
  closers.push(() => functionRunner.close());
  state.functionRunner = functionRunner;

  return {
    api: `http://127.0.0.1:${api.port}`,
    apiPort: api.port,
    mqtt: { host: 'localhost', port: mqtt.port },
    caFile,
    caPem,
    state,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Turns the system's refusal of a port into a sentence. */
async function claimed<Part>(
  starting: Promise<Part>,
  { port, variable }: { port: number; variable: string },
): Promise<Part> {
  try {
    return await starting;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') {
      throw new StartRefusal(`Port ${port} is taken. Stop what uses it, or set ${variable} to another port.`);
    }
    if (code === 'EACCES') {
      throw new StartRefusal(
        `Port ${port} may not be used by this account. Set ${variable} to another port.`,
      );
    }
    throw error;
  }
}

function reportOnStderr(error: unknown): void {
  process.stderr.write(
    `sandbox: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
}
