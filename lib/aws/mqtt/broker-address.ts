/**
 * Where an environment's MQTT is reached by WebSocket, and whom to believe there: AWS and the sandbox differ in their
 * configuration alone.
 * @module
 */
import 'server-only';
import { rootCertificates } from 'node:tls';
import { connectionsOf } from '@/lib/aws/connections';
import { toFailure } from '@/lib/aws/to-failure';
import { mqttHost, serverTrustFor } from '@/lib/aws/trust/server-trust';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { fail, ok, type Result } from '@/lib/result';
import { presignWebSocket } from './presign-web-socket';

export type BrokerAddress = { url: string; trustedRoots: readonly string[] | undefined };

/** A newly signed URL, by the credentials that the environment's provider chain has now. */
export async function brokerAddress(environment: Environment): Promise<Result<BrokerAddress, Failure>> {
  const url = await webSocketUrl(environment);
  if (!url.ok) return url;
  const trustedRoots = await trustOf(environment);
  if (!trustedRoots.ok) return trustedRoots;
  try {
    const credentials = await connectionsOf(environment).iot.config.credentials();
    const signed = presignWebSocket({
      url: url.value,
      region: environment.region,
      credentials,
      at: new Date(),
    });
    return ok({ url: signed, trustedRoots: trustedRoots.value });
  } catch (error) {
    const failure = toFailure(error, { service: 'IoT', operation: 'Connect' });
    if (failure === undefined) throw error;
    return fail(failure);
  }
}

/** The configured endpoint of the data plane, else what AWS answers for `iot:Data-ATS`, at port 443. */
async function webSocketUrl(environment: Environment): Promise<Result<URL, Failure>> {
  const { iotData } = environment.endpoints;
  if (iotData !== undefined) return ok(new URL(`${iotData.replace(/^http/, 'ws').replace(/\/$/, '')}/mqtt`));
  const host = await mqttHost(environment);
  return host.ok ? ok(new URL(`wss://${host.value}/mqtt`)) : host;
}

/** The environment's trust file besides what Node.js trusts: AWS's own roots are there already. */
async function trustOf(environment: Environment): Promise<Result<readonly string[] | undefined, Failure>> {
  if (environment.serverTrustFile === undefined) return ok(undefined);
  const trust = await serverTrustFor(environment);
  return trust.ok ? ok([...rootCertificates, trust.value.pem]) : trust;
}
