import type { Environment } from '@/lib/config/environments';

/** Any access key will do for the sandbox; the SDK's default chain finds these. */
export const SANDBOX_CREDENTIALS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' } as const;

/** The environment that a running sandbox is, fast enough that no test waits for its turn. */
export function sandboxEnvironment(sandbox: {
  api: string;
  mqtt: { host: string; port: number };
  caFile: string;
}): Environment {
  const { api, mqtt, caFile } = sandbox;
  return {
    id: 'sandbox',
    name: 'Sandbox',
    kind: 'sandbox',
    accountId: '123456789012',
    region: 'eu-central-1',
    endpoints: { iot: api, iotData: api, iam: api, sts: api, cloudTrail: api, lambda: api },
    mqtt,
    serverTrustFile: caFile,
    callsPerSecond: 1000,
  };
}
