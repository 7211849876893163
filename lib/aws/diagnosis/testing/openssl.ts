import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Longest that OpenSSL may take, in milliseconds. */
const OPENSSL_MS = 20_000;

/** Runs OpenSSL with nothing to read; answers all that it writes, whether it succeeds or not. */
export async function openssl(args: readonly string[]): Promise<string> {
  const child = spawn('openssl', args, { timeout: OPENSSL_MS, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(child, 'close');
  return Buffer.concat(chunks).toString();
}
