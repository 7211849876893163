/**
 * Which of the shipped roots the devices' endpoint proves itself with. The peer's own certificates are never taken: a
 * root is chosen because the handshake verifies with it and nothing else.
 * @module
 */
import 'server-only';
import type { Failure } from '@/lib/failure';
import { fail, ok, type Result } from '@/lib/result';
import { verifyingHandshake } from './verifying-handshake';

export async function chooseRoot(
  target: { host: string; port: number },
  roots: readonly string[],
): Promise<Result<string, Failure>> {
  let reason = 'no-root';
  for (const root of roots) {
    const handshake = await verifyingHandshake(target, root);
    if (handshake.kind === 'verified') return ok(root);
    reason = handshake.reason;
    // Another root cannot help where nobody answers.
    if (handshake.kind === 'unreachable') break;
  }
  return fail({ kind: 'aws-unreachable', service: 'MQTT', operation: 'TLS handshake', reason });
}
