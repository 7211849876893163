import 'server-only';
import { verifyingHandshake } from '@/lib/aws/trust/verifying-handshake';
import type { PreFlightFacts } from '@/lib/diagnosis/pre-flight/judgement';

/** Whether devices that trust these roots, and nothing else, would believe the endpoint: asked of the endpoint itself. */
export async function proveServer(
  endpoint: PreFlightFacts['endpoint'],
  rootPems: readonly string[],
): Promise<PreFlightFacts['serverRoot']> {
  if (rootPems.length === 0) return 'absent';
  if (endpoint === undefined) return 'unknown';
  const { kind } = await verifyingHandshake(endpoint, rootPems.join(''));
  if (kind === 'unreachable') return 'unknown';
  return kind === 'verified' ? 'verifies' : 'wrong';
}
