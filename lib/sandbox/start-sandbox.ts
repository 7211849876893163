import path from 'node:path';
import { RateBuckets } from './call-admission/rate-buckets';
import { claimPort } from './claim-port';
import { startDevicePorts } from './device-https/device-ports';
import { startApiServer } from './http/api-server';
import { FunctionRunner } from './lambda/function-runner';
import { loopbackHosts } from './loopback';
import { startMqtt } from './mqtt/start-mqtt';
import { serveShadows } from './operations/shadows/serve-shadows';
import { startRuleEngine } from './rules/rule-engine';
import type { SandboxSettings } from './settings';
import { openState } from './state/open-state';
import type { SandboxState } from './state/sandbox-state';
import { loadOrCreateServerIdentity } from './tls/server-identity';
import { rejectUnserved } from './unserved-requests/reject-unserved';
import { WebSocketDoor } from './websocket/websocket-door';

/** A sandbox that can be used; disposing stops it. */
export type Sandbox = AsyncDisposable & {
  /** URL of the API port, without a trailing slash. */
  api: string;
  apiPort: number;
  mqtt: { host: string; port: number };
  /** HTTPS for devices with their certificates. */
  https: { host: string; port: number };
  /** MQTT and HTTPS for devices, told apart by ALPN. */
  alpn: { host: string; port: number };
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
  httpsPort: 0,
  alpnPort: 0,
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
  const { apiPort, mqttPort, httpsPort, alpnPort, accountId, provisioningDelayMs, throttled, ...rest } = {
    ...DEFAULTS,
    ...settings,
  };
  const dataDir = rest.dataDir && path.resolve(rest.dataDir);
  const now = settings.now ?? (() => new Date());
  const onUnexpected = settings.onUnexpected ?? reportOnStderr;
  const hosts = await loopbackHosts();

  const state = await openState(dataDir, accountId, { compactAfter: settings.compactAfter });
  if (throttled) state.rates = new RateBuckets();
  closers.push(() => state.close());
  const { caPem, caFile, keyPem, certPem, dispose } = await loadOrCreateServerIdentity(dataDir, now());
  closers.push(dispose);

  const mqtt = await claimPort(
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
  const stopShadows = serveShadows(mqtt.bus, state, now);
  closers.push(async () => stopShadows());
  const stopRejecting = rejectUnserved(mqtt.bus, state, now);
  closers.push(async () => stopRejecting());
  const ruleEngine = startRuleEngine({ sandbox: state, bus: mqtt.bus, now, onUnexpected });
  closers.push(() => ruleEngine.close());

  const ports = await claimPort(
    startDevicePorts({
      sandbox: state,
      httpsPort,
      alpnPort,
      hosts,
      serverIdentity: { keyPem, certPem },
      now,
      serveMqtt: mqtt.serve,
      onUnexpected,
    }),
    { port: `${httpsPort ?? ''} or ${alpnPort ?? ''}`, variable: 'SANDBOX_HTTPS_PORT or SANDBOX_ALPN_PORT' },
  );
  closers.push(() => ports.close());
  const webSockets = new WebSocketDoor(mqtt.serve);

  const api = await claimPort(
    startApiServer({ state, caPem, now, port: apiPort, hosts, onUnexpected, webSockets }),
    {
      port: apiPort,
      variable: 'SANDBOX_API_PORT',
    },
  );
  closers.push(() => api.close());
  closers.push(async () => webSockets.close());
  const functionRunner = new FunctionRunner({
    sandbox: state,
    endpoint: `http://127.0.0.1:${api.port}`,
    now,
    onUnexpected,
  });
  closers.push(() => functionRunner.close());
  state.functionRunner = functionRunner;

  return {
    api: `http://127.0.0.1:${api.port}`,
    apiPort: api.port,
    mqtt: { host: 'localhost', port: mqtt.port },
    https: { host: 'localhost', port: ports.httpsPort },
    alpn: { host: 'localhost', port: ports.alpnPort },
    caFile,
    caPem,
    state,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function reportOnStderr(error: unknown): void {
  process.stderr.write(
    `sandbox: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
}
