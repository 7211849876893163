/**
 * Every environment variable the console reads, in one schema: read once, all faults reported together, by name and
 * rule and never by value.
 * @module
 */
import 'server-only';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '@/lib/result';
import { environmentList } from './environment-list';

/** 256 bits in base64url: what {@link https://www.better-auth.com/docs/reference/options#secret} is to be at least. */
const SECRET_CHARACTERS_MIN = 32;

/** The sandbox's own bound (`lib/sandbox/settings.ts`): an hour. */
const SANDBOX_PROVISIONING_DELAY_MS_MAX = 3_600_000;

const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
    .transform(Number)
    .refine((value) => value <= 65_535, 'must be a port number from 0 to 65535')
    .default(fallback);

const origin = z
  .string()
  .refine(
    isBareOrigin,
    'must be a scheme and a host, such as https://console.example.com, with nothing behind',
  )
  .transform((value) => new URL(value))
  .refine(
    ({ protocol, hostname }) => protocol === 'https:' || hostname === 'localhost',
    'must begin with https:// (plain http works on localhost alone, because browsers offer cryptography only to secure pages)',
  );

const proxies = z
  .string()
  .transform((list) => list.split(',').map((entry) => entry.trim()))
  .refine(
    (list) => list.every(isAddressOrNetwork),
    'must be IP addresses or networks such as 10.0.0.0/8, separated by commas',
  )
  .default([]);

const variables = z.object({
  NODE_ENV: z.string().default('production'),
  PORT: port(3000),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]{1,253}$/, 'must be a host name or an IP address to listen on')
    .optional(),
  BASE_URL: origin.optional(),
  TRUSTED_PROXIES: proxies,
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  DATABASE_SOCKET_DIR: z.string().min(1).optional(),
  SESSION_SECRET: z
    .string()
    .min(SECRET_CHARACTERS_MIN, `must have at least ${SECRET_CHARACTERS_MIN} characters`)
    .optional(),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: z
    .string()
    .refine((value) => Buffer.from(value, 'base64').length === 32, 'must be 32 bytes in base64')
    .optional(),
  ENVIRONMENTS: z.string().optional(),
  ENVIRONMENTS_FILE: z.string().optional(),
  SANDBOX_API_PORT: port(4567),
  SANDBOX_MQTT_PORT: port(8883),
  SANDBOX_DATA_DIR: z.string().min(1).optional(),
  SANDBOX_ACCOUNT_ID: z
    .string()
    .regex(/^\d{12}$/, 'must be the 12 digits of an AWS account')
    .default('123456789012'),
  SANDBOX_PROVISIONING_DELAY_MS: z
    .string()
    .refine(
      (value) => /^\d{1,7}$/.test(value) && Number(value) <= SANDBOX_PROVISIONING_DELAY_MS_MAX,
      'must be milliseconds, from 0 to 3600000',
    )
    .optional(),
});

/** What is wrong with one variable; the sentence reads "VARIABLE rule". */
export type SettingFault = { variable: string; rule: string };

export type Settings = ReturnType<typeof toSettings>;

/**
 * Reads all settings out of `env`.
 *
 * @param readFile - reads the file that ENVIRONMENTS_FILE names
 * @returns the settings, or every fault at once
 */
export function parseSettings(
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string = (file) => readFileSync(file, 'utf8'),
): Result<Settings, SettingFault[]> {
  // An empty variable is an unset one, as compose files and unit files write it.
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = variables.safeParse(set);
  const listed = parseEnvironments(set['ENVIRONMENTS'], set['ENVIRONMENTS_FILE'], readFile);
  const faults = [
    ...(parsed.error?.issues.map((issue) => ({ variable: issue.path.join('.'), rule: issue.message })) ?? []),
    ...(listed.ok ? [] : listed.failure),
    ...(parsed.success ? crossFaults(parsed.data) : []),
  ];
  if (!parsed.success || !listed.ok || faults.length > 0) return fail(faults);
  return ok(toSettings(parsed.data, listed.value));
}

let cached: Settings | undefined;

/** The settings of this process. @throws Error naming every faulty variable */
export function settings(): Settings {
  if (cached === undefined) {
    const parsed = parseSettings(process.env);
    if (!parsed.ok) {
      throw new Error(parsed.failure.map(({ variable, rule }) => `${variable} ${rule}`).join('; '));
    }
    cached = parsed.value;
  }
  return cached;
}

function toSettings(
  values: z.output<typeof variables>,
  environments: z.output<typeof environmentList> | undefined,
) {
  return {
    development: values.NODE_ENV === 'development',
    port: values.PORT,
    /** `undefined`: both loopback addresses. */
    host: values.HOST,
    baseUrl: values.BASE_URL ?? new URL(`http://localhost:${values.PORT}`),
    /** Whether a person chose `baseUrl`, so that it stays when the port is picked. */
    baseUrlIsConfigured: values.BASE_URL !== undefined,
    trustedProxies: values.TRUSTED_PROXIES,
    dataDir: path.resolve(values.DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    /** Set by the launcher when the embedded database runs: the folder of its socket. */
    databaseSocketDir: values.DATABASE_SOCKET_DIR,
    sessionSecret: values.SESSION_SECRET,
    serverActionsKey: values.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY,
    environments,
    sandbox: {
      apiPort: values.SANDBOX_API_PORT,
      mqttPort: values.SANDBOX_MQTT_PORT,
      accountId: values.SANDBOX_ACCOUNT_ID,
    },
  };
}

function crossFaults(values: z.output<typeof variables>): SettingFault[] {
  if (values.HOST === undefined || isLoopback(values.HOST) || values.BASE_URL?.protocol === 'https:')
    return [];
  return [
    {
      variable: 'HOST',
      rule: 'makes the console reachable from other machines, which needs BASE_URL=https://… of the proxy in front of it',
    },
  ];
}

function parseEnvironments(
  text: string | undefined,
  file: string | undefined,
  readFile: (path: string) => string,
): Result<z.output<typeof environmentList> | undefined, SettingFault[]> {
  if (text === undefined && file === undefined) return ok(undefined);
  const variable = file === undefined ? 'ENVIRONMENTS' : 'ENVIRONMENTS_FILE';
  if (text !== undefined && file !== undefined) {
    return fail([{ variable, rule: 'must not be set together with ENVIRONMENTS' }]);
  }
  let json: unknown;
  try {
    json = JSON.parse(file === undefined ? (text ?? '') : readFile(file));
  } catch (error) {
    // The parser's own message quotes the text, so only its kind is passed on.
    const rule = error instanceof SyntaxError ? 'must be JSON' : 'must name a file that can be read';
    return fail([{ variable, rule }]);
  }
  const parsed = environmentList.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  return fail(
    parsed.error.issues.map((issue) => ({
      variable: [variable, ...issue.path].join('.'),
      rule: issue.message,
    })),
  );
}

function isBareOrigin(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return (
    url !== undefined &&
    ['http:', 'https:'].includes(url.protocol) &&
    url.href === `${url.origin}/` &&
    url.host !== ''
  );
}

function isAddressOrNetwork(value: string): boolean {
  const [address = '', bits, ...more] = value.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
