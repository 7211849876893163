import 'server-only';
import type { Environment } from '@/lib/config/environments';
import type { Attempt } from '@/lib/registry/pending';
import { sandboxControlOf } from '@/lib/sandbox-control/sandbox-control';

/** What a sandbox tells of each attempt of a device that waits. */
const ATTEMPT_CODES = ['certificate-registered', 'certificate-still-pending'] as const;

/**
 * Attempts to connect, out of what the sandbox remembers (its last two thousand events). AWS keeps nothing of the kind.
 *
 * @returns undefined where nobody could tell
 */
export async function readAttempts(environment: Environment): Promise<Attempt[] | undefined> {
  const control = sandboxControlOf(environment);
  if (control === undefined) return undefined;
  const reads = await Promise.all(ATTEMPT_CODES.map((code) => control.live(undefined, { code })));
  const attempts = new Map<string, Attempt>();
  for (const read of reads) {
    if (!read.ok) return undefined;
    for (const { certificateId, at } of read.value.events) {
      if (certificateId === undefined) continue;
      const known = attempts.get(certificateId);
      attempts.set(certificateId, {
        certificateId,
        count: (known?.count ?? 0) + 1,
        lastAt: known !== undefined && known.lastAt > at ? known.lastAt : at,
      });
    }
  }
  return [...attempts.values()];
}
