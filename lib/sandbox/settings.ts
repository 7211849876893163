import { z } from 'zod';
import { fail, ok, type Result } from '@/lib/result';

/** How a sandbox is started. */
export type SandboxSettings = {
  /** 0 picks a free port. */
  apiPort: number;
  mqttPort: number;
  /** HTTPS for devices, and the port where ALPN tells MQTT from HTTPS; undefined: the usual one when free, else any. */
  httpsPort: number | undefined;
  alpnPort: number | undefined;
  /** Undefined keeps nothing. */
  dataDir: string | undefined;
  /** 12 digits. */
  accountId: string;
  /** From a device's first contact to the end of its provisioning. */
  provisioningDelayMs: number;
  /** Whether calls are held to AWS's default rates. */
  throttled: boolean;
  /** Entries of the journal that may no longer count before it is compacted; undefined: 20,000, and more than half. */
  compactAfter?: number | undefined;
};

/** An hour; more would only look like a hang. */
const PROVISIONING_DELAY_MS_MAX = 3_600_000;

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
  .transform(Number)
  .refine((value) => value <= 65_535, 'must be a port number from 0 to 65535');

const schema = z.object({
  SANDBOX_API_PORT: port.default(4567),
  SANDBOX_MQTT_PORT: port.default(8883),
  SANDBOX_HTTPS_PORT: port.optional(),
  SANDBOX_ALPN_PORT: port.optional(),
  SANDBOX_DATA_DIR: z.string().min(1, 'must name a directory, or be :memory:').default('.data/sandbox'),
  SANDBOX_ACCOUNT_ID: z
    .string()
    .regex(/^\d{12}$/, 'must have 12 digits')
    .default('123456789012'),
  SANDBOX_PROVISIONING_DELAY_MS: z
    .string()
    .regex(/^\d{1,7}$/, 'must be milliseconds, from 0 to 3600000')
    .transform(Number)
    .refine((value) => value <= PROVISIONING_DELAY_MS_MAX, 'must be milliseconds, from 0 to 3600000')
    .default(1000),
  SANDBOX_COMPACT_AFTER: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be a number of entries, from 1')
    .transform(Number)
    .optional(),
  SANDBOX_THROTTLE: z.enum(['aws', 'off'], 'must be aws or off').default('off'),
});

/**
 * The settings in the environment variables `SANDBOX_*`.
 *
 * @returns one sentence per bad value on failure
 */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
): Result<SandboxSettings, string[]> {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    return fail(
      parsed.error.issues.map(({ path, message }) => {
        const name = String(path[0]);
        return `${name} is ${JSON.stringify(environment[name])}, but it ${message}.`;
      }),
    );
  }
  const { data } = parsed;
  return ok({
    apiPort: data.SANDBOX_API_PORT,
    mqttPort: data.SANDBOX_MQTT_PORT,
    httpsPort: data.SANDBOX_HTTPS_PORT,
    alpnPort: data.SANDBOX_ALPN_PORT,
    dataDir: data.SANDBOX_DATA_DIR === ':memory:' ? undefined : data.SANDBOX_DATA_DIR,
    accountId: data.SANDBOX_ACCOUNT_ID,
    provisioningDelayMs: data.SANDBOX_PROVISIONING_DELAY_MS,
    throttled: data.SANDBOX_THROTTLE === 'aws',
    compactAfter: data.SANDBOX_COMPACT_AFTER,
  });
}
