/**
 * The SDK's clients and the token bucket, one set per environment and process.
 * @module
 */
import 'server-only';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { IAMClient } from '@aws-sdk/client-iam';
import { IoTClient } from '@aws-sdk/client-iot';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { STSClient } from '@aws-sdk/client-sts';
import type { Environment } from '@/lib/config/environments';
import type { ServerTrust } from '@/lib/registry/server-trust';
import { createThrottle, type Throttle } from './throttle';

/** A name that resolves but does not answer should not use up the whole call. Our choice. */
const CONNECTION_TIMEOUT_MS = 3_000;
/** One attempt; AWS's control plane answers within a second or two. Our choice. */
const ATTEMPT_TIMEOUT_MS = 10_000;

export type Connections = {
  iot: IoTClient;
  iam: IAMClient;
  sts: STSClient;
  cloudTrail: CloudTrailClient;
  lambda: LambdaClient;
  throttle: Throttle;
  /** Answers that stay true for an account and Region, kept once they are known. */
  remembered: { endpoint: string | undefined; serverTrust: ServerTrust | undefined };
};

declare global {
  // Next may load a module once per bundle; the bucket must be one per process.
  var jitpConsoleAwsConnections: Map<string, Connections> | undefined;
}

/** The environment's connections, made at the first use and kept. */
export function connectionsOf(environment: Environment): Connections {
  globalThis.jitpConsoleAwsConnections ??= new Map();
  const known = globalThis.jitpConsoleAwsConnections;
  const { id, region, endpoints, callsPerSecond } = environment;
  const key = JSON.stringify([id, region, endpoints, callsPerSecond]);
  const connections = known.get(key) ?? connect(environment);
  known.set(key, connections);
  return connections;
}

function connect({ region, endpoints, callsPerSecond }: Environment): Connections {
  const options = (endpoint: string | undefined) => ({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: ATTEMPT_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  });
  return {
    iot: new IoTClient(options(endpoints.iot)),
    iam: new IAMClient(options(endpoints.iam)),
    sts: new STSClient(options(endpoints.sts)),
    cloudTrail: new CloudTrailClient(options(endpoints.cloudTrail)),
    lambda: new LambdaClient(options(endpoints.lambda)),
    throttle: createThrottle(callsPerSecond, () => performance.now()),
    remembered: { endpoint: undefined, serverTrust: undefined },
  };
}
