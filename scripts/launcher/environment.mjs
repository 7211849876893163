/**
 * What each process sees of the environment: what it needs, and no more.
 * @module
 */
import path from 'node:path';

/** What any program needs to run as this user, in this language and time zone. */
const GENERAL = /^(PATH|HOME|USER|TMPDIR|TZ|LANG|LC_.*|NODE_OPTIONS|NODE_EXTRA_CA_CERTS)$/;

/** Where the SDK would find a person's own credentials, which the sandbox must never be shown. */
const OWN_CREDENTIALS =
  /^AWS_(PROFILE|DEFAULT_PROFILE|SESSION_TOKEN|ROLE_.*|WEB_IDENTITY_.*|CONTAINER_.*|ENDPOINT_URL.*)$/;

const only = (env, names) => Object.fromEntries(Object.entries(env).filter(([name]) => names.test(name)));
const without = (env, names) => Object.fromEntries(Object.entries(env).filter(([name]) => !names.test(name)));
const notEmpty = (env) => Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));

export const databaseEnvironment = (env) => only(env, GENERAL);

export function sandboxEnvironment(env, { dataDir, apiPort, mqttPort }) {
  return {
    ...only(env, GENERAL),
    SANDBOX_DATA_DIR: path.join(dataDir, 'sandbox'),
    // An empty variable is an unset one to the console, and a bad one to the sandbox.
    ...notEmpty(only(env, /^SANDBOX_/)),
    SANDBOX_API_PORT: String(apiPort),
    SANDBOX_MQTT_PORT: String(mqttPort),
  };
}

/** The console's: everything, because the SDK's credential chain reads it, and what the launcher decided. */
export function consoleEnvironment(
  env,
  { settings, port, isDevelopment, secrets, databaseSocketDir, hasSandbox },
) {
  return {
    ...(hasSandbox ? without(env, OWN_CREDENTIALS) : env),
    NODE_ENV: isDevelopment ? 'development' : 'production',
    PORT: String(port),
    BASE_URL: settings.baseUrlIsConfigured ? settings.baseUrl.origin : `http://localhost:${port}`,
    DATA_DIR: settings.dataDir,
    SESSION_SECRET: settings.sessionSecret ?? secrets.sessionSecret,
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: settings.serverActionsKey ?? secrets.serverActionsKey,
    NEXT_TELEMETRY_DISABLED: '1',
    // The SDK's releases of 2027 want Node 22; ours is pinned below them.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...(databaseSocketDir && { DATABASE_SOCKET_DIR: databaseSocketDir }),
  };
}

/**
 * What the console has to know of the sandbox, as an environment like any other.
 * @param {{ accountId: string, ready: { api: string, mqtt: { host: string, port: number }, caFile: string } }} sandbox
 */
export function sandboxVariables({ accountId, ready: { api, mqtt, caFile } }) {
  const environment = {
    id: 'sandbox',
    name: 'Sandbox',
    kind: 'sandbox',
    accountId,
    region: 'us-east-1',
    endpoints: { iot: api, iotData: api, iam: api, sts: api, cloudTrail: api, lambda: api },
    mqtt,
    serverTrustFile: caFile,
    sandboxControl: { url: api },
  };
  return {
    ENVIRONMENTS: JSON.stringify([environment]),
    AWS_ACCESS_KEY_ID: 'SANDBOX',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
