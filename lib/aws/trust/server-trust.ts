/**
 * The root certificate for a device's bundle: the environment's trust file, else one of the shipped Amazon roots.
 * @module
 */
import 'server-only';
import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { connectionsOf } from '@/lib/aws/connections';
import { iotFor } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import type { ServerTrust } from '@/lib/registry/server-trust';
import { fail, ok, type Result } from '@/lib/result';
import { AMAZON_ROOTS } from './amazon-roots';
import { chooseRoot } from './choose-root';
import { parseTrustFile, subjectOf } from './parse-trust-file';

/** A handful of roots; more is a whole trust store, which no device should be given. Our choice. */
const TRUST_FILE_BYTES_MAX = 65_536;

/** What devices of this environment must trust. A chosen Amazon root is remembered; a trust file is read each time. */
export async function serverTrustFor(environment: Environment): Promise<Result<ServerTrust, Failure>> {
  if (environment.serverTrustFile !== undefined) return readTrustFile(environment.serverTrustFile);

  const { remembered } = connectionsOf(environment);
  if (remembered.serverTrust !== undefined) return ok(remembered.serverTrust);

  const host = await mqttHost(environment);
  if (!host.ok) return host;
  const root = await chooseRoot({ host: host.value, port: environment.mqtt.port }, AMAZON_ROOTS);
  if (!root.ok) return root;
  remembered.serverTrust = toServerTrust(root.value);
  return ok(remembered.serverTrust);
}

/** Where devices of this environment connect: the configured host, else what AWS answers for `iot:Data-ATS`. */
export function mqttHost(environment: Environment): Promise<Result<string, Failure>> {
  const { host } = environment.mqtt;
  return host === undefined ? iotFor(environment).dataEndpoint() : Promise.resolve(ok(host));
}

async function readTrustFile(path: string): Promise<Result<ServerTrust, Failure>> {
  // Absent, unreadable, or no certificate: for the person in front of the page one thing, the file to put right.
  const missing = fail({ kind: 'not-found', resource: 'server-trust-file', id: path } as const);
  const text = await readBounded(path);
  if (text === undefined) return missing;
  const trust = parseTrustFile(text);
  if (trust.ok) return trust;
  return trust.failure === 'private-key'
    ? fail({ kind: 'conflict', reason: 'trust-file-has-private-key' })
    : missing;
}

/** The size is asked first: a wrong path must not bring a disk image, or a device without end, into memory. */
async function readBounded(path: string): Promise<string | undefined> {
  try {
    const facts = await stat(path);
    return facts.isFile() && facts.size <= TRUST_FILE_BYTES_MAX ? await readFile(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** @throws when the PEM does not begin with a readable certificate */
function toServerTrust(pem: string): ServerTrust {
  return { pem, subject: subjectOf(new X509Certificate(pem)) };
}
