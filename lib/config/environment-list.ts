/**
 * The list of environments as deployment configuration writes it: AWS accounts and Regions, or the sandbox.
 * @module
 */
import 'server-only';
import { z } from 'zod';

/** Longer lists would not fit the environment menu, and one file of this size is a mistake. */
const ENVIRONMENTS_MAX = 50;

/** An environment's id, as it stands in URLs, ledger keys and audit rows. */
export const environmentId = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,31}$/,
    'must be 1 to 32 characters: a letter, then letters, digits and hyphens, all lower case',
  );

const endpoint = z
  .httpUrl()
  .or(z.url({ protocol: /^https?$/, hostname: /^(localhost|127\.0\.0\.1|\[::1\])$/ }));

/** The sandbox listens on loopback alone and speaks plain HTTP there. */
const loopbackOrigin = z
  .url({ protocol: /^http$/, hostname: /^(localhost|127\.0\.0\.1|\[::1\])$/ })
  .refine(
    (value) => new URL(value).href === `${new URL(value).origin}/`,
    'must be the URL of a sandbox on this machine, such as http://127.0.0.1:4567, with nothing behind',
  );

const endpoints = z.strictObject({
  iot: endpoint.optional(),
  iotData: endpoint.optional(),
  iam: endpoint.optional(),
  sts: endpoint.optional(),
  cloudTrail: endpoint.optional(),
  lambda: endpoint.optional(),
});

const environment = z
  .strictObject({
    id: environmentId,
    name: z.string().min(1).max(64),
    kind: z.enum(['sandbox', 'aws']),
    accountId: z.string().regex(/^\d{12}$/, 'must be the 12 digits of an AWS account'),
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be an AWS Region such as eu-central-1'),
    endpoints: endpoints.default({}),
    mqtt: z
      .strictObject({
        host: z.string().min(1).max(253).optional(),
        port: z.int().min(1).max(65_535).default(8883),
      })
      .default({ port: 8883 }),
    serverTrustFile: z.string().min(1).optional(),
    sandboxControl: z.strictObject({ url: loopbackOrigin }).optional(),
    callsPerSecond: z.number().min(0.1).max(1000).default(10),
    /** Up to a month; left out: only people start sweeps. */
    sweepEveryHours: z.number().min(1).max(744).optional(),
  })
  .transform(
    ({ endpoints: { iot, iotData, iam, sts, cloudTrail, lambda }, mqtt, serverTrustFile, ...rest }) => ({
      ...rest,
      endpoints: { iot, iotData, iam, sts, cloudTrail, lambda },
      mqtt: { host: mqtt.host, port: mqtt.port },
      serverTrustFile,
    }),
  );

/** One entry, complete: what configuration left out is `undefined` or its default. */
export type ConfiguredEnvironment = z.output<typeof environment>;

export const environmentList = z
  .array(environment)
  .min(1, 'must name at least one environment')
  .max(ENVIRONMENTS_MAX, `may name at most ${ENVIRONMENTS_MAX} environments`)
  .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, 'must not use one id twice');
