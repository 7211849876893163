/**
 * What the sandbox's MQTT port shows to devices: a server certificate under a root of the sandbox's own, which
 * device clients trust instead of the Amazon roots.
 * @module
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { issueCaCertificate } from '@/lib/pki/ca-certificate';
import { generateKeyPair } from '@/lib/pki/key-algorithm';
import { exportPrivateKeyPem } from '@/lib/pki/private-key-pem';
import { issueServerCertificate } from '@/lib/pki/server-certificate';

export type ServerIdentity = {
  /** The root that devices trust. Its private key was dropped once it had signed: nobody can issue under it. */
  caPem: string;
  keyPem: string;
  certPem: string;
  /** Path of a file that holds {@link caPem}. */
  caFile: string;
  /** Removes what was written for an identity that is kept in memory only. */
  dispose(): Promise<void>;
};

const VALIDITY_DAYS = 3650;
/** An identity that ends sooner is made anew, so that nobody's test bench stops overnight. */
const RENEWAL_DAYS = 30;
const DAY_MS = 86_400_000;
const OWNER_ONLY = 0o600;

const identityFile = z.object({ caPem: z.string(), keyPem: z.string(), certPem: z.string() });
type IdentityPems = z.output<typeof identityFile>;

/**
 * The identity kept in `dataDir`, made there when there is none that can be used; without `dataDir` a new one whose
 * root lies in a temporary file.
 * @throws the file system's error when `dataDir` cannot be read or written
 */
export async function loadOrCreateServerIdentity(
  dataDir: string | undefined,
  now: Date = new Date(),
): Promise<ServerIdentity> {
  if (dataDir === undefined) {
    const directory = await mkdtemp(join(tmpdir(), 'jitp-sandbox-'));
    const pems = await createIdentity(now);
    const caFile = join(directory, 'sandbox-root-ca.pem');
    await writeFile(caFile, pems.caPem);
    return { ...pems, caFile, dispose: () => rm(directory, { recursive: true, force: true }) };
  }
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'server-identity.json');
  const pems = (await readIdentity(path, now)) ?? (await createIdentity(now));
  await replaceFile(path, `${JSON.stringify(pems, null, 2)}\n`);
  const caFile = join(dataDir, 'sandbox-root-ca.pem');
  await replaceFile(caFile, pems.caPem);
  return { ...pems, caFile, dispose: async () => undefined };
}

/** P-256: AWS offers it too, and it costs each handshake less than RSA. */
async function createIdentity(now: Date): Promise<IdentityPems> {
  const context = { crypto: globalThis.crypto, now };
  const [caKeys, serverKeys] = await Promise.all([
    generateKeyPair('P-256', context.crypto),
    generateKeyPair('P-256', context.crypto),
  ]);
  const ca = await issueCaCertificate(
    {
      subject: { organization: 'JITP Console sandbox', commonName: 'Sandbox root, for testing only' },
      validityDays: VALIDITY_DAYS,
      keys: caKeys,
    },
    context,
  );
  if (!ca.ok) throw new Error(`the sandbox cannot make its root certificate: ${ca.failure.kind}`);
  const server = await issueServerCertificate(
    {
      subject: { organization: 'JITP Console sandbox', commonName: 'localhost, for testing only' },
      dnsNames: ['localhost'],
      ipAddresses: ['127.0.0.1', '::1'],
      validityDays: VALIDITY_DAYS,
      publicKey: serverKeys.publicKey,
      caPem: ca.value.pem,
      caKey: caKeys.privateKey,
    },
    context,
  );
  if (!server.ok) throw new Error(`the sandbox cannot make its server certificate: ${server.failure.kind}`);
  const keyPem = await exportPrivateKeyPem(serverKeys.privateKey, context.crypto);
  return { caPem: ca.value.pem, keyPem, certPem: server.value.pem };
}

async function readIdentity(path: string, now: Date): Promise<IdentityPems | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const pems = identityFile.parse(JSON.parse(text));
    return isUsable(pems, now) ? pems : undefined;
  } catch {
    // Cut short or edited by hand: it is made anew, which costs devices one exchange of their trust file.
    return undefined;
  }
}

function isUsable({ caPem, keyPem, certPem }: IdentityPems, now: Date): boolean {
  const ca = new X509Certificate(caPem);
  const server = new X509Certificate(certPem);
  const end = now.getTime() + RENEWAL_DAYS * DAY_MS;
  return (
    server.checkPrivateKey(createPrivateKey(keyPem)) &&
    server.verify(ca.publicKey) &&
    [ca, server].every((certificate) => Date.parse(certificate.validTo) > end)
  );
}

/** A reader, or a crash in between, sees the old file or the new one, never a part. */
async function replaceFile(path: string, text: string): Promise<void> {
  const next = `${path}.new`;
  await writeFile(next, text, { mode: OWNER_ONLY });
  await chmod(next, OWNER_ONLY);
  await rename(next, path);
}
