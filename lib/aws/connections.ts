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
import type { CaDetail } from '@/lib/registry/certificate-authority';
import type { ServerTrust } from '@/lib/registry/server-trust';
import { RecentAnswers } from './recent-answers';
import { createThrottle, type Throttle } from './throttle';

/** A name that resolves but does not answer should not use up the whole call. Our choice. */
const CONNECTION_TIMEOUT_MS = 3_000;
/** One attempt; AWS's control plane answers within a second or two. Our choice. */
const ATTEMPT_TIMEOUT_MS = 10_000;
/** A tenth of a call a second for a batch, however fast it is; as long as a person who switches its CA off hardly notices. Our choice. */
const BATCH_CA_KEPT_MS = 10_000;
/** As many as issue batches at the same time in one environment; a CA is some kilobytes. Our choice. */
const BATCH_CAS_MAX = 50;

export type Connections = {
  iot: IoTClient;
  iam: IAMClient;
  sts: STSClient;
  cloudTrail: CloudTrailClient;
  lambda: LambdaClient;
  throttle: Throttle;
  /** Answers that stay true for an account and Region, kept once they are known. */
  remembered: { endpoint: string | undefined; serverTrust: ServerTrust | undefined };
  /** The CAs of batches that are being issued, by id. */
  batchCas: RecentAnswers<CaDetail>;
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
    batchCas: new RecentAnswers({
      keptMs: BATCH_CA_KEPT_MS,
      countMax: BATCH_CAS_MAX,
      nowMs: () => performance.now(),
    }),
  };
}
